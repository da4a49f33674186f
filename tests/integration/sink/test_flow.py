"""From conflict-events to event-alerts, and what a correction, a withdrawal or a late version changes."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from schemas import ids
from services.common.cloudevents import read_headers
from services.common.errors import Fatal
from services.common.metrics import REGISTRY
from services.common.settings import Settings
from services.sink import consumer
from services.sink.service import run
from services.sink.store import repository
from services.sink.store.engine import store_exists
from services.sink.store.models import ConsumedOffset
from tests.integration.sink.conftest import Sink, eventually
from tests.messages import event, killed, message


async def applied(sink: Sink, count: int) -> None:
    """Until the store has applied so many records, whatever came of them."""

    async def look() -> int:
        return sum(sink.stored(_offsets) or [])

    await eventually(look, lambda seen: seen >= count)


def _offsets(session: Any) -> list[int]:
    return list(session.scalars(select(ConsumedOffset.next_offset)))


async def test_an_event_becomes_an_alert_with_headers_and_key(sink: Sink) -> None:
    await sink.send(message())
    async with sink.running():
        (alert,) = await sink.until_published(1)
        (record,) = await sink.records(sink.names.alerts)
    incident = ids.incident_id(event("a1").id)
    assert (alert.incident_id, alert.sequence, alert.message_type) == (incident, 0, "alert")
    assert alert.id == ids.alert_id(incident, 0)
    assert record.key == incident.encode()
    envelope = read_headers(record.headers)
    (source,) = await sink.records(sink.names.events)
    assert envelope.type == "io.tocsin.alert.v1"
    assert envelope.id == ids.record_id(alert.id)
    assert envelope.traceparent is not None
    assert envelope.traceparent.split("-")[1] == read_headers(source.headers).traceparent.split("-")[1]
    assert sink.outbox() == [record.value.decode()]
    assert sink.stored(repository.waiting, 10) == []


async def test_versions_replace_one_another_in_whatever_order_they_come(sink: Sink) -> None:
    third = message(version=3, events=[event("a1", casualties=killed(9))])
    late = message(version=2, events=[event("a1", casualties=killed(8))])
    async with sink.running():
        await sink.send(message(version=1), third, third, late)
        await applied(sink, 4)
        await sink.until_published(2)
        await sink.send(message(version=4, withdrawn=True, events=[], sentences=[]))
        first, update, cancel = await sink.until_published(3)
    assert [a.message_type for a in (first, update, cancel)] == ["alert", "update", "cancel"]
    assert [(c.field, c.before, c.after) for c in update.changes] == [("casualties.killed", "at least 7", "9")]
    assert update.references == [first.id]
    assert cancel.references == [update.id]
    assert [a.sequence for a in (first, update, cancel)] == [0, 1, 2]


async def test_what_was_told_is_not_told_anew_after_a_restart(sink: Sink) -> None:
    await sink.send(message())
    async with sink.running():
        await sink.until_published(1)
    await sink.send(message("a2"))
    async with sink.running():
        await sink.until_published(2)
    assert len(await sink.published()) == 2


async def test_a_refused_record_goes_to_the_dead_letters_and_stops_nothing(sink: Sink) -> None:
    bad = [b"not json", b'{"article_id": 3}', None, b'{"article_id":"\\ud800"}']
    await sink.send(*bad, message(), partition=0)
    async with sink.running():
        await sink.until_published(1)
        await applied(sink, 5)
    letters = await sink.records(f"{sink.names.events}.dlq")
    assert [letter.value for letter in letters] == bad
    reasons = [dict(letter.headers)["error.type"].decode() for letter in letters]
    assert reasons[:3] == ["not_json", "schema", "tombstone"]
    assert all(dict(letter.headers)["error.message"] for letter in letters)


async def test_alerts_are_counted_and_timed_unless_they_are_a_replay(sink: Sink) -> None:
    def count(name: str, **labels: str) -> float:
        return REGISTRY.get_sample_value(name, labels) or 0.0

    published = count("tocsin_alerts_published_total", message_type="alert", severity="severe")
    timed = count("tocsin_article_to_alert_seconds_count")
    await sink.send(message(), message("a2", article_time=dt.datetime.now(dt.UTC)))
    async with sink.running():
        await sink.until_published(2)
        await eventually(lambda: asyncio.to_thread(sink.stored, repository.waiting, 1), lambda rows: rows == [])
    assert count("tocsin_alerts_published_total", message_type="alert", severity="severe") == published + 2
    assert count("tocsin_article_to_alert_seconds_count") == timed + 1


async def test_when_everything_is_refused_it_stops(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer, "REFUSED_LIMIT", 3)
    await sink.send(*[b"bad"] * 5, message(), partition=0)
    with pytest.raises(Fatal, match="same version"):
        async with sink.running() as task:
            await asyncio.wait({task})
    assert len(await sink.records(f"{sink.names.events}.dlq")) == 3
    assert await sink.published() == []


async def test_without_a_broker_it_waits_and_stops_when_told_to(tmp_path: Path) -> None:
    settings = Settings(bootstrap="127.0.0.1:1", data_dir=tmp_path, sink_port=0)
    stop = asyncio.Event()
    task = asyncio.create_task(run(settings, stop=stop))
    await eventually(lambda: asyncio.to_thread(store_exists, settings), bool)
    stop.set()
    await task
