"""Looks now and then for what is older than `TOCSIN_RETENTION_DAYS`, and removes it in steps."""

from __future__ import annotations

import asyncio
import datetime as dt

from services.common import metrics
from services.common.log import logger
from services.common.settings import Settings
from services.sink.store.retention import Removed, Stock, count, remove_old
from services.sink.worker import StoreWorker, now, pause, until_done

LOOK_EVERY = 600.0
"""Seconds between looks."""
BETWEEN = 0.2
"""Seconds between steps, in which the consumer has the store."""


class Keeping:
    """Works until it is told to stop; of several sinks on a store the one does that holds the lease."""

    def __init__(self, settings: Settings, store: StoreWorker) -> None:
        self._days, self._store = settings.retention_days, store

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set, also where everything is kept."""
        while not stop.is_set():
            if not self._store.lease.held:
                _forget()
                await pause(stop, 5.0)
                continue
            if self._days:
                incidents, articles = await self._look(stop)
                if incidents or articles:
                    logger().info("old incidents removed", incidents=incidents, articles=articles, days=self._days)
            if held := await until_done(self._count, stop, "incidents are not counted"):
                _show(held)
            await pause(stop, LOOK_EVERY)

    async def _count(self) -> Stock:
        return await self._store.run(count, now().date())

    async def _step(self) -> Removed:
        return await self._store.run(remove_old, now().date() - dt.timedelta(days=self._days))

    async def _look(self, stop: asyncio.Event) -> tuple[int, int]:
        incidents = articles = 0
        while not stop.is_set():
            removed = await until_done(self._step, stop, "old data stay")
            if not removed:
                break
            incidents, articles = incidents + removed.incidents, articles + removed.articles
            metrics.RETENTION_REMOVED.labels("incidents").inc(removed.incidents)
            metrics.RETENTION_REMOVED.labels("articles").inc(removed.articles)
            await pause(stop, BETWEEN)
        return incidents, articles


def _show(held: Stock) -> None:
    metrics.INCIDENTS_STORED.labels("open").set(held.open)
    metrics.INCIDENTS_STORED.labels("closed").set(held.closed)
    if held.oldest is not None:
        metrics.OLDEST_INCIDENT.set(dt.datetime.combine(held.oldest, dt.time(), dt.UTC).timestamp())


def _forget() -> None:
    """Another sink counts now."""
    metrics.INCIDENTS_STORED.clear()
    metrics.OLDEST_INCIDENT.set(0)
