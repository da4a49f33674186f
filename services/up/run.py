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
from services.up.child import Child, Died
from services.up.folder import Folder
from services.up.guide import guide
from services.up.ports import SERVICES
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
    seen: set[str]
    """Ids of the alerts that were printed from the store."""
    seeds: bool


async def run(this: Run) -> None:
    """Until SIGTERM or SIGINT; then the services are stopped. Raises TocsinError when something fails."""
    stop = stop_event()
    children = [_child(name, this) for name in SERVICES]
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_watch(this.broker, children)), group.create_task(_work(this, children))]
            await stop.wait()
            for task in tasks:
                task.cancel()
    except BaseExceptionGroup as several:
        raise _first(several) from None
    finally:
        this.screen.say("Stopping the services …")
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait()


async def _work(this: Run, children: list[Child]) -> None:
    with this.screen.step("Topics"):
        await topics.apply(this.settings)
    # Subscribed before any service runs, so that no alert comes too early to be seen.
    async with alerts(this.settings, "now") as coming, asyncio.TaskGroup() as group:
        group.create_task(_print(this, coming))
        for child in children:
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


async def _watch(broker: Broker, children: list[Child]) -> None:
    """Raises Died when something that was started has ended by itself."""
    while True:
        for death in (broker.died(), *(child.died() for child in children)):
            if death is not None:
                raise death
        await asyncio.sleep(_LOOK)


def _child(name: str, this: Run) -> Child:
    settings = this.settings
    environment = {
        "TOCSIN_BOOTSTRAP": settings.bootstrap,
        "TOCSIN_DATA_DIR": str(settings.data_dir),
        f"TOCSIN_{name.upper()}_PORT": str(getattr(settings, f"{name}_port")),
        "TOCSIN_LOG_FORMAT": "json",
    }
    return Child(name, this.folder.logs / f"{name}.log", environment, this.folder.lock)


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    first = several.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
