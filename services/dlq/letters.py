"""Reads the dead-letter topics."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import KafkaError  # type: ignore[import-untyped]

from services.common import kafka
from services.common.cloudevents import Headers
from services.common.errors import Fatal, Rejected
from services.common.settings import ARTICLES_DLQ, CONFLICT_EVENTS_DLQ, Settings

TOPICS = (ARTICLES_DLQ, CONFLICT_EVENTS_DLQ)
_ERROR = "error."


@dataclass(frozen=True)
class Letter:
    """A record of a dead-letter topic."""

    topic: str
    partition: int
    offset: int
    time: dt.datetime
    """When it was refused, in UTC."""
    key: bytes | None
    value: bytes | None
    headers: Headers

    def error(self, name: str) -> str:
        """The header `error.NAME`, of several the last; empty without one."""
        found = [value for header, value in self.headers if header == _ERROR + name]
        return found[-1].decode(errors="replace") if found else ""

    @property
    def where(self) -> str:
        """topic/partition/offset."""
        return f"{self.topic}/{self.partition}/{self.offset}"


class Letters:
    """The letters of some topics as they were when it was opened."""

    def __init__(self, consumer: Any, first: dict[TopicPartition, int], end: dict[TopicPartition, int]) -> None:
        self._consumer = consumer
        self.first = first
        self.end = end

    async def read(self, start: dict[TopicPartition, int]) -> AsyncIterator[Letter]:
        """The letters from `start`, partition by partition, in order; those of its partitions alone."""
        for partition, offset in start.items():
            at, end = max(offset, self.first[partition]), self.end[partition]
            if at >= end:
                continue
            self._consumer.assign([partition])
            self._consumer.seek(partition, at)
            # Not by counting: offsets have gaps where transactions were.
            while await self._consumer.position(partition) < end:
                for batch in (await self._consumer.getmany(timeout_ms=200)).values():
                    for record in batch:
                        if record.offset < end:
                            yield _letter(record)

    async def newest(self, count: int) -> list[Letter]:
        """The last `count` of each partition, oldest first."""
        start = {partition: end - count for partition, end in self.end.items()}
        return [letter async for letter in self.read(start)]

    async def at(self, partition: TopicPartition, offset: int) -> Letter:
        """The letter at an offset. Raises Fatal when there is none."""
        if partition in self.end:
            async for letter in self.read({partition: offset} if offset >= self.first[partition] else {}):
                if letter.offset == offset:
                    return letter
                break
        raise Fatal(
            f"{partition.topic} has no letter at offset {offset} of partition {partition.partition}: "
            "`tocsin dlq list` shows those that there are"
        )


@asynccontextmanager
async def open_letters(settings: Settings, topics: tuple[str, ...] = TOPICS) -> AsyncIterator[Letters]:
    """Raises Rejected when no broker answers, or a topic is not there."""
    async with kafka.consumer(settings, *topics, group=None) as consumer:
        partitions = sorted(consumer.assignment())
        missing = set(topics) - {partition.topic for partition in partitions}
        if missing:
            raise Rejected(f"{' and '.join(sorted(missing))}: there is no such topic; `tocsin topics apply` creates it")
        consumer.unsubscribe()
        consumer.assign(partitions)
        try:
            first = await consumer.beginning_offsets(partitions)
            end = await consumer.end_offsets(partitions)
        except KafkaError as away:
            raise kafka.broker_error(settings, away) from away
        yield Letters(consumer, first, end)


def _letter(record: Any) -> Letter:
    return Letter(
        record.topic,
        record.partition,
        record.offset,
        dt.datetime.fromtimestamp(record.timestamp / 1000, dt.UTC),
        record.key,
        record.value,
        [(name, value or b"") for name, value in record.headers],
    )
