"""The sink's one thread for the store: transactions run there one by one, and never block the event loop."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from services.common.errors import Rejected
from services.common.log import logger
from services.sink.store.failures import is_passing
from services.sink.store.lease import Lease

T = TypeVar("T")

SOONEST, LATEST = 0.1, 10.0
"""Seconds until the next try at what the store could not do: twice as long after each failure, and never quite the
same, so that sinks that ran into one another do not do so again."""


class StoreWorker:
    """Runs functions in a transaction each: `await worker.run(apply, records, now)`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._failures = 0
        self.lease = Lease(engine)
        """Of several sinks on the store the one that holds it does what one must do."""

    @property
    def is_shared(self) -> bool:
        """Whether other sinks may work on the store at the same time."""
        return self._engine.dialect.name == "postgresql"

    @property
    def works(self) -> bool:
        """False while the store fails; part of readiness."""
        return not self._failures

    async def run(self, function: Callable[..., T], *args: object) -> T:
        """What `function(session, *args)` gives, once its transaction is committed.

        Once begun it ends, also when the caller is cancelled. Raises Rejected when the store cannot do it now
        (a lost connection, a lock, a full disk); then nothing of it is stored.
        """
        try:
            result = await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, function, *args)
        except DBAPIError as wrong:
            if not is_passing(wrong):
                raise
            self._failures += 1
            says = " ".join(str(wrong.orig).split())
            raise Rejected(f"the store cannot be used now: {says}", self._pause()) from wrong
        self._failures = 0
        return result

    def close(self) -> None:
        """Wait for what is under way."""
        self._thread.shutdown()

    def _pause(self) -> float:
        longest = min(SOONEST * 2**self._failures, LATEST)
        return random.uniform(longest / 2, longest)  # noqa: S311  no secret

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
