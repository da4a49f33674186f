"""What tests against a real Kafka share: making topics, since none comes into being by itself."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic


@pytest.fixture
async def create_topic(bootstrap: str, topic: Callable[[str], str]) -> AsyncIterator[Callable[..., Awaitable[str]]]:
    """Creates a topic of a name of its own: await create_topic("articles", partitions=2) -> "articles-3f2a…"."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()

    async def create(name: str = "topic", partitions: int = 1, **config: str) -> str:
        full = topic(name)
        settings = {key.replace("_", "."): value for key, value in config.items()}
        made = await admin.create_topics([NewTopic(full, partitions, 1, topic_configs=settings)])
        assert [error for _, error, *_ in made.topic_errors] == [0], made
        return full

    yield create
    await admin.close()
