"""Kafka clients set up as the promises need: acknowledged by all replicas, committed by hand, read committed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

# aiokafka ships no types.
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer  # type: ignore[import-untyped]
from aiokafka.admin import AIOKafkaAdminClient  # type: ignore[import-untyped]
from aiokafka.errors import KafkaConnectionError, KafkaError  # type: ignore[import-untyped]

from services.common.errors import Rejected
from services.common.settings import Settings, kafka_options

MAX_REQUEST = 2_097_152
"""Longest record that the producer takes, in bytes before compression: what the largest topic holds."""
REQUEST_TIMEOUT_MS = 30_000
STOP_TIMEOUT = 3.0
"""Seconds that a producer has to send what it still holds when it stops."""


@asynccontextmanager
async def producer(settings: Settings, *, client_id: str, **overrides: Any) -> AsyncIterator[AIOKafkaProducer]:
    """A started producer: idempotent, `acks=all`; leaving the context flushes it, for at most `STOP_TIMEOUT`.

    Compression is gzip, the one codec that every client reads without a package of its own (KafkaJS,
    kafka-python and aiokafka have no other). `overrides` are arguments of AIOKafkaProducer and win.
    Raises Rejected when no broker answers.
    """
    options = {
        "acks": "all",
        "enable_idempotence": True,
        "compression_type": "gzip",
        "max_request_size": MAX_REQUEST,
        "request_timeout_ms": REQUEST_TIMEOUT_MS,
    }
    client = AIOKafkaProducer(**(kafka_options(settings) | {"client_id": client_id} | options | overrides))
    try:
        await _start(client, settings)
        yield client
    finally:
        await _stop(client)


@asynccontextmanager
async def consumer(
    settings: Settings, *topics: str, group: str | None, **overrides: Any
) -> AsyncIterator[AIOKafkaConsumer]:
    """A started consumer: commits nothing by itself, begins at the earliest record, and reads committed ones only.

    `overrides` are arguments of AIOKafkaConsumer and win. Raises Rejected when no broker answers.
    """
    options = {
        "group_id": group,
        "enable_auto_commit": False,
        "auto_offset_reset": "earliest",
        "isolation_level": "read_committed",
        "request_timeout_ms": REQUEST_TIMEOUT_MS,
    }
    client = AIOKafkaConsumer(*topics, **(kafka_options(settings) | options | overrides))
    try:
        await _start(client, settings)
        # A group-less consumer that is stopped right after its start raises CancelledError unless its tasks ran once.
        await asyncio.sleep(0)
        yield client
    finally:
        await client.stop()


@asynccontextmanager
async def admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """A started admin client. Raises Rejected when no broker answers."""
    client = AIOKafkaAdminClient(**kafka_options(settings), request_timeout_ms=REQUEST_TIMEOUT_MS)
    try:
        await _start(client, settings)
        yield client
    finally:
        await client.close()


async def cluster_id(settings: Settings) -> str:
    """The id that the cluster gave itself when it was formatted. Raises Rejected when no broker answers."""
    async with admin(settings) as client:
        try:
            cluster = await client.describe_cluster()
        except KafkaError as away:
            raise broker_error(settings, away) from away
    return str(cluster["cluster_id"])


def broker_error(settings: Settings, error: KafkaError) -> Rejected:
    """What to raise when the brokers could not do what was asked: it may go well later."""
    if isinstance(error, KafkaConnectionError):
        right = "is TOCSIN_BOOTSTRAP right?"
        if settings.security_protocol != "PLAINTEXT":
            right = "are TOCSIN_BOOTSTRAP and what TOCSIN_SASL_… and TOCSIN_SSL_… say right?"
        return Rejected(f"no Kafka broker answers at {settings.bootstrap}: is it up, and {right}")
    return Rejected(f"Kafka at {settings.bootstrap} says: {error}")


async def _stop(client: AIOKafkaProducer) -> None:
    """Flush and close, but do not wait for a broker that is away: nobody was told that those records were taken."""
    try:
        async with asyncio.timeout(STOP_TIMEOUT):
            await client.stop()
    except TimeoutError:
        await client.client.close()


async def _start(client: Any, settings: Settings) -> None:
    try:
        await client.start()
    except KafkaConnectionError as away:
        raise broker_error(settings, away) from away
