"""A producer that goes on after the brokers refused a record of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from services.common import kafka
from services.common.errors import Rejected
from services.common.renewed import RenewedProducer, renewed_producer
from services.common.settings import Settings


async def limit(bootstrap: str, topic: str, size: int) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        setting = {"max.message.bytes": str(size)}
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, setting)])
    finally:
        await admin.close()


async def test_it_goes_on_where_the_producer_itself_would_be_stuck_for_good(
    bootstrap: str, create_topic: Callable[..., Awaitable[str]]
) -> None:
    topic = await create_topic("letters")
    settings = Settings(bootstrap=bootstrap)
    async with (
        renewed_producer(settings, client_id="renewed") as renewed,
        kafka.producer(settings, client_id="plain") as plain,
    ):
        for producer in (renewed, plain):
            await producer.send_and_wait(topic, b"before")
        await limit(bootstrap, topic, 1)
        for producer in (renewed, plain):
            with pytest.raises(MessageSizeTooLargeError):
                await producer.send_and_wait(topic, b"refused")
        await limit(bootstrap, topic, 1_000_000)
        assert (await renewed.send_and_wait(topic, b"after")).offset == 2
        with pytest.raises(KafkaError, match="OutOfOrder"):  # else this class is needed no more
            await plain.send_and_wait(topic, b"after")


async def test_without_a_broker_it_says_so() -> None:
    renewed = RenewedProducer(Settings(bootstrap="127.0.0.1:1"), client_id="nobody")
    for _ in range(2):
        with pytest.raises(Rejected, match="no Kafka broker"):
            await renewed.send("topic", b"value")
    await renewed.close()
