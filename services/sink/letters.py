"""Puts records that cannot be used onto the dead-letter topic, with a reason for whoever sent them."""

from __future__ import annotations

import asyncio
from typing import Any

from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # aiokafka ships no types

from services.common import metrics, tracing
from services.common.cloudevents import read_headers
from services.common.dlq import dead_letter
from services.common.errors import Invalid, Rejected
from services.common.log import logger
from services.common.renewed import RenewedProducer
from services.common.retry import pauses
from services.sink.worker import pause


class Letters:
    """Sends dead letters by a producer of its caller."""

    def __init__(self, producer: RenewedProducer, stop: asyncio.Event) -> None:
        self._producer, self._stop = producer, stop

    async def refuse(self, raw: Any, invalid: Invalid) -> None:
        """Send the record's letter, and come back once it is acknowledged.

        Raises Rejected when the broker has not taken it and the sink is told to stop.
        """
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
        for wait in pauses(0.5, 10.0):
            try:
                await self._producer.send_and_wait(letter.topic, letter.value, key=letter.key, headers=letter.headers)
                break
            except (KafkaError, Rejected) as away:
                if self._stop.is_set():
                    raise Rejected(f"a dead letter was not sent: {away}") from away
                logger().warning("dead letter not sent", error=str(away))
                await pause(self._stop, wait)
        metrics.DEAD_LETTERS.labels(raw.topic, invalid.reason).inc()
        logger().warning(
            "record refused",
            reason=invalid.reason,
            detail=invalid.detail,
            partition=raw.partition,
            offset=raw.offset,
            trace_id=tracing.trace_id(read_headers(raw.headers).traceparent),
        )
