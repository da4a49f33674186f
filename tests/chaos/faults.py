"""The faults: each breaks something, waits for as long as it hurts, and lets it be mended."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.sink.store.sqlite import BUSY_SECONDS
from tests.chaos.cast import Cast, Service
from tests.chaos.cluster import Kafka
from tests.chaos.plan import ROLLING, Fault
from tests.chaos.ready import until_ready
from tests.chaos.store import Store


@dataclass
class Stage:
    """All that can be broken."""

    kafka: Kafka
    cast: Cast
    store: Store
    session: int
    chance: random.Random

    async def strike(self, fault: Fault) -> str:
        """Do it, and undo it; returns once whatever was ended has been started again. Gives what was hit."""
        return await _STRIKES[fault.kind](self, fault)

    def victim(self, fault: Fault) -> Service:
        """One of the services of the fault's kind."""
        return self.chance.choice(self.cast.of(fault.victim))


async def _kill(stage: Stage, fault: Fault) -> str:
    return await _end(stage, fault, signal.SIGKILL)


async def _terminate(stage: Stage, fault: Fault) -> str:
    return await _end(stage, fault, signal.SIGTERM)


async def _end(stage: Stage, fault: Fault, number: signal.Signals) -> str:
    victim = stage.victim(fault)
    victim.held = True
    victim.signal(number)
    await asyncio.to_thread(victim.wait)
    # Back at once, or after the group has given the dead member up.
    await asyncio.sleep(stage.chance.choice((0.0, 2.0, stage.session + 2.0)))
    victim.start()
    victim.held = False
    return victim.name


async def _freeze(stage: Stage, fault: Fault) -> str:
    victim = stage.victim(fault)
    victim.signal(signal.SIGSTOP)
    await asyncio.sleep(stage.session + 4.0)
    victim.signal(signal.SIGCONT)
    return victim.name


async def _broker(stage: Stage, _fault: Fault) -> str:
    node = stage.chance.randrange(stage.kafka.nodes)
    await stage.kafka.kill(node)
    await asyncio.sleep(stage.chance.choice((0.0, 12.0)))
    await stage.kafka.start(node)
    return f"broker-{node + 1}"


async def _database(stage: Stage, _fault: Fault) -> str:
    await asyncio.to_thread(stage.store.cut_off)
    await asyncio.sleep(BUSY_SECONDS + 4.0)
    await asyncio.to_thread(stage.store.restore)
    return stage.store.name


async def _letters(stage: Stage, _fault: Fault) -> str:
    await stage.kafka.shut_letters()
    await asyncio.sleep(10.0)
    await stage.kafka.open_letters()
    return "both"


async def _everything(stage: Stage, _fault: Fault) -> str:
    services = stage.cast.services
    for service in services:
        service.held = True
        service.signal(signal.SIGTERM)
    for service in services:
        await asyncio.to_thread(service.wait)
    await stage.kafka.restart()
    for service in services:
        service.start()
        service.held = False
    return "services and brokers"


async def _roll(stage: Stage, _fault: Fault) -> str:
    """No fault, but what a new version takes: one service after the other, each once the one before is ready."""
    for service in stage.cast.services:
        service.held = True
        service.signal(signal.SIGTERM)
        await asyncio.to_thread(service.wait)
        service.start()
        service.held = False
        await until_ready(stage.cast)
    return "services"


_STRIKES: dict[str, Callable[[Stage, Fault], Awaitable[str]]] = {
    "kill -9": _kill,
    "SIGTERM": _terminate,
    "freeze": _freeze,
    "broker kill -9": _broker,
    "database cut off": _database,
    "dead letters shut": _letters,
    "restart of all": _everything,
    ROLLING: _roll,
}
