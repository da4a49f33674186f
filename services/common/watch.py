"""Whether a Kafka client reaches its brokers, for `/readyz`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

_EVERY = 5.0
"""Seconds between two looks, and the longest that one may take."""


@asynccontextmanager
async def watch_brokers(client: Any) -> AsyncIterator[Callable[[], bool]]:
    """Ask the brokers for metadata every five seconds; gives a function that tells whether they answered last time.

    `client` is a started AIOKafkaProducer, a RenewedProducer, or an AIOKafkaConsumer's or admin client's `_client`.
    """
    reached = True

    async def look() -> None:
        nonlocal reached
        while True:
            await asyncio.sleep(_EVERY)
            try:
                now = getattr(client, "client", client)  # None while it is made anew
                async with asyncio.timeout(_EVERY):
                    reached = now is not None and bool(await now.force_metadata_update())
            except TimeoutError:
                reached = False

    task = asyncio.create_task(look())
    try:
        yield lambda: reached and not task.done()
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
