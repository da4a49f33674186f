"""When all work is done: everything committed, stored and told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError

from services.common.settings import ARTICLES, CONFLICT_EVENTS, EXTRACTOR_GROUP
from tests.chaos.final import read_progress
from tests.chaos.records import assign_all
from tests.chaos.store import Store

PATIENCE = 300.0
"""Seconds without any progress after which it will not come to rest any more."""
_LOOKS = 3
"""So many looks in a row must find nothing to do."""

_TOLD_EVERY = 30.0
"""Seconds between two words on how far it is."""

Left = tuple[int, int, int]
"""Articles that are not committed, messages that are not stored, alerts that wait."""


async def rest(bootstrap: str, store: Store, tell: Callable[[str], None]) -> str | None:
    """Wait until nothing is left to do; a sentence where there is, and nothing has moved for PATIENCE."""
    best: Left | None = None
    since, quiet = time.monotonic(), 0
    told = since
    while quiet < _LOOKS:
        left = await _left(bootstrap, store)
        quiet = quiet + 1 if left == (0, 0, 0) else 0
        if left is not None and left != best:
            best, since = left, time.monotonic()
        if best is not None and time.monotonic() - told > _TOLD_EVERY:
            told = time.monotonic()
            tell(f"{best[0]:,} articles, {best[1]:,} messages and {best[2]:,} alerts wait")
        if left != (0, 0, 0) and time.monotonic() - since > PATIENCE:
            some = best or ("an unknown number of",) * 3
            return f"it does not come to rest: {some[0]} articles, {some[1]} messages and {some[2]} alerts wait"
        await asyncio.sleep(1.0)
    return None


async def _left(bootstrap: str, store: Store) -> Left | None:
    try:
        async with asyncio.timeout(60):
            offsets, waiting = await asyncio.to_thread(store.read, read_progress)
            async with AIOKafkaConsumer(bootstrap_servers=bootstrap) as consumer:
                ends = await consumer.end_offsets(await assign_all(consumer, ARTICLES, CONFLICT_EVENTS))
            admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
            await admin.start()
            try:
                committed = await admin.list_consumer_group_offsets(EXTRACTOR_GROUP)
            finally:
                await admin.close()
    except (KafkaError, OSError, TimeoutError, DBAPIError):
        return None
    done = {tp.partition: found.offset for tp, found in committed.items()}
    coded = sum(end - max(done.get(tp.partition, 0), 0) for tp, end in ends.items() if tp.topic == ARTICLES)
    applied = sum(end - offsets.get(tp.partition, 0) for tp, end in ends.items() if tp.topic == CONFLICT_EVENTS)
    return coded, applied, waiting
