"""Reads `conflict-events` and applies it to the store: one transaction a batch, offsets in it, then the broker is told.

The store's own offsets, kept by cluster id, say where to go on; those committed to Kafka only show the lag.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError  # type: ignore[import-untyped]

from services.common import kafka, metrics, tracing
from services.common.cloudevents import read_headers
from services.common.dlq import dead_letter
from services.common.errors import Fatal, Invalid, Rejected
from services.common.log import logger
from services.common.renewed import RenewedProducer, renewed_producer
from services.common.settings import Settings
from services.sink.names import Names
from services.sink.process import Outcome, Record, apply, read_message
from services.sink.store import repository
from services.sink.updates import log_written
from services.sink.worker import StoreWorker, now, pause, until_done

BATCH = 200
"""Most records in one transaction."""
POLL_MS = 250
REFUSED_LIMIT = 500
"""So many refused records in a row mean that something is wrong with the sink or with the extractor."""
LOOK_EVERY = 5.0
"""Seconds between looks at the end offsets, for lag and readiness."""


class EventConsumer:
    """One consumer: `run` works until `stop` is set and then leaves the group with nothing half done."""

    def __init__(
        self, settings: Settings, names: Names, store: StoreWorker, wrote: Callable[[], None], stop: asyncio.Event
    ) -> None:
        self._settings, self._names, self._store, self._wrote, self._stop = settings, names, store, wrote, stop
        self._cluster = ""
        self._in_hand = asyncio.Lock()
        self._refused_in_a_row = 0
        self._failure: Exception | None = None
        self._rebalances = 0
        self.assigned: dict[TopicPartition, int] = {}
        """Partitions that this consumer holds, with the offset to go on from."""
        self.broker = False
        """Whether the broker answered when it was last asked."""

    async def run(self) -> None:
        """Raises Rejected when no broker answers at the start, Fatal for what a person must look at."""
        self._cluster = await kafka.cluster_id(self._settings)
        client_id = f"{self._names.group}-letters"
        async with (
            renewed_producer(self._settings, client_id=client_id) as letters,
            # A static member: one that was killed and comes back has its partitions at once, not when the broker has
            # given the dead one up.
            kafka.consumer(
                self._settings, group=self._names.group, group_instance_id=f"{self._names.group}-0"
            ) as consumer,
        ):
            consumer.subscribe([self._names.events], listener=_Listener(self, consumer))
            watcher = asyncio.create_task(self._watch(consumer))
            try:
                while not self._stop.is_set():
                    await self._poll(consumer, letters)
            finally:
                watcher.cancel()
                await asyncio.wait([watcher])
                self.broker = False
                await self.end(list(self.assigned))

    async def begin(self, consumer: AIOKafkaConsumer, partitions: Iterable[TopicPartition]) -> None:
        """Go to the stored offsets of partitions that were just assigned."""
        try:
            for partition in partitions:
                start = await until_done(partial(self._start, consumer, partition), self._stop, "no place to begin")
                if start is None:
                    return  # about to stop
                consumer.seek(partition, start)
                self.assigned[partition] = start
        except IllegalStateError:
            return  # taken away again meanwhile
        except Exception as wrong:
            # aiokafka swallows what a listener raises: the loop raises it.
            self._failure = wrong
            raise
        finally:
            self._rebalances += 1
        logger().info("partitions assigned", partitions=sorted(p.partition for p in self.assigned))

    async def _poll(self, consumer: AIOKafkaConsumer, letters: RenewedProducer) -> None:
        before = self._rebalances
        batches = await consumer.getmany(timeout_ms=POLL_MS, max_records=BATCH)
        if self._failure:
            raise self._failure
        async with self._in_hand:
            if before == self._rebalances:
                held = {partition: raws for partition, raws in batches.items() if partition in self.assigned}
                await self._handle(consumer, letters, held)
            else:
                # They may have been fetched before the way to the stored offset was found: read them again from there.
                for partition, start in self.assigned.items():
                    consumer.seek(partition, start)

    async def end(self, partitions: Iterable[TopicPartition]) -> None:
        """Wait for the work in hand, then let go of partitions."""
        async with self._in_hand:
            for partition in partitions:
                self.assigned.pop(partition, None)
                _forget_lag(partition)

    async def _start(self, consumer: AIOKafkaConsumer, partition: TopicPartition) -> int:
        """Where to begin. Raises Rejected when broker or store cannot say it now, Fatal when they disagree."""
        place = (self._cluster, partition.topic, partition.partition)
        stored = await self._store.run(repository.next_offset, *place)
        try:
            first = (await consumer.beginning_offsets([partition]))[partition]
            end = (await consumer.end_offsets([partition]))[partition]
        except KafkaError as away:
            raise kafka.broker_error(self._settings, away) from away
        if stored is not None and stored > end:
            raise _beyond(partition, stored, end)
        if stored is not None and stored < first:
            logger().warning(
                "records were deleted before they were read", partition=partition.partition, stored=stored, first=first
            )
        return max(stored or 0, int(first))

    async def _handle(
        self, consumer: AIOKafkaConsumer, letters: RenewedProducer, batches: dict[TopicPartition, list[Any]]
    ) -> None:
        records = [await self._read(raw, letters) for raws in batches.values() for raw in raws]
        if not records:
            return
        window = dt.timedelta(seconds=self._settings.update_window)
        outcomes = await until_done(
            lambda: self._store.run(apply, records, now(), window), self._stop, "nothing can be stored"
        )
        if outcomes is None:
            return  # about to stop: it will be read again
        offsets = {partition: raws[-1].offset + 1 for partition, raws in batches.items()}
        self.assigned.update(offsets)
        _log(outcomes)
        if any(outcome.alerts for outcome in outcomes):
            self._wrote()
        metrics.LAST_SUCCESS.labels("sink").set_to_current_time()
        try:
            await consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError, KafkaError) as lost:
            # The store's offsets count; these catch up with the next commit.
            logger().info("offsets not committed to the broker", error=str(lost))

    async def _read(self, raw: Any, letters: RenewedProducer) -> Record:
        """The record; a refused one once its dead letter is acknowledged."""
        traceparent = read_headers(raw.headers).traceparent
        place = (self._cluster, raw.topic, raw.partition, raw.offset)
        try:
            message = read_message(raw.value)
        except Invalid as invalid:
            self._refused_in_a_row += 1
            if self._refused_in_a_row > REFUSED_LIMIT:
                raise Fatal(
                    f"the last {REFUSED_LIMIT} records of {raw.topic} were refused (the newest: {invalid.detail}), "
                    "so the sink stops instead of emptying the topic into its dead letters: do sink and extractor "
                    "run the same version?"
                ) from invalid
            await self._refuse(raw, invalid, letters)
            return Record(*place, None, traceparent)
        self._refused_in_a_row = 0
        return Record(*place, message, traceparent)

    async def _refuse(self, raw: Any, invalid: Invalid, letters: RenewedProducer) -> None:
        letter = dead_letter(
            topic=raw.topic,
            partition=raw.partition,
            offset=raw.offset,
            key=raw.key,
            value=raw.value,
            headers=raw.headers,
            invalid=invalid,
            service="sink",
        )
        while True:
            try:
                await letters.send_and_wait(letter.topic, letter.value, key=letter.key, headers=letter.headers)
                break
            except (KafkaError, Rejected) as away:
                if self._stop.is_set():
                    raise Rejected(f"a dead letter was not sent: {away}") from away
                logger().warning("dead letter not sent", error=str(away))
                await pause(self._stop, 1.0)
        metrics.DEAD_LETTERS.labels(raw.topic, invalid.reason).inc()
        logger().warning(
            "record refused",
            reason=invalid.reason,
            detail=invalid.detail,
            partition=raw.partition,
            offset=raw.offset,
            trace_id=tracing.trace_id(read_headers(raw.headers).traceparent),
        )

    async def _watch(self, consumer: AIOKafkaConsumer) -> None:
        """Keep lag and the broker's state up to date."""
        while True:
            held = sorted(self.assigned)
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    ends = await consumer.end_offsets(held)
                for partition in held:
                    if (start := self.assigned.get(partition)) is not None:
                        lag = max(ends[partition] - start, 0)
                        metrics.CONSUMER_LAG.labels(partition.topic, str(partition.partition)).set(lag)
                self.broker = True
            except (KafkaError, TimeoutError) as away:
                self.broker = False
                logger().warning("the broker does not answer", error=str(away))
            await asyncio.sleep(LOOK_EVERY if held else 0.2)


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    def __init__(self, owner: EventConsumer, consumer: AIOKafkaConsumer) -> None:
        self._owner, self._consumer = owner, consumer

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        await self._owner.end(revoked)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        await self._owner.begin(self._consumer, assigned)


def _beyond(partition: TopicPartition, stored: int, end: int) -> Fatal:
    return Fatal(
        f"the store has read {partition.topic}, partition {partition.partition}, up to offset {stored}, but it ends at "
        f"{end}: the topic was made anew or has lost records. If that was meant, empty the store's table "
        "consumed_offsets (with the sqlite3 shell) and start the sink again; alerts that were told stay told"
    )


def _forget_lag(partition: TopicPartition) -> None:
    try:
        metrics.CONSUMER_LAG.remove(partition.topic, str(partition.partition))
    except KeyError:
        return  # it was never shown


def _log(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        record, trace = outcome.record, tracing.trace_id(outcome.record.traceparent)
        if record.message is not None:
            logger().info(
                f"article {outcome.decision}",
                article_id=record.message.article_id,
                version=record.message.version,
                events=len(record.message.events),
                alerts=len(outcome.alerts),
                trace_id=trace,
            )
        log_written(outcome.alerts, trace_id=trace)
