"""One run: start everything, feed it, break it, wait for quiet, look."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Iterator

from services.common.settings import ARTICLES, ARTICLES_DLQ, CONFLICT_EVENTS, CONFLICT_EVENTS_DLQ, EVENT_ALERTS
from tests.chaos.beside import running
from tests.chaos.cast import Cast, StuckError, staged
from tests.chaos.cluster import Kafka
from tests.chaos.faults import Stage
from tests.chaos.feed import feed
from tests.chaos.final import Final, read_store, read_topics
from tests.chaos.judge import judge, keep
from tests.chaos.plan import Fault, Plan
from tests.chaos.quiet import rest
from tests.chaos.ready import PATIENCE, until_ready
from tests.chaos.sender import Sender
from tests.chaos.store import Store, opened
from tests.chaos.table import Result, Struck
from tests.chaos.watch import Watch

_WINDOW = "1"
"""Seconds in which an incident has at most one update: short, so that there are many."""

Say = Callable[[str], None]


async def chaos(plan: Plan, say: Say) -> Result:
    """Do what the plan says; `say` is told of each step. Ends all that it started, also when cancelled."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()

    def tell(line: str) -> None:
        say(f"[{time.monotonic() - began:6.0f} s] {line}")

    result = Result()
    tell(f"starting {plan.nodes} brokers and {plan.store}")
    async with Kafka(plan.folder / "kafka", plan.nodes) as kafka:
        with opened(plan.store, plan.folder / "store") as store, _cast(plan, store, kafka.bootstrap) as cast:
            stage = Stage(kafka, cast, store, plan.session, random.Random(plan.seed))
            final = await _disturbed(plan, stage, result, tell)
    result.fell += cast.fell
    # Before it is judged: a check that fails, or runs out of memory, leaves what it has looked at.
    await asyncio.to_thread(keep, final, plan.folder)
    tell("working out the run without faults")
    await asyncio.to_thread(judge, result, final, tell)
    return result


async def _disturbed(plan: Plan, stage: Stage, result: Result, tell: Say) -> Final:
    cast, bootstrap = stage.cast, stage.kafka.bootstrap
    cast.start()
    tell(f"starting {', '.join(service.name for service in cast.services)}")
    watch = Watch(bootstrap, stage.store, cast)
    async with running(watch.run()) as watching:
        await until_ready(cast, watching)
        ingests = [f"http://127.0.0.1:{service.port}" for service in cast.of("ingest")]
        sender = Sender(bootstrap, ingests, feed(plan.seed, plan.articles, plan.today), plan.rate)
        async with running(sender.run()) as sending:
            for number, fault in enumerate(plan.faults, start=1):
                sender.allowed = len(sender.items) * number // len(plan.faults)
                struck = await _break(stage, fault, watch, sender)
                result.faults.append(struck)
                told = f"{struck.in_flight} in flight, longest stall {struck.stall:.1f} s"
                tell(f"{number} of {len(plan.faults)}: {fault.kind} of {struck.what}: {told}")
            sender.allowed = len(sender.items)
            await sending
        tell(f"fed {sender.taken:,} records; waiting for quiet")
        restless = await rest(bootstrap, stage.store, tell)
        result.wrong["quiet"] = [restless] if restless else []
        return await _look(watch, sender, stage.store)


async def _break(stage: Stage, fault: Fault, watch: Watch, sender: Sender) -> Struck:
    """One fault, from the burst before it until alerts come again."""
    sender.burst()
    await _until(lambda: sum(watch.in_flight()) > 0, "nothing is in flight")
    in_flight = sum(watch.in_flight())
    watch.last_alert, watch.stall = time.monotonic(), 0.0
    what = await stage.strike(fault)
    healed = time.monotonic()
    await until_ready(stage.cast)
    await _until(
        lambda: watch.last_alert > healed or (sender.sent >= sender.allowed and sum(watch.in_flight()) == 0),
        f"no alert after {fault}",
    )
    return Struck(fault.kind, what, in_flight, watch.stall)


async def _look(watch: Watch, sender: Sender, store: Store) -> Final:
    await asyncio.sleep(3.0)  # the subscriber's last records
    topics = await read_topics(watch.bootstrap)
    return Final(
        topics[ARTICLES],
        topics[CONFLICT_EVENTS],
        topics[EVENT_ALERTS],
        topics[ARTICLES_DLQ] + topics[CONFLICT_EVENTS_DLQ],
        await asyncio.to_thread(store.read, read_store),
        dict(watch.alerts),
        dict(watch.commits),
        list(sender.receipts),
        list(watch.unapplied),
    )


async def _until(condition: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise StuckError(otherwise)
        await asyncio.sleep(0.05)


@contextlib.contextmanager
def _cast(plan: Plan, store: Store, bootstrap: str) -> Iterator[Cast]:
    kinds = [*["ingest"] * 2, *["extractor"] * 2, *["sink"] * (plan.sinks or store.sinks)]
    environment = {
        "TOCSIN_BOOTSTRAP": bootstrap,
        "TOCSIN_LOG_FORMAT": "json",
        "TOCSIN_UPDATE_WINDOW": _WINDOW,
        "TOCSIN_EXTRACTOR_SESSION_TIMEOUT": str(plan.session),
    } | store.environment()
    with staged(kinds, plan.folder, environment, plan.command) as cast:
        yield cast
