"""An alert that the brokers refuse for good stops no other; a real SQLite, and a broker that is only said to be one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from aiokafka.errors import KafkaConnectionError, MessageSizeTooLargeError
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from schemas import Alert
from services.common import kafka, metrics
from services.common.settings import Settings
from services.sink.names import NAMES
from services.sink.process import Record, apply
from services.sink.publisher import Publisher
from services.sink.store.engine import open_store
from services.sink.store.models import AlertRow, OutboxRow
from services.sink.worker import StoreWorker
from tests.messages import SENT, event, message

ALERTS = 7


@pytest.fixture
def engine(tmp_path: Any) -> Iterator[Engine]:
    with open_store(Settings(data_dir=tmp_path, database_url=""), print) as opened:
        records = [Record("c", "t", 0, n, message(f"a{n}", [event(f"a{n}")])) for n in range(ALERTS)]
        with Session(opened) as session, session.begin():
            apply(session, records, SENT)
        yield opened


class Broker:
    """Takes whole transactions, but none with an alert that it refuses."""

    def __init__(self, refused: set[str], wrong: Exception, mended_by: int | None = None) -> None:
        self.refused, self.wrong, self.mended_by = refused, wrong, mended_by
        self.taken: list[str] = []
        self.producers = 0

    @asynccontextmanager
    async def producer(self, *_: Any, **__: Any) -> AsyncIterator[Any]:
        self.producers += 1
        if self.producers == self.mended_by:
            self.refused.clear()
        yield _Producer(self)

    @asynccontextmanager
    async def admin(self, *_: Any, **__: Any) -> AsyncIterator[Any]:
        yield self

    async def list_consumer_group_offsets(self, _group: str) -> dict[Any, Any]:
        return {}


class _Producer:
    def __init__(self, broker: Broker) -> None:
        self._broker, self._sent = broker, list[str]()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        self._sent = []
        yield
        self._broker.taken += self._sent

    async def send(self, _topic: str, value: bytes, **_: Any) -> asyncio.Future[None]:
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        body = value.decode()
        if Alert.read(value).reports[0].article_id in self._broker.refused:
            answer.set_exception(self._broker.wrong)
        else:
            self._sent.append(body)
            answer.set_result(None)
        return answer

    async def send_offsets_to_transaction(self, *_: Any) -> None:
        return


async def published(engine: Engine, broker: Broker, monkeypatch: pytest.MonkeyPatch, until: int) -> list[str]:
    """Run until so many have left, and nothing waits."""
    monkeypatch.setattr(kafka, "producer", broker.producer)
    monkeypatch.setattr(kafka, "admin", broker.admin)
    stop = asyncio.Event()
    store = StoreWorker(engine)
    publisher = Publisher(Settings(), NAMES, store, stop)
    running = asyncio.create_task(publisher.run())
    while len(broker.taken) < until:
        assert not running.done()
        await asyncio.sleep(0.01)
    stop.set()
    await running
    store.close()
    return broker.taken


def outbox(engine: Engine) -> list[tuple[str, str | None, bool]]:
    """Of each alert, in order, the body, why it was refused and whether it left."""
    query = sa.select(AlertRow.body, OutboxRow.refused, OutboxRow.published_at.is_not(None))
    joined = query.join(OutboxRow, OutboxRow.alert_id == AlertRow.alert_id).order_by(OutboxRow.position)
    with Session(engine) as session:
        return [(body, refused, bool(left)) for body, refused, left in session.execute(joined)]


async def test_what_is_refused_for_good_is_named_and_the_rest_leaves_in_order(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = metrics.ALERTS_REFUSED.labels("MessageSizeTooLargeError")
    before = counter._value.get()
    broker = Broker({"a2", "a5"}, MessageSizeTooLargeError())
    taken = await published(engine, broker, monkeypatch, ALERTS - 2)
    kept = outbox(engine)
    assert taken == [body for body, refused, _ in kept if refused is None]
    assert [n for n, (_, refused, _) in enumerate(kept) if refused == "MessageSizeTooLargeError"] == [2, 5]
    assert [left for _, refused, left in kept] == [refused is None for _, refused, _ in kept]
    assert counter._value.get() == before + 2


async def test_many_refused_in_a_row_stop_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    broker = Broker({f"a{n}" for n in range(ALERTS - 1)}, MessageSizeTooLargeError())
    assert len(await published(engine, broker, monkeypatch, 1)) == 1


async def test_what_fails_for_now_is_tried_again_and_refused_is_none(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker = Broker({"a2"}, KafkaConnectionError(), mended_by=2)
    assert len(await published(engine, broker, monkeypatch, ALERTS)) == ALERTS
    assert {refused for _, refused, _ in outbox(engine)} == {None}
