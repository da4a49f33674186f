"""Reads topics as any client could: all committed records, from the first to the last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from services.common.tracing import trace_id


@dataclass(frozen=True)
class Rec:
    """One record."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    timestamp: int
    """Milliseconds since 1970, as its producer set them."""

    @property
    def place(self) -> tuple[int, int]:
        return self.partition, self.offset

    def header(self, name: str) -> str:
        """The last of a name, as text; empty when there is none."""
        found = [value for key, value in self.headers if key == name]
        return found[-1].decode(errors="replace") if found else ""

    @property
    def trace(self) -> str:
        """What it has in common with the record that it was made from."""
        return trace_id(self.header("traceparent"))


def as_rec(raw: object) -> Rec:
    """From the client's own record."""
    return Rec(
        raw.topic,
        raw.partition,
        raw.offset,
        raw.key,
        raw.value,
        tuple(raw.headers or ()),
        raw.timestamp,  # type: ignore[attr-defined]
    )


async def assign_all(consumer: AIOKafkaConsumer, *topics: str) -> list[TopicPartition]:
    """Let a consumer without a group read all partitions of topics that are there."""
    consumer._client.set_topics(topics)
    while True:
        await consumer._client.force_metadata_update()
        known = {topic: consumer.partitions_for_topic(topic) for topic in topics}
        if all(known.values()):
            break
        await asyncio.sleep(0.2)
    partitions = [TopicPartition(topic, number) for topic in topics for number in sorted(known[topic] or ())]
    consumer.assign(partitions)
    return partitions


async def read_all(bootstrap: str, topic: str) -> list[Rec]:
    """All records up to the present end, partition by partition in order."""
    found: list[Rec] = []
    await read_each(bootstrap, topic, lambda raw: found.append(as_rec(raw)))
    return sorted(found, key=lambda rec: rec.place)


async def read_each(bootstrap: str, topic: str, see: Callable[[Any], None]) -> None:
    """Show `see` each record up to the present end, as the client gives it: for topics too large to be held."""
    async with AIOKafkaConsumer(
        bootstrap_servers=bootstrap, auto_offset_reset="earliest", isolation_level="read_committed"
    ) as consumer:
        partitions = await assign_all(consumer, topic)
        await consumer.seek_to_beginning(*partitions)
        ends = await consumer.end_offsets(partitions)
        while any([await consumer.position(one) < ends[one] for one in partitions]):
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                for raw in batch:
                    see(raw)
