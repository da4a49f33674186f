"""The brokers go away and come back, and the extractor waits for them."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.kafka import SetupError, start_broker
from deploy.kafka.broker import Broker
from tests.integration.extractor.harness import Running, article, make_line


@pytest.fixture
def own_broker() -> Iterator[Broker]:
    """A Kafka that no other test shares."""
    try:
        broker = start_broker()
    except SetupError as error:
        pytest.skip(f"no Kafka to test with: {error}")
    with broker:
        yield broker


def broker_seen(running: Running) -> bool:
    return '"broker": true' in running.get("/readyz")[1]


async def test_it_outlives_its_broker(own_broker: Broker, topic: Callable[[str], str], tmp_path: Path) -> None:
    line = await make_line(own_broker.bootstrap, topic, tmp_path)
    wanted = [f"a-{number}" for number in range(200)]
    await line.produce(article(key, "SLOW 0.05") for key in wanted)
    with line.extractor() as running:
        running.until_decided(20)
        own_broker.kill(0)
        running.until(lambda: not broker_seen(running))
        assert running.get("/healthz")[0] == 200
        await asyncio.to_thread(own_broker.restart, 0)
        running.until(lambda: running.extracted() == set(wanted))
        running.until_ready()
        assert running.end() == 0
    assert {record.key.decode() for record in await line.read(line.events)} == set(wanted)
    assert sum((await line.committed()).values()) == len(wanted)


async def test_it_waits_for_a_broker_that_is_not_there_yet(
    own_broker: Broker, topic: Callable[[str], str], tmp_path: Path
) -> None:
    line = await make_line(own_broker.bootstrap, topic, tmp_path)
    await line.produce([article("a-1")])
    own_broker.kill(0)
    with line.extractor() as running:
        running.until(lambda: bool(running.said("waiting for the brokers")))
        assert running.get("/readyz")[0] == 503
        await asyncio.to_thread(own_broker.restart, 0)
        running.until_decided(1)
        assert running.end() == 0
