"""Writes the updates that have waited for the end of their incident's window, whose due times the store keeps."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence

from schemas import Alert
from services.common.log import logger
from services.common.settings import Settings
from services.sink.process import tell_due
from services.sink.worker import StoreWorker, now, pause, until_done

LOOK_EVERY = 1.0
"""Seconds between looks for what is due."""


class Updates:
    """Looks for due updates until it is told to stop; what is due then leaves at the next start.

    Of several sinks on a store the one does that holds the lease.
    """

    def __init__(self, settings: Settings, store: StoreWorker, wrote: Callable[[], None]) -> None:
        self._window = dt.timedelta(seconds=settings.update_window)
        self._store, self._wrote = store, wrote

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set; waits for a store that cannot be used."""
        while not stop.is_set():
            alerts = await until_done(self._look, stop, "updates that are due wait")
            if alerts:
                log_written(alerts)
                self._wrote()
            else:
                await pause(stop, LOOK_EVERY)

    async def _look(self) -> Sequence[Alert]:
        return await self._store.run(tell_due, now(), self._window) if self._store.lease.held else []


def log_written(alerts: Sequence[Alert], **about: str | None) -> None:
    """A line for each alert that went into the outbox; `about` says what caused it."""
    for alert in alerts:
        logger().info(
            f"{alert.message_type} written",
            alert_id=alert.id,
            incident_id=alert.incident_id,
            severity=alert.severity,
            headline=alert.headline,
            **about,
        )
