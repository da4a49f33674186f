"""Feeds at a steady rate, by a Kafka client of its own and by ingest, and sends again what was not taken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

import aiohttp
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from services.common import tracing
from services.common.settings import ARTICLES, CONFLICT_EVENTS
from tests.chaos.feed import KIND, Item

BURST = 30
"""Records sent at once right before a fault, so that work is in flight."""
_OPEN = 200
"""Records that wait for an answer at a time."""


@dataclass
class Sender:
    """Sends `items` in order, no further than it is allowed to."""

    bootstrap: str
    ingests: Sequence[str]
    """Addresses of the ingest services, such as http://127.0.0.1:8080."""
    items: Sequence[Item]
    rate: float
    allowed: int = 0
    """How many of `items` may be sent by now."""
    sent: int = 0
    taken: int = 0
    """How many were acknowledged."""
    receipts: list[tuple[str, str, int, int]] = field(default_factory=list)
    """What ingest answered: article, topic, partition, offset."""
    again: int = 0
    """How often something had to be sent again."""
    _burst: int = 0
    _turn: Any = field(default_factory=count)

    def burst(self) -> None:
        """Send the next few at once."""
        self._burst = BURST

    async def run(self) -> None:
        """Until all are acknowledged."""
        limit = asyncio.Semaphore(_OPEN)
        async with _Producer(self.bootstrap) as producer, aiohttp.ClientSession() as http, asyncio.TaskGroup() as tasks:
            for item in self.items:
                while self.sent >= self.allowed:  # noqa: ASYNC110  looked at between faults, which take seconds
                    await asyncio.sleep(0.05)
                await limit.acquire()
                tasks.create_task(self._send(item, producer, http, limit))
                self.sent += 1
                if self._burst:
                    self._burst -= 1
                else:
                    await asyncio.sleep(1 / self.rate)

    async def _send(
        self, item: Item, producer: _Producer, http: aiohttp.ClientSession, limit: asyncio.Semaphore
    ) -> None:
        try:
            while not await (self._post(item, http) if item.way == "http" else producer.send(item)):
                self.again += 1
                await asyncio.sleep(0.5)
        finally:
            limit.release()
        self.taken += 1

    async def _post(self, item: Item, http: aiohttp.ClientSession) -> bool:
        """Whether an ingest took it; the next try goes to the other one."""
        address = self.ingests[next(self._turn) % len(self.ingests)]
        headers = {"Content-Type": "application/json", "traceparent": tracing.new()}
        try:
            async with http.post(
                f"{address}/v1/articles", data=item.value, headers=headers, timeout=aiohttp.ClientTimeout(30)
            ) as answer:
                told = await answer.text()
                if answer.status in (429, 503):
                    return False
                if answer.status != 202:
                    raise ValueError(f"ingest answers {answer.status} to {item.key}: {told}")
        except (aiohttp.ClientError, TimeoutError):
            return False
        receipt = json.loads(told)
        self.receipts.append((receipt["id"], receipt["topic"], receipt["partition"], receipt["offset"]))
        return True


class _Producer:
    """A client that is made anew when it fails, as its sequence numbers are unsure then."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._client: AIOKafkaProducer | None = None
        self._making = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._drop(self._client)

    async def send(self, item: Item) -> bool:
        """Whether the brokers have it."""
        client = None
        try:
            client = await self._ready()
            topic = CONFLICT_EVENTS if item.way == "events" else ARTICLES
            await client.send_and_wait(topic, key=item.key.encode(), value=item.value, headers=_headers(item))
        except KafkaError:
            await self._drop(client)
            return False
        return True

    async def _ready(self) -> AIOKafkaProducer:
        async with self._making:
            if self._client is None:
                client = AIOKafkaProducer(bootstrap_servers=self._bootstrap, acks="all", enable_idempotence=True)
                try:
                    await client.start()
                except KafkaError:
                    await client.stop()
                    raise
                self._client = client
            return self._client

    async def _drop(self, client: AIOKafkaProducer | None) -> None:
        if client is not None and client is self._client:
            self._client = None
            try:
                async with asyncio.timeout(5):
                    await client.stop()
            except TimeoutError:  # what it holds was acknowledged to nobody
                await client.client.close()


def _headers(item: Item) -> list[tuple[str, bytes]]:
    headers = [("traceparent", tracing.new().encode())]
    if item.time is not None:
        headers.append(("ce_time", item.time.isoformat().encode()))
    if item.poison:
        headers.append((KIND, b"poison"))
    return headers
