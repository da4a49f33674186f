"""Stand-ins for aiokafka's producer and for the publisher, where no broker is needed to say what must hold."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from schemas import Article
from services.common.errors import Invalid, Rejected
from services.ingest.publisher import Receipt


class FakeProducer:
    """Answers sends as told: with offsets, never (`silent`), or with an error."""

    def __init__(self, *, silent: bool = False, refuse: Exception | None = None, fail: Exception | None = None) -> None:
        self.silent, self.refuse, self.fail = silent, refuse, fail
        self.sent: list[dict[str, Any]] = []
        self.futures: list[asyncio.Future[Any]] = []

    async def send(self, topic: str, **record: Any) -> asyncio.Future[Any]:
        if self.refuse:
            raise self.refuse
        self.sent.append(record)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.futures.append(future)
        if self.fail:
            future.set_exception(self.fail)
        elif not self.silent:
            future.set_result(SimpleNamespace(topic=topic, partition=0, offset=len(self.sent) - 1))
        return future


class FakePublisher:
    """Takes every article, unless its text is in `errors`."""

    def __init__(self, errors: dict[str, Invalid | Rejected] | None = None) -> None:
        self.errors = errors or {}
        self.taken: list[str] = []

    async def room(self) -> None:
        return

    async def send(self, article: Article, *, source_type: str, traceparent: str) -> asyncio.Future[Receipt]:
        assert source_type
        assert traceparent
        text = article.text or ""
        if error := self.errors.get(text):
            raise error
        self.taken.append(text)
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        future.set_result(Receipt(article.id or "", article.version, "articles", 0, len(self.taken) - 1))
        return future


@pytest.fixture
def fake_producer() -> type[FakeProducer]:
    return FakeProducer


@pytest.fixture
def fake_publisher() -> type[FakePublisher]:
    return FakePublisher
