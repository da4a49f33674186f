"""Reads `conflict-events` and applies it to the store: one transaction a batch, offsets in it, then the broker is told.

The store's own offsets, kept by cluster id, say where to go on; those committed to Kafka only show the lag.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError  # type: ignore[import-untyped]

from services.common import kafka, metrics, tracing
from services.common.cloudevents import read_headers
from services.common.errors import Fatal, Invalid
from services.common.log import logger
from services.common.renewed import renewed_producer
from services.common.settings import Settings
from services.sink.letters import Letters
from services.sink.names import Names
from services.sink.process import Outcome, Record, apply, read_message
from services.sink.store import repository
from services.sink.updates import log_written
from services.sink.worker import StoreWorker, now, until_done

BATCH = 200
"""Most records in one transaction."""
POLL_MS = 250
REFUSED_LIMIT = 500
"""So many refused records in a row mean that something is wrong with the sink or with the extractor."""
SET_ASIDE_LIMIT = 20
"""So many records in a row that the sink itself fails at are a fault of the sink: it stops."""
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
        self._refused_in_a_row = self._set_aside_in_a_row = 0
        self._failure: Exception | None = None
        self._rebalances = 0
        self.assigned: dict[TopicPartition, int] = {}
        """Partitions that this consumer holds, with the offset to go on from."""
        self.joined = False
        """Whether the group has given it its share of the partitions; among many sinks that may be none."""
        self.broker = False
        """Whether the broker answered when it was last asked."""

    async def run(self) -> None:
        """Raises Rejected when no broker answers at the start, Fatal for what a person must look at."""
        self._cluster = await kafka.cluster_id(self._settings)
        client_id = f"{self._names.group}-letters"
        async with (
            renewed_producer(self._settings, client_id=client_id) as producer,
            kafka.consumer(self._settings, group=self._names.group, group_instance_id=self._member()) as consumer,
        ):
            letters = Letters(producer, self._stop)
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

    def _member(self) -> str | None:
        """A lone sink is one and the same to the broker after a kill, so that it has its partitions back at once.

        Of several each is somebody new, and gives its partitions to the others when it stops.
        """
        return None if self._store.is_shared else f"{self._names.group}-0"

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
        self.joined = True
        logger().info("partitions assigned", partitions=sorted(p.partition for p in self.assigned))

    async def _poll(self, consumer: AIOKafkaConsumer, letters: Letters) -> None:
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
        self.joined = False
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
        self, consumer: AIOKafkaConsumer, letters: Letters, batches: dict[TopicPartition, list[Any]]
    ) -> None:
        raws = [raw for many in batches.values() for raw in many]
        records = [await self._read(raw, letters) for raw in raws]
        if not records:
            return
        outcomes = await self._apply(raws, records, letters)
        if outcomes is None:
            return  # about to stop: it will be read again
        offsets = {partition: many[-1].offset + 1 for partition, many in batches.items()}
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

    async def _apply(
        self, raws: Sequence[Any], records: Sequence[Record], letters: Letters
    ) -> Sequence[Outcome] | None:
        """Apply records, all at once; one by one where that fails, so that a bad one takes no other along.

        None when it is about to stop. Raises Fatal as it is: no record is at fault then.
        """
        if len(records) > 1:
            try:
                return await self._store_all(records)
            except Fatal:
                raise
            except Exception:  # noqa: BLE001  whatever it is, it shows again with the record that causes it
                logger().warning("a batch cannot be applied: its records are, one by one", exc_info=True)
        outcomes: list[Outcome] = []
        for raw, record in zip(raws, records, strict=True):
            try:
                one = await self._store_all([record])
            except Fatal:
                raise
            except Exception as wrong:
                self._set_aside_in_a_row += 1
                if self._set_aside_in_a_row > SET_ASIDE_LIMIT:
                    raise
                logger().exception("record cannot be applied", partition=raw.partition, offset=raw.offset)
                await letters.refuse(raw, Invalid("not_applied", f"The sink failed at it ({type(wrong).__name__})."))
                one = await self._store_all([replace(record, message=None)])
            else:
                self._set_aside_in_a_row = 0
            if one is None:
                return None
            outcomes += one
        return outcomes

    async def _store_all(self, records: Sequence[Record]) -> Sequence[Outcome] | None:
        window = dt.timedelta(seconds=self._settings.update_window)
        return await until_done(
            lambda: self._store.run(apply, records, now(), window), self._stop, "nothing can be stored"
        )

    async def _read(self, raw: Any, letters: Letters) -> Record:
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
            await letters.refuse(raw, invalid)
            return Record(*place, None, traceparent)
        self._refused_in_a_row = 0
        return Record(*place, message, traceparent)

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
        "consumed_offsets (by sqlite3 or psql) and start the sink again; alerts that were told stay told"
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
