"""Looks at the brokers every few seconds: whether they answer, and how many records wait to be worked off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from aiokafka import TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import KafkaError  # type: ignore[import-untyped]

from services.common.errors import Rejected
from services.common.kafka import admin, consumer
from services.common.log import logger
from services.common.metrics import CONSUMER_LAG
from services.common.settings import Settings

_EVERY = 5.0
_PATIENCE = 10.0
"""Seconds after which an answer that does not come counts as none."""


class Lag:
    """Keeps `tocsin_consumer_lag_records` (end offset minus committed offset) and `reached` true to the brokers."""

    def __init__(self, settings: Settings, group: str, partitions: Callable[[], Iterable[Any]]) -> None:
        self._settings = settings
        self._group = group
        self._partitions = partitions
        self.reached = False
        """Whether the brokers answered when last asked."""

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self._connected()
            except (Rejected, KafkaError, TimeoutError, OSError) as away:
                if self.reached:
                    logger().warning("brokers do not answer", error=str(away) or type(away).__name__)
                self.reached = False
                await asyncio.sleep(1.0)

    async def _connected(self) -> None:
        async with consumer(self._settings, group=None) as offsets, admin(self._settings) as groups:
            while True:
                async with asyncio.timeout(_PATIENCE):
                    await self._look(offsets, groups)
                self.reached = True
                await asyncio.sleep(_EVERY)

    async def _look(self, offsets: Any, groups: Any) -> None:
        held = [TopicPartition(tp.topic, tp.partition) for tp in self._partitions()]
        if not held:
            await groups.describe_cluster()
            CONSUMER_LAG.clear()
            return
        ends = await offsets.end_offsets(held)
        starts = await offsets.beginning_offsets(held)
        committed = await groups.list_consumer_group_offsets(self._group, partitions=held)
        CONSUMER_LAG.clear()
        for tp in held:
            # -1 stands for no commit yet; what was deleted by age does not wait any more.
            done = max(committed[tp].offset if tp in committed else -1, starts[tp])
            CONSUMER_LAG.labels(tp.topic, tp.partition).set(max(0, ends[tp] - done))
