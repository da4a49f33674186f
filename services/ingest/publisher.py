"""Articles to the `articles` topic: sent in order, each acknowledged by the brokers before anyone is told so."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import KafkaError, MessageSizeTooLargeError  # type: ignore[import-untyped]

from schemas import Article
from schemas.article import MAX_BYTES
from schemas.ids import record_id
from services.common.cloudevents import ARTICLE_TYPE, record_headers
from services.common.errors import Invalid, Rejected
from services.common.metrics import LAST_SUCCESS
from services.common.renewed import RenewedProducer
from services.common.settings import ARTICLES

MAX_HELD = 32 * 1024 * 1024
"""Bytes of articles that wait for the brokers; what comes beyond is rejected."""
PATIENCE = 10.0
"""Seconds to wait for the brokers' word on one article."""


class Full(Rejected):
    """Too many articles wait already: slow down."""

    reason = "full"
    """A word for programs."""


@dataclass(frozen=True)
class Receipt:
    """Where an article stands now."""

    id: str
    version: int
    topic: str
    partition: int
    offset: int


class Publisher:
    """Sends articles by a started, idempotent producer that it does not own."""

    def __init__(
        self,
        producer: AIOKafkaProducer | RenewedProducer,
        *,
        topic: str = ARTICLES,
        max_held: int = MAX_HELD,
        patience: float = PATIENCE,
    ) -> None:
        self._producer = producer
        self._topic = topic
        self._max_held = max_held
        self._patience = patience
        self._held = 0
        self._room = asyncio.Event()
        self._room.set()

    async def room(self) -> None:
        """Wait until less than half of what may be held is: for senders that can wait rather than be rejected."""
        await self._room.wait()

    async def publish(self, article: Article, *, source_type: str, traceparent: str) -> Receipt:
        """Send `article` and wait until all in-sync replicas have it.

        Raises what `send` and its answer raise.
        """
        return await (await self.send(article, source_type=source_type, traceparent=traceparent))

    async def send(self, article: Article, *, source_type: str, traceparent: str) -> Awaitable[Receipt]:
        """Put `article`, which must have its id, in line; await the answer for the brokers' word.

        Articles sent one after another reach a partition in that order. Raises Full when too many bytes wait,
        Rejected when the brokers cannot be reached in time, Invalid when the article is too long as Tocsin
        writes it; so does the answer. After a Rejected the article may still have arrived: sent again, it
        replaces itself.
        """
        if article.id is None:
            raise ValueError("the article has no id: read it by read_article")
        value = article.to_bytes()
        if len(value) > MAX_BYTES:
            raise Invalid("too_large", f"The article is {len(value):,} bytes as JSON: send at most {MAX_BYTES:,}.")
        if self._held + len(value) > self._max_held:
            raise Full("too many articles wait for the brokers: send more slowly", retry_after=1)
        headers = record_headers(
            type=ARTICLE_TYPE,
            id=record_id(article.id, article.version),
            source=f"/tocsin/ingest/{source_type}",
            time=dt.datetime.now(dt.UTC),
            subject=article.id,
            traceparent=traceparent,
        )
        delivery = await self._enqueue(article.id.encode(), value, headers)
        return self._answer(article.id, article.version, delivery)

    async def _enqueue(self, key: bytes, value: bytes, headers: list[tuple[str, bytes]]) -> asyncio.Future[Any]:
        self._hold(len(value))
        try:
            async with asyncio.timeout(self._patience):
                delivery: asyncio.Future[Any] = await self._producer.send(
                    self._topic, value=value, key=key, headers=headers
                )
        except BaseException as wrong:
            self._hold(-len(value))
            raise self._told(wrong) from wrong
        # The producer holds the bytes until it is done with them, also when nobody waits any more.
        delivery.add_done_callback(lambda done: self._release(done, len(value)))
        return delivery

    def _hold(self, size: int) -> None:
        self._held += size
        if self._held < self._max_held // 2:
            self._room.set()
        else:
            self._room.clear()

    def _release(self, done: asyncio.Future[Any], size: int) -> None:
        self._hold(-size)
        if not done.cancelled():
            done.exception()  # seen, so that asyncio does not complain where nobody waits any more

    async def _answer(self, article_id: str, version: int, delivery: asyncio.Future[Any]) -> Receipt:
        try:
            async with asyncio.timeout(self._patience):
                record = await asyncio.shield(delivery)
        except (KafkaError, TimeoutError) as wrong:
            raise self._told(wrong) from wrong
        LAST_SUCCESS.labels("ingest").set_to_current_time()
        return Receipt(article_id, version, record.topic, record.partition, record.offset)

    def _told(self, wrong: BaseException) -> BaseException:
        """`wrong` in Tocsin's own words; what is no failure to send stays as it is."""
        if isinstance(wrong, MessageSizeTooLargeError):
            return Invalid("too_large", f"The topic {self._topic} does not take so long a record: shorten the text.")
        if isinstance(wrong, TimeoutError):
            return Rejected(f"the brokers did not take the article within {self._patience:g} s: send it again")
        if isinstance(wrong, KafkaError):
            return Rejected(f"the brokers did not take the article: {wrong}")
        return wrong
