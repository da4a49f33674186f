"""The sink's one thread for the store: transactions run there one by one, and never block the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.common.errors import Rejected
from services.common.log import logger

T = TypeVar("T")

RETRY = 1.0
"""Seconds between tries at what a broker or a database could not do just now."""


class StoreWorker:
    """Runs functions in a transaction each: `await worker.run(apply, records, now)`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self.works = True
        """False while the store fails; part of readiness."""

    async def run(self, function: Callable[..., T], *args: object) -> T:
        """What `function(session, *args)` gives, once its transaction is committed.

        Once begun it ends, also when the caller is cancelled. Raises Rejected when the store cannot do it now
        (locked, disk full); then nothing of it is stored.
        """
        try:
            result = await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, function, *args)
        except OperationalError as wrong:
            self.works = False
            raise Rejected(f"the store cannot be used now: {wrong.orig}", RETRY) from wrong
        self.works = True
        return result

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown()

    def _transact(self, function: Callable[..., T], *args: object) -> T:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            return function(session, *args)


async def until_done(work: Callable[[], Awaitable[T]], stop: asyncio.Event, what: str) -> T | None:
    """Try until it succeeds, with a log line for each Rejected; None once `stop` is set and it still has not."""
    while not stop.is_set():
        try:
            return await work()
        except Rejected as later:
            logger().warning(what, error=str(later), retry_after=later.retry_after)
            await pause(stop, later.retry_after)
    return None


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until `stop` is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def now() -> dt.datetime:
    """The moment, in UTC and whole milliseconds."""
    moment = dt.datetime.now(dt.UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
