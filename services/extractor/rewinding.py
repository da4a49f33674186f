"""A Faust transport that goes back to the beginning of what nobody has committed, as it goes back to what somebody has.

During a rebalance Faust throws away what it has fetched, and seeks to the committed offsets to fetch it again. Where a
partition has none yet, neither Faust 0.15 nor aiokafka 0.14 seeks anywhere: what was thrown away was never read. Seen
where an extractor died on a new topic before its first commit, and another took its partitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types
from faust.transport.drivers import aiokafka as driver


async def seek_to_committed(consumer: AIOKafkaConsumer) -> Mapping[TopicPartition, int | None]:
    """Seek every assigned partition to its committed offset, without one to its beginning; gives the offsets.

    Raises KafkaError, and waits for the brokers.
    """
    committed: dict[TopicPartition, int | None] = await consumer.seek_to_committed()
    new = {tp for tp, offset in committed.items() if not offset} & consumer.assignment()
    if new:
        await consumer.seek_to_beginning(*new)
    return committed


class _Thread(driver.AIOKafkaConsumerThread):
    async def seek_to_committed(self) -> Any:
        return await self.call_thread(seek_to_committed, self._ensure_consumer())


class _Consumer(driver.Consumer):
    def _new_consumer_thread(self) -> _Thread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)


class RewindingTransport(driver.Transport):
    """Faust's own, but for where it goes on after a rebalance."""

    Consumer = _Consumer
