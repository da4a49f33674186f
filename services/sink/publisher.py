"""Publishes the outbox to `event-alerts`, in its order, each alert once.

A batch is one Kafka transaction that also keeps, under a group of its own, the position that the outbox has left up
to. A sink that is killed between that commit and the mark in its store learns from there what has left. The fixed
transactional id fences a sink that was frozen and wakes when another has taken over.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Sequence

from aiokafka import AIOKafkaProducer, TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import (  # type: ignore[import-untyped]
    InvalidTimestampError,
    KafkaError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    ProducerFenced,
    RecordListTooLargeError,
    UnsupportedForMessageFormatError,
)
from aiokafka.structs import OffsetAndMetadata  # type: ignore[import-untyped]

from schemas import Alert, ids
from services.common import cloudevents, kafka, metrics, tracing
from services.common.errors import Fatal, Rejected
from services.common.log import logger
from services.common.settings import Settings
from services.sink.names import Names
from services.sink.store import repository
from services.sink.store.repository import Waiting
from services.sink.worker import StoreWorker, now, pause, until_done

BATCH = 100
"""Most alerts in one transaction."""
LOOK_EVERY = 0.5
"""Seconds between looks at the outbox, where other sinks too may have written, and at the lease."""
LIVE = dt.timedelta(hours=1)
"""Of an article that is older when its alert is written, the way through Tocsin is not timed: a replay or backfill."""
SOURCE = "tocsin/sink"
REFUSALS = (
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    InvalidTimestampError,
    PolicyViolationError,
    UnsupportedForMessageFormatError,
)
"""What brokers say of a record that they will never take, however often it comes."""


class Publisher:
    """One publisher: `run` works until `stop` is set and the outbox is empty.

    Of several sinks on a store the one publishes that holds the lease; the others stand by.
    """

    def __init__(self, settings: Settings, names: Names, store: StoreWorker, stop: asyncio.Event) -> None:
        self._settings, self._names, self._store, self._stop = settings, names, store, stop
        self._wake = asyncio.Event()
        self._owner: str | None = None
        """The store whose alerts were published last, as far as was seen."""
        self._fenced = False
        """True from being fenced until it was looked whether that was another store's sink."""
        self._singly_up_to = 0
        """Up to this position each alert is a transaction of its own: one among them was refused."""
        self.ready = False
        """Whether it can publish, or stands by for the sink that does."""

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._wake.set()

    async def run(self) -> None:
        """Raises Fatal when a sink with another store publishes in this one's place."""
        try:
            while not self._stop.is_set():
                if await self._leads():
                    await self._lead()
                else:
                    self.ready = self._store.works
                    await pause(self._stop, LOOK_EVERY)
        finally:
            await asyncio.to_thread(self._store.lease.release)

    async def _leads(self) -> bool:
        return await asyncio.to_thread(self._store.lease.hold)

    async def _lead(self) -> None:
        """Publish until `stop` is set, something fails, or the lease is lost."""
        try:
            await self._session()
        except (KafkaError, Rejected) as away:
            if isinstance(away, REFUSALS):
                return  # what was refused is marked, or looked for: go on with a new producer
            self._fenced = self._fenced or isinstance(away, ProducerFenced)
            if not isinstance(away, ProducerFenced):
                logger().warning("alerts wait", error=str(away))
            elif await self._leads():
                # By the broker alone where this sink was frozen for longer than a transaction may last.
                logger().warning("alerts wait: the broker has ended this sink's transaction, and a new one is begun")
            else:
                logger().info("another sink publishes now")
            await pause(self._stop, 1.0)
        finally:
            self.ready = False

    async def _session(self) -> None:
        """Publish with one producer until `stop` is set, the broker fails, or the lease is lost."""
        async with kafka.producer(
            self._settings, client_id=self._names.outbox, transactional_id=self._names.outbox
        ) as producer:
            # The producer's start has ended what a killed one left open: what the group says is settled.
            store_id = await self._store.run(repository.store_id)
            await self._recover(store_id)
            self.ready = True
            while await self._leads():
                self._wake.clear()
                waiting = await self._next()
                if waiting:
                    await self._try(producer, waiting, store_id)
                elif self._stop.is_set():
                    return
                else:
                    await self._rest()

    async def _next(self) -> list[Waiting]:
        waiting = await self._store.run(repository.waiting, BATCH)
        return waiting[:1] if waiting and waiting[0].position <= self._singly_up_to else waiting

    async def _try(self, producer: AIOKafkaProducer, waiting: Sequence[Waiting], store_id: str) -> None:
        """Publish; where the brokers refuse an alert for good, find out which, and leave it out from then on."""
        try:
            await self._publish(producer, waiting, store_id)
        except REFUSALS as refusal:
            self._singly_up_to = max(self._singly_up_to, waiting[-1].position)
            if len(waiting) == 1:
                await self._refuse(waiting[0], refusal)
            raise

    async def _refuse(self, row: Waiting, refusal: KafkaError) -> None:
        error = type(refusal).__name__
        await self._store.run(repository.mark_refused, row.position, error)
        metrics.ALERTS_REFUSED.labels(error).inc()
        alert = Alert.read(row.body.encode())
        logger().error(
            "the brokers refuse an alert for good: it stays in the store and on the page, and is not published",
            alert_id=alert.id,
            incident_id=alert.incident_id,
            bytes=len(row.body.encode()),
            error=error,
            help="mend the topic's limits, then empty `refused` of its row in the store's table `outbox`",
        )

    async def _rest(self) -> None:
        """Until there is something to do."""
        waits = [asyncio.create_task(self._wake.wait()), asyncio.create_task(self._stop.wait())]
        await asyncio.wait(waits, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()

    async def _recover(self, store_id: str) -> None:
        """Mark what had left when a sink died before it could."""
        async with kafka.admin(self._settings) as admin:
            known = await admin.list_consumer_group_offsets(self._names.outbox)
        left = known.get(self._mark())
        self._look(left.metadata if left is not None else None, store_id)
        if left is not None and left.metadata == store_id:  # else it tells of another store's outbox
            marked = await self._store.run(repository.mark_published, left.offset, now())
            if marked:
                logger().info("alerts had left before the last stop", alerts=marked)

    def _look(self, owner: str | None, store_id: str) -> None:
        """Where it was fenced, and another store's alerts were published since: two sinks would fence each other."""
        if self._fenced and owner not in (None, store_id, self._owner):
            raise Fatal(
                f"a sink with another store publishes alerts to {self._settings.bootstrap} and has fenced this "
                "one: give sinks on one cluster one store, in PostgreSQL (TOCSIN_DATABASE_URL), or run one"
            )
        self._owner, self._fenced = owner, False

    async def _publish(self, producer: AIOKafkaProducer, waiting: Sequence[Waiting], store_id: str) -> None:
        alerts = [Alert.read(row.body.encode()) for row in waiting]
        last = waiting[-1].position
        async with producer.transaction():
            acknowledged = [
                await producer.send(
                    self._names.alerts,
                    row.body.encode(),
                    key=alert.incident_id.encode(),
                    headers=cloudevents.record_headers(
                        type=cloudevents.ALERT_TYPE,
                        id=ids.record_id(alert.id),
                        source=SOURCE,
                        time=alert.sent,
                        subject=alert.incident_id,
                        traceparent=row.traceparent,
                    ),
                )
                for row, alert in zip(waiting, alerts, strict=True)
            ]
            await asyncio.gather(*acknowledged)
            await producer.send_offsets_to_transaction(
                {self._mark(): OffsetAndMetadata(last, store_id)}, self._names.outbox
            )
        self._owner = store_id
        at = now()
        for row, alert in zip(waiting, alerts, strict=True):
            self._count(row, alert, at)
        # Done also when the service is about to stop: what has left should be known to have.
        await until_done(
            lambda: self._store.run(repository.mark_published, last, at), asyncio.Event(), "alerts cannot be marked"
        )

    def _mark(self) -> TopicPartition:
        """Where the group keeps the outbox's position; the outbox is one, so partition 0 stands for it."""
        return TopicPartition(self._names.alerts, 0)

    def _count(self, row: Waiting, alert: Alert, at: dt.datetime) -> None:
        metrics.ALERTS_PUBLISHED.labels(alert.message_type, alert.severity).inc()
        metrics.LAST_SUCCESS.labels("sink").set_to_current_time()
        age = row.written_at - row.article_time
        if dt.timedelta() <= age < LIVE:
            metrics.ARTICLE_TO_ALERT.observe((at - row.article_time).total_seconds())
        logger().info(
            f"{alert.message_type} published",
            alert_id=alert.id,
            severity=alert.severity,
            headline=alert.headline,
            trace_id=tracing.trace_id(row.traceparent),
        )
