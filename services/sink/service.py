"""The sink as a process: reads `conflict-events`, keeps the store, publishes alerts, serves page and health."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial

from sqlalchemy import Engine

from services.common import metrics, topics
from services.common.health import serve_app
from services.common.log import logger
from services.common.settings import Settings
from services.common.shutdown import stop_event
from services.sink.consumer import EventConsumer
from services.sink.keeping import Keeping
from services.sink.names import NAMES, Names
from services.sink.page.app import page_app
from services.sink.publisher import Publisher
from services.sink.store.engine import open_reader, open_store
from services.sink.updates import Updates
from services.sink.worker import StoreWorker, until_done

DRAIN = 3.0
"""Seconds that alerts have to leave once the sink is told to stop; what stays goes first at the next start."""


async def run(settings: Settings, *, stop: asyncio.Event | None = None, names: Names = NAMES) -> None:
    """Work until `stop` is set; without one, until SIGTERM or SIGINT.

    Waits for a broker or a database that does not answer yet. Raises Fatal, with a sentence that says what to do, when
    the store is in use, made by a newer version or ahead of its topic, when the port is taken, and when another sink
    publishes.
    """
    stop = stop or stop_event()
    metrics.build_info("sink")
    with ExitStack() as stack:
        opened = partial(_open, stack, settings)
        engine = await until_done(lambda: asyncio.to_thread(opened), stop, "waiting for the store")
        if engine is None:
            return  # told to stop meanwhile
        store = StoreWorker(engine)
        stack.callback(store.close)
        reader = open_reader(settings)
        stack.callback(reader.dispose)
        await _serve(settings, stop, names, store, reader)


def _open(stack: ExitStack, settings: Settings) -> Engine:
    return stack.enter_context(open_store(settings, logger().info))


async def _serve(settings: Settings, stop: asyncio.Event, names: Names, store: StoreWorker, reader: Engine) -> None:
    drained = asyncio.Event()
    publisher = Publisher(settings, names, store, drained)
    consumer = EventConsumer(settings, names, store, publisher.wake, stop)
    beside: list[Updates | Keeping] = [Updates(settings, store, publisher.wake), Keeping(settings, store)]

    def ready() -> dict[str, bool]:
        return {
            "broker": consumer.broker and publisher.ready,
            "store": store.works,
            "partitions": consumer.joined,
        }

    async with serve_app(page_app(reader, ready), settings.sink_port, settings.http_host) as port:
        logger().info("sink listens", page=f"http://{settings.http_host}:{port}/")
        await until_done(lambda: topics.apply(settings), stop, "waiting for the broker")
        await _work(consumer, publisher, beside, stop, drained)
    logger().info("sink stopped")


async def _work(
    consumer: EventConsumer,
    publisher: Publisher,
    beside: Sequence[Updates | Keeping],
    stop: asyncio.Event,
    drained: asyncio.Event,
) -> None:
    """Consume until `stop`, then let what was written leave. Raises what either raises."""
    consuming = asyncio.create_task(until_done(consumer.run, stop, "waiting for the broker"))
    publishing = asyncio.create_task(publisher.run())
    waiting = [asyncio.create_task(one.run(stop)) for one in beside]
    try:
        await asyncio.wait({consuming, publishing, *waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        # The consumer first, so that what it has in hand can still leave.
        stop.set()
        await asyncio.wait({consuming, *waiting})
        drained.set()
        await asyncio.wait({publishing}, timeout=DRAIN)
        publishing.cancel()
        await asyncio.wait({publishing})
    for task in (consuming, *waiting, publishing):
        if not task.cancelled():
            task.result()
