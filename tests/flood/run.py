"""One flood: a whole Tocsin, far more articles than it codes, a broker that hangs, and what is left of it all."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.chaos.beside import running
from tests.chaos.cast import Cast, StuckError, staged
from tests.chaos.cluster import Kafka
from tests.chaos.ready import until_ready
from tests.chaos.store import Store, opened
from tests.flood.checks import lost, unworked
from tests.flood.memory import Held, resident, unbounded
from tests.flood.pour import Pour
from tests.flood.reader import read

Say = Callable[[str], None]

_WARM = 30
"""Articles before the pace is measured, and as many again on which it is."""
_WARM_RATE = 100.0
_AHEAD = 1.1
"""The flood is so much stronger than it must be: what is measured is always a little old."""
_CATCH_UP = 10.0
_HANG_AT = 0.25
"""The broker hangs after so much of the flood."""
_PATIENCE = 300.0
_HANG = 30.0
KEPT = 64
"""MiB of reports that the sink keeps in memory."""
"""Seconds in which a broker that hangs must have made the buffer full; and then some more, for small articles too."""
_STILL = 3.0


@dataclass(frozen=True)
class Plan:
    """One flood."""

    seconds: float
    times: float
    """How many articles come for one that is coded."""
    seed: int
    folder: Path


@dataclass
class Result:
    """What came of it."""

    seconds: float = 0.0
    accepted: int = 0
    """Articles of ordinary length, while the flood lasted."""
    extracted: int = 0
    numbers: dict[str, float] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    """The sentences of each check."""

    @property
    def holds(self) -> bool:
        return not any(self.wrong.values())


@dataclass
class _Look:
    """Looks each second: what everyone holds, how much is coded, and whether anyone has ended."""

    kafka: Kafka
    cast: Cast
    held: list[Held]
    extracted: int = 0
    on: bool = False
    """Whether memory is noted: not while everything starts."""

    async def run(self) -> None:
        extractor = self.cast.of("extractor")[0]
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(30)) as http:
            while True:
                await asyncio.to_thread(self.cast.tend)
                self.extracted = await _extracted(http, extractor.port, self.extracted)
                if self.on:
                    pids = [service.pid for service in self.cast.services] + [self.kafka.pid(0)]
                    for one, pid in zip(self.held, pids, strict=True):
                        one.looks.append(await asyncio.to_thread(resident, pid) if pid is not None else 0.0)
                await asyncio.sleep(1.0)


async def flood(plan: Plan, say: Say) -> Result:
    """Do what the plan says; `say` is told of each step. Ends all that it started, also when cancelled."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    def tell(line: str) -> None:
        say(f"[{time.monotonic() - began:6.0f} s] {line}")

    tell("starting a broker, ingest, extractor and sink")
    async with Kafka(plan.folder / "kafka", 1) as kafka:
        with opened("sqlite", plan.folder / "store") as store:
            environment = {"TOCSIN_BOOTSTRAP": kafka.bootstrap, "TOCSIN_LOG_FORMAT": "json"} | store.environment()
            # So few that they are full within minutes: a sink that still fills them grows for that reason alone.
            environment |= {"TOCSIN_SINK_MEMORY": str(KEPT)}
            with staged(("ingest", "extractor", "sink"), plan.folder, environment) as cast:
                return await _flooded(plan, kafka, cast, store, tell)


async def _flooded(plan: Plan, kafka: Kafka, cast: Cast, store: Store, tell: Say) -> Result:
    cast.start()
    result = Result(held=[Held(kind) for kind in ("ingest", "extractor", "sink", "broker")])
    look = _Look(kafka, cast, result.held)
    address = f"http://127.0.0.1:{cast.of('ingest')[0].port}"
    pour = Pour(address, plan.seed, dt.datetime.now(dt.UTC).date(), _WARM_RATE)
    async with running(look.run()) as looking:
        await until_ready(cast, looking)
        async with running(pour.run()) as pouring:
            pace = await _pace(look)
            tell(f"the extractor takes {pace:.1f} articles a second; {plan.times:g} times as many come from now on")
            await _Flood(plan, kafka, look, pour, tell).run(pace, result)
            await pouring
        tell(f"{len(pour.receipts):,} articles were accepted; looking whether all are there")
        await until_ready(cast)
        found = await read(kafka.bootstrap, store)
    result.numbers |= {f"answers {status}": count for status, count in sorted(pour.answers.items())}
    result.numbers["articles committed by the extractor"] = sum(found.committed.values())
    result.wrong |= {
        "memory": list(unbounded(result.held)),
        "answers": pour.wrong,
        "full": [] if pour.answers[429] else ["no answer said that the broker's buffer is full"],
        "lost": list(lost(pour.receipts, found)),
        "offsets": list(unworked(found)),
        "services": [f"ended by itself: {told}" for told in cast.fell],
        "flood": _too_weak(plan, result),
    }
    return result


async def _pace(look: _Look) -> float:
    """Articles a second that the extractor codes while it never waits for one."""
    await _until(lambda: look.extracted >= _WARM, "nothing is extracted")
    begun, before = time.monotonic(), look.extracted
    await _until(lambda: look.extracted >= before + _WARM, "nothing is extracted any more")
    return (look.extracted - before) / (time.monotonic() - begun)


@dataclass
class _Flood:
    """The flood itself."""

    plan: Plan
    kafka: Kafka
    look: _Look
    pour: Pour
    tell: Say

    async def run(self, pace: float, result: Result) -> None:
        """As long as planned, and until the long articles are taken."""
        look, pour, times = self.look, self.pour, self.plan.times
        begun, extracted, short = time.monotonic(), look.extracted, pour.short
        look.on = True
        pour.rate = pace * times * _AHEAD
        async with running(self._hang()) as hanging:
            told = 0.0
            while (passed := time.monotonic() - begun) < self.plan.seconds:
                await asyncio.sleep(1.0)
                done = look.extracted - extracted
                if done > _WARM:
                    wanted = done * times * _AHEAD
                    # Where the extractor has become quicker, what is missing comes within some seconds.
                    pour.rate = max(pour.rate, wanted / passed, (wanted - (pour.short - short)) / _CATCH_UP)
                if passed - told > self.plan.seconds / 20:
                    told = passed
                    held = ", ".join(f"{one.kind} {one.looks[-1]:.0f} MiB" for one in look.held if one.looks)
                    self.tell(f"{pour.short - short:,} accepted, {done:,} extracted; {held}")
            await asyncio.wait_for(hanging, _PATIENCE)
        look.on, pour.stopped = False, True
        result.seconds = time.monotonic() - begun
        result.accepted, result.extracted = pour.short - short, look.extracted - extracted

    async def _hang(self) -> None:
        """Freeze the broker until its buffer is full and senders are told so, and let it go on."""
        await asyncio.sleep(self.plan.seconds * _HANG_AT)
        self.kafka.freeze(0)
        try:
            self.tell("the broker hangs, and long articles come")
            async with running(self.pour.long_ones()) as sending:
                try:
                    async with asyncio.timeout(_HANG):
                        await self.pour.full.wait()
                        await asyncio.sleep(_STILL)
                except TimeoutError:
                    self.tell("the buffer did not become full")
                finally:
                    self.kafka.thaw(0)
                self.tell(f"the broker goes on; 429 was answered {self.pour.answers[429]} times")
                await sending
        finally:
            self.kafka.thaw(0)


def _too_weak(plan: Plan, result: Result) -> list[str]:
    if result.accepted >= plan.times * result.extracted:
        return []
    return [f"{result.accepted:,} articles for {result.extracted:,} that were extracted are not {plan.times:g} times"]


async def _extracted(http: aiohttp.ClientSession, port: int, before: int) -> int:
    """Articles that the extractor has done; what was known before where it does not say."""
    try:
        async with http.get(f"http://127.0.0.1:{port}/metrics") as answer:
            told = await answer.text()
    except (aiohttp.ClientError, TimeoutError):
        return before
    samples = (sample for family in text_string_to_metric_families(told) for sample in family.samples)
    return int(sum(sample.value for sample in samples if sample.name == "tocsin_articles_extracted_total"))


async def _until(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise StuckError(otherwise)
        await asyncio.sleep(0.05)
