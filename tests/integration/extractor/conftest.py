"""Topics for each test of the extractor."""

from collections.abc import Callable
from pathlib import Path

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from tests.integration.extractor.harness import PARTITIONS, Line


@pytest.fixture
async def line(bootstrap: str, topic: Callable[[str], str], tmp_path: Path) -> Line:
    articles, events = topic("articles"), topic("conflict-events")
    large = {"max.message.bytes": "4000000"}
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        made = await admin.create_topics(
            [
                NewTopic(articles, PARTITIONS, 1, topic_configs=large),
                NewTopic(f"{articles}.dlq", 1, 1, topic_configs={"max.message.bytes": "2097152"}),
                NewTopic(events, PARTITIONS, 1),
            ]
        )
    finally:
        await admin.close()
    assert [error for _, error, *_ in made.topic_errors] == [0, 0, 0], made
    return Line(bootstrap, articles, events, topic("extractor"), tmp_path)
