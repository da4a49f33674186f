"""Feeds the sample articles, and waits until they have gone all the way."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from aiokafka import TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import KafkaError  # type: ignore[import-untyped]

from services.common import kafka
from services.common.errors import Invalid
from services.common.settings import CONFLICT_EVENTS, EXTRACTOR_GROUP, SINK_GROUP, Settings
from services.ingest.feeder import ingest_paths
from services.ingest.publisher import Receipt
from services.screen import Screen

SEEDS = Path(__file__).parents[2] / "seeds"
"""Comes with the clone; an installed package has none."""
PATIENCE = 60.0
"""Seconds that the sample articles may take before we go on without waiting: the alerts come all the same."""
_LOOK = 0.2
_LAST = 0.5
"""Seconds from the sink's commit to the alert on the terminal, amply."""

Offsets = dict[TopicPartition, int]


async def feed_seeds(settings: Settings, screen: Screen) -> None:
    """Sends them (the same ones at every start: what was sent replaces itself) and returns once the sink is done.

    Raises Rejected when the brokers cannot take them.
    """
    if not SEEDS.is_dir():
        return
    ends: Offsets = {}

    def note(where: str, outcome: Receipt | Invalid) -> None:
        if isinstance(outcome, Receipt):
            ends[TopicPartition(outcome.topic, outcome.partition)] = outcome.offset + 1
        else:
            screen.say(f"  {where}: {outcome.detail}")

    with screen.step("Sample articles"):
        await ingest_paths(settings, [str(SEEDS)], note)
        try:
            async with asyncio.timeout(PATIENCE):
                await _worked_off(settings, ends)
        except TimeoutError:
            return


async def _worked_off(settings: Settings, articles: Offsets) -> None:
    async with kafka.admin(settings) as admin, kafka.consumer(settings, CONFLICT_EVENTS, group=None) as consumer:
        await _committed(admin, EXTRACTOR_GROUP, articles)
        await _committed(admin, SINK_GROUP, await consumer.end_offsets(consumer.assignment()))
    await asyncio.sleep(_LAST)


async def _committed(admin: Any, group: str, ends: Offsets) -> None:
    """Until `group` has committed so far. A partition that nothing was ever written to has no commit, and 0 will do."""
    while True:
        try:
            known = await admin.list_consumer_group_offsets(group)
        except KafkaError:
            known = {}  # its coordinator moves: ask again
        if all(partition in known and known[partition].offset >= end for partition, end in ends.items() if end):
            return
        await asyncio.sleep(_LOOK)
