"""A producer that outlives a failure: one that is idempotent is unsure of its sequence numbers after it, for good."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # aiokafka ships no types

from services.common import kafka
from services.common.cloudevents import Headers
from services.common.settings import Settings


class RenewedProducer:
    """Sends as aiokafka's producer does, by one that is made anew once a record was not acknowledged.

    The brokers count the records of an idempotent producer. After one that they refused, or that expired, the count has
    a hole, and they take nothing more from it: OutOfOrderSequenceNumber, again and again.
    """

    def __init__(self, settings: Settings, *, client_id: str, **overrides: Any) -> None:
        self._settings, self._client_id, self._overrides = settings, client_id, overrides
        self._stack = AsyncExitStack()
        self._producer: Any = None
        self._broken = False
        self._making: asyncio.Task[Any] | None = None

    @property
    def client(self) -> Any:
        """The present producer's client, for `watch_brokers`; None before the first."""
        return self._producer.client if self._producer is not None else None

    async def send(
        self, topic: str, value: bytes | None = None, *, key: bytes | None = None, headers: Headers | None = None
    ) -> asyncio.Future[Any]:
        """Put a record in line; await the answer for the brokers' word.

        Raises Rejected when a new producer is needed and no broker answers, else what aiokafka's producer raises. The
        failed one is closed before, so that nothing of it arrives after what the new one sends.
        """
        producer = await self.ready()
        try:
            sent: asyncio.Future[Any] = await producer.send(topic, value=value, key=key, headers=headers or [])
        except KafkaError:
            self._fail(producer)
            raise
        sent.add_done_callback(lambda done: self._look(done, producer))
        return sent

    async def send_and_wait(
        self, topic: str, value: bytes | None = None, *, key: bytes | None = None, headers: Headers | None = None
    ) -> Any:
        """As `send`, and wait for the brokers' word."""
        return await (await self.send(topic, value, key=key, headers=headers))

    async def ready(self) -> Any:
        """The producer, made where there is none that works. Raises Rejected when no broker answers."""
        if self._producer is not None and not self._broken:
            return self._producer
        if self._making is None or self._making.done():
            self._making = asyncio.create_task(self._make())
        # Who is cancelled while it waits must not leave a producer half made.
        return await asyncio.shield(self._making)

    async def close(self) -> None:
        """Flush and stop."""
        if self._making is not None:
            await asyncio.wait([self._making])
        await self._drop()

    async def _make(self) -> Any:
        await self._drop()
        self._producer = await self._stack.enter_async_context(
            kafka.producer(self._settings, client_id=self._client_id, **self._overrides)
        )
        return self._producer

    async def _drop(self) -> None:
        stack, self._stack = self._stack, AsyncExitStack()
        self._producer, self._broken = None, False
        await stack.aclose()

    def _look(self, done: asyncio.Future[Any], producer: Any) -> None:
        if done.cancelled() or done.exception() is not None:
            self._fail(producer)

    def _fail(self, producer: Any) -> None:
        if producer is self._producer:
            self._broken = True


@asynccontextmanager
async def renewed_producer(settings: Settings, *, client_id: str, **overrides: Any) -> AsyncIterator[RenewedProducer]:
    """A started one; leaving the context flushes it. Raises Rejected when no broker answers."""
    renewed = RenewedProducer(settings, client_id=client_id, **overrides)
    try:
        await renewed.ready()
        yield renewed
    finally:
        await renewed.close()
