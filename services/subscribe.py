"""Subscribes to `event-alerts` as any program may: without a group, from the topic's beginning or from now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # aiokafka ships no types
from pydantic import ValidationError

from schemas import Alert
from services.common import kafka
from services.common.errors import Rejected
from services.common.settings import EVENT_ALERTS, Settings

Start = Literal["beginning", "now"]


@dataclass(frozen=True)
class Unreadable:
    """A record of the topic that is no alert."""

    where: str
    """topic, partition and offset."""


@asynccontextmanager
async def alerts(settings: Settings, start: Start) -> AsyncIterator[AsyncIterator[Alert | Unreadable]]:
    """The alerts of the topic; with "now", those that are published once the context is entered. Never ends by itself.

    Raises Rejected when no broker answers at the start, or the topic is not there; what fails later is tried again.
    """
    async with kafka.consumer(settings, EVENT_ALERTS, group=None) as consumer:
        partitions = consumer.assignment()
        if not partitions:
            raise Rejected(f"the topic {EVENT_ALERTS} is not there: `tocsin topics apply` creates it")
        if start == "now":
            try:
                ends = await consumer.end_offsets(partitions)
            except KafkaError as away:
                raise kafka.broker_error(settings, away) from away
            for partition, end in ends.items():
                consumer.seek(partition, end)
        yield _read(consumer)


async def _read(consumer: Any) -> AsyncIterator[Alert | Unreadable]:
    async for record in consumer:
        try:
            yield Alert.read(record.value or b"")
        except ValidationError:
            if record.value is not None:  # a tombstone only clears a key of a compacted topic
                yield Unreadable(f"{record.topic}, partition {record.partition}, offset {record.offset}")
