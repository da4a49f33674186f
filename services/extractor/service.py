"""The extractor as a service: articles in, events out, until SIGTERM or until it cannot go on."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Awaitable, Coroutine
from enum import Enum
from typing import Any, NoReturn

from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # aiokafka ships no types

from services.common import log, metrics, topics
from services.common.errors import Fatal, Rejected
from services.common.health import serve_health
from services.common.log import logger
from services.common.settings import Settings
from services.common.shutdown import stop_event
from services.extractor.app import Reader
from services.extractor.batches import Batches
from services.extractor.lag import Lag
from services.extractor.limits import Limits, Route
from services.extractor.pool import Pool
from services.extractor.processing import SERVICE
from services.extractor.publish import Publisher

_LEAVE_GRACE = 10.0
"""Seconds that a crashed app has to leave its group."""


class End(Enum):
    """Why a run of the app ended."""

    STOPPED = "SIGTERM or SIGINT"
    CRASHED = "the app crashed and is to be made anew"


def run(settings: Settings, limits: Limits, route: Route | None = None) -> int:
    """Serve until SIGTERM or SIGINT; gives 0 once the batch in hand is committed.

    Ends the process with status 1, and nothing of the batch in hand committed, when no worker can be started or
    the grace of SIGTERM is over. Raises Fatal before that, when it cannot start.
    """
    log.configure(SERVICE, settings)
    # Faust and its services tell every crash several times over; the service tells it once.
    for name in ("faust", "mode"):
        logging.getLogger(name).setLevel(logging.ERROR)
    metrics.build_info(SERVICE)
    return asyncio.run(_Service(settings, limits, route or Route()).serve())


class _Service:
    def __init__(self, settings: Settings, limits: Limits, route: Route) -> None:
        self._settings = settings
        self._limits = limits
        self._route = route
        self._pool = Pool(limits, settings.workers)
        self._publisher = Publisher(settings)
        self._batches = Batches(self._pool, self._publisher.send, route, limits.failures)
        self._reader: Reader | None = None
        self._lag = Lag(settings, route.group, lambda: self._reader.partitions() if self._reader else ())

    def ready(self) -> dict[str, bool]:
        return {
            "broker": self._lag.reached and self._batches.sent,
            "partitions": self._reader is not None and self._reader.assigned,
            "pool": self._pool.alive(),
            "coder": self._batches.coded,
        }

    async def serve(self) -> int:
        stop = stop_event()
        async with contextlib.AsyncExitStack() as stack:
            port = await stack.enter_async_context(
                serve_health(self._settings.extractor_port, self._settings.http_host, self.ready)
            )
            logger().info("extractor starts", port=port, workers=self._settings.workers)
            if not await _unless(stop, stack.enter_async_context(self._pool)):
                return 0
            logger().info("coder ready", coder=self._pool.coder.name, version=self._pool.coder.version)
            if not await _unless(stop, self._topics()):
                return 0
            await stack.enter_async_context(self._publisher)
            watch = asyncio.create_task(self._lag.watch())
            stack.callback(watch.cancel)
            await self._read(stop)
        logger().info("extractor stopped")
        return 0

    async def _topics(self) -> None:
        """Faust never picks up a topic that is missing when it starts."""
        while True:
            try:
                await topics.apply(self._settings)
            except Rejected as away:
                logger().warning("waiting for the brokers", error=str(away))
                await asyncio.sleep(min(away.retry_after, 2.0))
            else:
                return

    async def _read(self, stop: asyncio.Event) -> None:
        wait = 1.0
        while await self._read_once(stop) is End.CRASHED:
            await _unless(stop, asyncio.sleep(wait))
            wait = min(2 * wait, 30.0)

    async def _read_once(self, stop: asyncio.Event) -> End:
        self._reader = reader = Reader(self._settings, self._limits, self._route, self._batches.work)
        stopped, crashed = asyncio.create_task(stop.wait()), asyncio.create_task(_started(reader))
        try:
            waits: set[asyncio.Future[Any]] = {stopped, crashed, reader.failure}
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            crashed.cancel()
        if reader.failure.done():
            self._leave("the extractor stops, and nothing is committed", reader.failure.result())
        if stop.is_set():
            if not await _stopped(reader, self._limits.grace):
                self._leave("stopped before the batch in hand was done: it will be read again", None)
            return End.STOPPED
        logger().error("the reader crashed and starts anew", error=str(reader.app.crash_reason))
        if not await _stopped(reader, _LEAVE_GRACE):
            self._leave("the crashed reader does not stop: what it had in hand will be read again", None)
        return End.CRASHED

    def _leave(self, why: str, failure: Exception | None) -> NoReturn:
        """End the process before anything else can be acknowledged."""
        if failure is None or isinstance(failure, Fatal):
            logger().error(why, error=str(failure) if failure else None)
        else:
            logger().error(why, exc_info=failure)
        self._pool.close()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


async def _started(reader: Reader) -> None:
    """Start the app; returns when it has crashed or could not start."""
    try:
        await reader.app.start()
    except (KafkaError, OSError) as away:
        logger().warning("the reader cannot start", error=str(away))
        return
    logger().info("extractor reads")
    await reader.app.wait()


async def _stopped(reader: Reader, grace: float) -> bool:
    """Stop the app; False when it does not in `grace` seconds. It swallows cancellations, so it is left to itself."""
    stopping = asyncio.ensure_future(reader.app.stop())
    await asyncio.wait({stopping}, timeout=grace)
    return stopping.done()


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, Any] | Awaitable[Any]) -> bool:
    """Do `work`, but leave it when the service is to stop; False then."""
    doing, stopped = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    await asyncio.wait({doing, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not doing.done():
        doing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await doing
        return False
    doing.result()
    return True
