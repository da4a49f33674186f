"""What was fetched and thrown away during a rebalance is read again, whether something was committed before or not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from services.common.settings import Settings
from services.extractor.app import Reader
from services.extractor.limits import Limits, Route
from services.extractor.rewinding import RewindingTransport, seek_to_committed
from tests.integration.extractor.harness import Line, article

RECORDS = 10


@pytest.fixture
async def consumer(line: Line, bootstrap: str, topic: Callable[[str], str]) -> AsyncIterator[AIOKafkaConsumer]:
    """One that has fetched all records of a topic, and committed nothing."""
    await line.produce(article(f"a-{number}") for number in range(RECORDS))
    async with AIOKafkaConsumer(
        line.articles,
        bootstrap_servers=bootstrap,
        group_id=topic("group"),
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    ) as made:
        fetched = 0
        while fetched < RECORDS:
            fetched += sum(map(len, (await made.getmany(timeout_ms=1000)).values()))
        yield made


async def positions(consumer: AIOKafkaConsumer) -> dict[TopicPartition, int]:
    return {tp: await consumer.position(tp) for tp in consumer.assignment()}


async def test_partitions_without_a_commit_are_read_from_their_beginning(consumer: AIOKafkaConsumer) -> None:
    await consumer.seek_to_committed()
    assert sum((await positions(consumer)).values()) == RECORDS, "the driver stays: without ours the records were lost"
    assert set((await seek_to_committed(consumer)).values()) == {None}
    assert set((await positions(consumer)).values()) == {0}


async def test_a_partition_with_a_commit_is_read_from_there(consumer: AIOKafkaConsumer) -> None:
    tp = max((await positions(consumer)).items(), key=lambda item: item[1])[0]
    await consumer.commit({tp: 1})
    await seek_to_committed(consumer)
    assert {p: at for p, at in (await positions(consumer)).items() if at} == {tp: 1}


async def test_the_extractor_s_reader_goes_back_so(bootstrap: str) -> None:
    async def work(_: object) -> None:
        raise AssertionError

    reader = Reader(Settings(bootstrap=bootstrap), Limits(), Route(), work)
    assert isinstance(reader.app.transport, RewindingTransport)
    thread = reader.app.consumer._thread  # type: ignore[attr-defined]  # Faust shows it nowhere else
    assert type(thread).seek_to_committed.__module__ == RewindingTransport.__module__
