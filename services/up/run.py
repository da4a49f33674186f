"""With a broker there: topics, services, seeds, and alerts on the terminal until someone says stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from schemas import Alert
from services.common import topics
from services.common.settings import Settings
from services.common.shutdown import stop_event
from services.screen import Screen
from services.subscribe import Unreadable, alerts
from services.up.child import Child, Died, stop_all
from services.up.folder import Folder
from services.up.guide import guide
from services.up.ready import until_ready
from services.up.seeds import feed_seeds

_LOOK = 0.2
"""Seconds between two looks at what runs."""


@dataclass(frozen=True)
class Broker:
    """A Kafka."""

    bootstrap: str
    died: Callable[[], Died | None]
    """That it died, and why; None while it lives, and always for one that is not ours."""


@dataclass(frozen=True)
class Run:
    """What one run of `tocsin up` has to do with."""

    settings: Settings
    folder: Folder
    broker: Broker
    screen: Screen
    children: list[Child]
    """The services; what needs long to start may have been started already."""
    seen: set[str]
    """Ids of the alerts that were printed from the store."""
    seeds: bool


async def run(this: Run) -> None:
    """Until SIGTERM or SIGINT; then the services are stopped. Raises TocsinError when something fails."""
    stop = stop_event()
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_watch(this)), group.create_task(_work(this))]
            await stop.wait()
            for task in tasks:
                task.cancel()
    except BaseExceptionGroup as several:
        raise _first(several) from None
    finally:
        if any(child.started for child in this.children):
            this.screen.say("Stopping the services …")
        stop_all(this.children)  # while their broker is still there


async def _work(this: Run) -> None:
    with this.screen.step("Topics"):
        await topics.apply(this.settings)
    # Subscribed before the sink runs, so that no alert comes too early to be seen.
    async with alerts(this.settings, "now") as coming, asyncio.TaskGroup() as group:
        group.create_task(_print(this, coming))
        for child in this.children:
            if not child.started:
                child.start()
        await until_ready(this.settings, this.screen)
        if this.seeds:
            await feed_seeds(this.settings, this.screen)
        this.screen.say(guide(this.settings, this.folder))


async def _print(this: Run, coming: AsyncIterator[Alert | Unreadable]) -> None:
    """Every new alert. One that the last run wrote but did not publish any more was printed from the store."""
    async for alert in coming:
        if isinstance(alert, Alert) and alert.id not in this.seen:
            this.screen.show(alert)


async def _watch(this: Run) -> None:
    """Raises Died when something that was started has ended by itself."""
    while True:
        for death in (this.broker.died(), *(child.died() for child in this.children)):
            if death is not None:
                raise death
        await asyncio.sleep(_LOOK)


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    first = several.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
