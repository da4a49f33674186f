"""Looks on while things are broken: subscribes to event-alerts, counts what is in flight, notes each commit."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError

from schemas import Coder
from services.common.settings import (
    ARTICLES,
    ARTICLES_DLQ,
    CONFLICT_EVENTS,
    CONFLICT_EVENTS_DLQ,
    EVENT_ALERTS,
    EXTRACTOR_GROUP,
)
from services.sink.store.models import ArticleRow, ConsumedOffset
from tests.chaos.cast import Cast
from tests.chaos.records import Rec, as_rec, assign_all
from tests.chaos.store import Store

Place = tuple[int, int]
Order = tuple[int, tuple[int, ...]]
_OFTEN = 0.5
_SELDOM = 2.0
_AWAY = (KafkaError, OSError, TimeoutError)


@dataclass
class Watch:
    """What was seen so far."""

    bootstrap: str
    store: Store
    cast: Cast
    traces: set[str] = field(default_factory=set)
    """Of the records in `articles`."""
    answered: set[str] = field(default_factory=set)
    """Of those, the ones that came out, as events or as a dead letter."""
    messages: dict[Place, tuple[str, Order] | None] = field(default_factory=dict)
    """Records of `conflict-events`, by article and order; None for what is no message."""
    alerts: dict[Place, tuple[str, str]] = field(default_factory=dict)
    """Id and digest of each alert that the subscriber was given, by its place."""
    commits: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """Of the extractor's group, by partition: when (milliseconds since 1970) which offset was first seen."""
    applied: dict[int, int] = field(default_factory=dict)
    """Up to where the store has been compared with `conflict-events`, by partition."""
    unapplied: list[str] = field(default_factory=list)
    """Messages that the store had passed without being changed by them."""
    store_end: int = 0
    """Sum of the offsets up to which the store has applied `conflict-events`."""
    last_alert: float = field(default_factory=time.monotonic)
    stall: float = 0.0
    """Longest time between two alerts, as the subscriber saw them, since it was last set to 0."""

    def in_flight(self) -> tuple[int, int]:
        """Articles that have not come out, and messages that are not in the store."""
        return len(self.traces - self.answered), max(0, len(self.messages) - self.store_end)

    async def run(self) -> None:
        """Look until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._reading([EVENT_ALERTS], self._alert))
            flow = [ARTICLES, CONFLICT_EVENTS, ARTICLES_DLQ, CONFLICT_EVENTS_DLQ]
            tasks.create_task(self._reading(flow, self._flow))
            tasks.create_task(self._again(self._commits))
            tasks.create_task(self._stored())
            tasks.create_task(self._tend())

    async def _reading(self, topics: Sequence[str], see: Callable[[Rec], None]) -> None:
        async def read() -> None:
            async with AIOKafkaConsumer(
                bootstrap_servers=self.bootstrap, auto_offset_reset="earliest", isolation_level="read_committed"
            ) as consumer:
                await assign_all(consumer, *topics)
                while True:
                    for batch in (await consumer.getmany(timeout_ms=200)).values():
                        for raw in batch:
                            see(as_rec(raw))

        await self._again(read)

    async def _again(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do it anew whenever the brokers fail; seeing a record twice changes nothing."""
        while True:
            with contextlib.suppress(*_AWAY):
                await work()
            await asyncio.sleep(1.0)

    def _alert(self, rec: Rec) -> None:
        if rec.place in self.alerts:
            return
        now = time.monotonic()
        self.stall = max(self.stall, now - self.last_alert)
        self.last_alert = now
        self.alerts[rec.place] = (json.loads(rec.value or b"{}").get("id", ""), digest(rec.value))

    def _flow(self, rec: Rec) -> None:
        if rec.topic == ARTICLES:
            self.traces.add(rec.trace)
        elif rec.topic == CONFLICT_EVENTS:
            self.messages[rec.place] = order_of(rec)
            self.answered.add(rec.trace)
        elif rec.topic == ARTICLES_DLQ:
            self.answered.add(rec.trace)

    async def _commits(self) -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap)
        await admin.start()
        try:
            while True:
                async with asyncio.timeout(10):
                    offsets = await admin.list_consumer_group_offsets(EXTRACTOR_GROUP)
                now = time.time_ns() // 1_000_000
                for partition, found in offsets.items():
                    seen = self.commits.setdefault(partition.partition, [])
                    if not seen or found.offset > seen[-1][1]:
                        seen.append((now, found.offset))
                await asyncio.sleep(_OFTEN)
        finally:
            await admin.close()

    async def _stored(self) -> None:
        while True:
            with contextlib.suppress(DBAPIError):  # not made yet, or cut off
                await asyncio.to_thread(self.store.read, self._compare)
            await asyncio.sleep(_SELDOM)

    def _compare(self, session: Any) -> None:
        """In one transaction: whatever lies before the stored offsets must be in the store."""
        rows = session.execute(
            sa.select(ConsumedOffset.partition, ConsumedOffset.next_offset).where(
                ConsumedOffset.topic == CONFLICT_EVENTS
            )
        )
        stored: dict[int, int] = dict(rows.tuples().all())
        for partition, end in stored.items():
            new = self._unlooked(partition, end)
            held = _orders(session, {known[0] for _, known in new if known is not None})
            for offset, known in new:
                if known is not None and held.get(known[0], (-1, ())) < known[1]:
                    self.unapplied.append(f"{CONFLICT_EVENTS} {partition}/{offset}: {known[0]}")
        self.store_end = sum(stored.values())

    def _unlooked(self, partition: int, end: int) -> list[tuple[int, tuple[str, Order] | None]]:
        """Messages up to `end` that were not compared yet, as far as they were seen without a gap."""
        start = offset = self.applied.get(partition, 0)
        while offset < end and (partition, offset) in self.messages:
            offset += 1
        self.applied[partition] = offset
        return [(number, self.messages[partition, number]) for number in range(start, offset)]

    async def _tend(self) -> None:
        while True:
            await asyncio.to_thread(self.cast.tend)
            await asyncio.sleep(0.2)


def digest(value: bytes | None) -> str:
    """Tells values apart."""
    return hashlib.sha256(value or b"").hexdigest()


def order_of(rec: Rec) -> tuple[str, Order] | None:
    """Article and order of a message; None for what is no message."""
    try:
        told = json.loads(rec.value or b"")
        return told["article_id"], (told["version"], Coder(**told["coder"]).order())
    except (ValueError, TypeError, KeyError):
        return None


def _orders(session: Any, articles: set[str]) -> dict[str, Order]:
    wanted = sorted(articles)
    found: dict[str, Order] = {}
    for at in range(0, len(wanted), 500):
        rows = session.execute(
            sa.select(ArticleRow.article_id, ArticleRow.version, ArticleRow.coder_version).where(
                ArticleRow.article_id.in_(wanted[at : at + 500])
            )
        )
        found |= {name: (version, Coder(name="", version=coder).order()) for name, version, coder in rows}
    return found
