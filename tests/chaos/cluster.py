"""A Kafka to be broken, with Tocsin's topics, and the dead letters' topics shut and opened."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError

from deploy.kafka import Cluster, start_cluster
from services.common import topics
from services.common.settings import Settings

_SHUT = {"max.message.bytes": "1"}
"""With this, a topic refuses every record."""
_TRIES = 60


class Kafka:
    """The brokers, as a context: entering starts them and makes the topics. Blocking calls run in threads."""

    def __init__(self, folder: Path, nodes: int) -> None:
        self._folder = folder
        self.nodes = nodes
        self._cluster: Cluster | None = None

    async def __aenter__(self) -> Self:
        self._cluster = await asyncio.to_thread(start_cluster, self.nodes, self._folder)
        try:
            await topics.apply(Settings(bootstrap=self.bootstrap))
        except BaseException:
            self._cluster.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._running().stop)

    @property
    def bootstrap(self) -> str:
        return self._running().bootstrap

    def pid(self, node: int) -> int | None:
        """A node's, while it runs."""
        return self._running().nodes[node].pid

    def freeze(self, node: int) -> None:
        """It hangs: alive for the network, and silent."""
        self._running().freeze(node)

    def thaw(self, node: int) -> None:
        """It goes on."""
        self._running().thaw(node)

    async def kill(self, node: int) -> None:
        """Kill -9."""
        await asyncio.to_thread(self._running().kill, node)

    async def start(self, node: int) -> None:
        """Start a node that was killed; returns when it takes requests."""
        await asyncio.to_thread(self._running().restart, node, 300.0)

    async def restart(self) -> None:
        """Stop all nodes in order and start them again."""
        for node in range(self.nodes):
            await asyncio.to_thread(self._stop_one, node)
        # All at once: one alone is no majority and does not get ready.
        for one in self._running().nodes:
            one.start()
        await asyncio.to_thread(self._running().await_ready, 300.0)

    async def shut_letters(self) -> None:
        """No dead letter can be written from now on."""
        for topic in topics.topics():
            if topic.name.endswith(".dlq"):
                await self._configure(topic.name, topic.settings(self.nodes) | _SHUT)

    async def open_letters(self) -> None:
        """They can again."""
        for topic in topics.topics():
            if topic.name.endswith(".dlq"):
                await self._configure(topic.name, topic.settings(self.nodes))

    async def _configure(self, name: str, config: dict[str, str]) -> None:
        for _ in range(_TRIES):
            try:
                async with asyncio.timeout(30):
                    await self._alter(name, config)
            except (KafkaError, TimeoutError):
                await asyncio.sleep(1.0)
            else:
                return
        raise TimeoutError(f"the settings of {name} cannot be changed")

    async def _alter(self, name: str, config: dict[str, str]) -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap)
        await admin.start()
        try:
            answers: list[Any] = await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, name, config)])
        finally:
            await admin.close()
        errors = [(code, told) for answer in answers for code, told, *_ in answer.resources if code]
        if errors:
            raise KafkaError(f"{name}: {errors}")

    def _stop_one(self, node: int) -> None:
        one = self._running().nodes[node]
        one.ask_to_stop()
        one.wait()

    def _running(self) -> Cluster:
        if self._cluster is None:
            raise RuntimeError("the cluster was not started")
        return self._cluster
