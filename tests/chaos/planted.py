"""Services with a known bug, to see that a run reports it: `python -m tests.chaos.planted BUG SERVICE`.

Each bug is built in from outside, with a pause where the harm is done, so that a fault meets it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

_PAUSE = 1.5


def planted(bug: str) -> Callable[[str], list[str]]:
    """The command lines of services with a bug."""
    return partial(_command, bug)


def _command(bug: str, service: str) -> list[str]:
    return [sys.executable, "-m", "tests.chaos.planted", bug, service]


def early_commit() -> None:
    """The extractor acknowledges a batch before it works it off."""
    from services.extractor.app import Reader, _record

    async def extract(self: Any, stream: Any) -> None:
        async for events in stream.noack_take(self._batch, within=0.2):
            for event in events:
                await stream.ack(event)
            await asyncio.sleep(_PAUSE)
            await self._work([_record(event) for event in events])

    Reader._extract = extract  # type: ignore[method-assign]


def apart_outbox() -> None:
    """The sink puts alerts into the outbox in a transaction of their own, after that of the messages."""
    import sqlalchemy as sa
    from sqlalchemy.orm import Session

    from services.sink.store.models import OutboxRow
    from services.sink.worker import StoreWorker

    table: Any = OutboxRow.__table__

    def transact(self: Any, function: Callable[..., Any], *args: object) -> Any:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            last = session.scalar(sa.select(sa.func.max(table.c.position))) or 0
            result = function(session, *args)
            session.flush()
            new = [dict(row) for row in session.execute(table.select().where(table.c.position > last)).mappings()]
            session.execute(table.delete().where(table.c.position > last))
        if new:
            time.sleep(_PAUSE)
            with Session(self._engine) as session, session.begin():
                session.execute(table.insert(), new)
        return result

    StoreWorker._transact = transact  # type: ignore[method-assign]


def unfenced() -> None:
    """Several sinks may write one SQLite file, and each publishes by a producer that nothing fences."""
    from services.common import kafka
    from services.sink.store import sqlite

    plain, member = kafka.producer, kafka.consumer

    @contextmanager
    def anyone(_path: Path) -> Iterator[None]:
        yield

    @asynccontextmanager
    async def producer(settings: Any, *, client_id: str, **options: Any) -> AsyncIterator[Any]:
        fenced = options.pop("transactional_id", None) is not None
        async with plain(settings, client_id=client_id, **options) as made:
            yield _Unfenced(made) if fenced else made

    def consumer(settings: Any, *topics: str, group: str | None, **options: Any) -> Any:
        if "group_instance_id" in options:
            options["group_instance_id"] += f"-{os.getpid()}"
        return member(settings, *topics, group=group, **options)

    sqlite._sole_writer = anyone
    kafka.producer, kafka.consumer = producer, consumer


class _Unfenced:
    """A producer without transactions."""

    def __init__(self, producer: Any) -> None:
        self._producer = producer
        self.send = producer.send

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        await asyncio.sleep(_PAUSE)
        yield

    async def send_offsets_to_transaction(self, *_: object) -> None:
        return


BUGS = {"early-commit": early_commit, "apart-outbox": apart_outbox, "unfenced": unfenced}


def main(arguments: Sequence[str]) -> None:
    """Run one service with a bug."""
    bug, service = arguments
    BUGS[bug]()
    from services.serve import serve

    serve([service])


if __name__ == "__main__":
    main(sys.argv[1:])
