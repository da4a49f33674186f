"""No effect twice and none lost: killed while it works, another beside it, a broker that knows more than the store."""

from __future__ import annotations

import asyncio
import gc
import random
import signal

import pytest
import sqlalchemy as sa
from aiokafka import TopicPartition
from aiokafka.structs import OffsetAndMetadata

from schemas import Alert
from services.common import kafka
from services.common.errors import Fatal
from services.sink.store import repository
from services.sink.store.engine import open_store
from services.sink.store.models import ConsumedOffset, OutboxRow
from tests.integration.sink.conftest import Sink, eventually
from tests.messages import event, killed, message

ARTICLES = 1000
KILLS = 4


async def test_killed_again_and_again_it_tells_each_alert_once_and_in_order(sink: Sink) -> None:
    chance = random.Random(7)
    for version in (0, 1):
        await sink.send(
            *(
                message(f"a{n}", version=version, events=[event(f"a{n}", casualties=killed(3 + version))])
                for n in range(ARTICLES)
            )
        )
    reached = 0
    for _ in range(KILLS):
        process = sink.start()
        goal = min(reached + chance.randrange(1, 2 * ARTICLES // KILLS), 2 * ARTICLES)
        reached = len(await sink.until_published(goal))  # somewhere in the midst of its work
        process.kill()
        process.wait()
    last = sink.start()
    await sink.send(message("last", events=[event("last")]))  # so that it is up when it is asked to end
    alerts: list[Alert] = await sink.until_published(2 * ARTICLES + 1)
    await eventually(lambda: asyncio.to_thread(sink.stored, repository.waiting, 1), lambda rows: rows == [])
    last.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(last.wait) == 0
    records = await sink.records(sink.names.alerts)
    assert len(records) == len(alerts) == 2 * ARTICLES + 1
    assert len({alert.id for alert in alerts}) == 2 * ARTICLES + 1
    told = sink.outbox()
    assert sorted(record.value.decode() for record in records) == sorted(told)
    position = {body: number for number, body in enumerate(told)}
    for partition in range(3):
        order = [position[record.value.decode()] for record in records if record.partition == partition]
        assert order == sorted(order)


async def test_what_left_before_it_could_be_marked_does_not_leave_again(sink: Sink) -> None:
    await sink.send(message(), message("a2"))
    async with sink.running():
        await sink.until_published(2)
    # As if the sink had been killed between Kafka's commit and its own.
    with open_store(sink.settings, print) as engine, engine.begin() as connection:
        connection.execute(sa.update(OutboxRow).values(published_at=None))
    await sink.send(message("a3"))
    async with sink.running():
        await sink.until_published(3)
    assert len(await sink.published()) == 3


async def test_the_mark_of_another_store_is_not_taken_for_its_own(sink: Sink) -> None:
    await sink.send(message(), message("a2"))
    async with sink.running():
        await sink.until_published(2)
    sink.forget()
    async with sink.running():
        assert len(await sink.until_published(4)) == 4  # a store that was forgotten tells what the topic still holds


async def test_a_second_sink_on_a_sqlite_store_says_why_it_does_not_start(sink: Sink) -> None:
    if sink.settings.database_url:
        return  # there it starts: test_beside.py
    async with sink.running():
        second = sink.start()
        assert await asyncio.to_thread(second.wait) == 1
    said = sink.log.read_text()
    assert "another sink" in said
    assert "one at a time" in said


async def test_a_lone_publisher_that_the_broker_has_fenced_goes_on_by_itself(sink: Sink) -> None:
    """As after a freeze for longer than its transaction may last."""
    await sink.send(message())
    async with sink.running():
        await sink.until_published(1)
        async with kafka.producer(sink.settings, client_id="other", transactional_id=sink.names.outbox):
            await sink.send(message("a2"))
            await sink.until_published(2)
        await sink.send(message("a3"))
        await sink.until_published(3)
    assert len(await sink.published()) == 3
    gc.collect()


async def test_a_publisher_that_was_overtaken_by_one_with_another_store_stops(sink: Sink) -> None:
    await sink.send(message())
    with pytest.raises(Fatal, match="another store"):  # noqa: PT012  it is raised on leaving
        async with sink.running() as task:
            await sink.until_published(1)
            async with kafka.producer(sink.settings, client_id="other", transactional_id=sink.names.outbox) as other:
                mark = TopicPartition(sink.names.alerts, 0)
                async with other.transaction():
                    left = {mark: OffsetAndMetadata(1, "another store")}
                    await other.send_offsets_to_transaction(left, sink.names.outbox)
                await sink.send(message("a2"))
                await asyncio.wait({task})
    assert len(await sink.published()) == 1
    assert len(sink.stored(repository.waiting, 10)) == 1
    # aiokafka leaves futures behind that nobody asks. Python 3.11 trips (gh-106905) over one that is collected, and
    # logged with its traceback, in the midst of a compilation.
    gc.collect()


async def test_a_store_ahead_of_its_topic_stops_with_what_to_do(sink: Sink) -> None:
    await sink.send(message(), partition=0)
    async with sink.running():
        await sink.until_published(1)
    with open_store(sink.settings, print) as engine, engine.begin() as connection:
        connection.execute(sa.update(ConsumedOffset).values(next_offset=99))
    with pytest.raises(Fatal, match="consumed_offsets"):
        async with sink.running() as task:
            await asyncio.wait({task})


async def test_a_forgotten_store_reads_from_the_beginning_whatever_the_group_committed(sink: Sink) -> None:
    await sink.send(*(message(f"a{n}") for n in range(50)))
    async with sink.running():
        await sink.until_published(50)
    sink.forget()
    async with sink.running():
        await sink.until_published(100)


async def test_it_stops_at_once_when_told_to(sink: Sink) -> None:
    process = sink.start()
    await sink.send(message())
    await sink.until_published(1)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(process.wait) == 0
