"""The ingest service: the HTTP API and a producer, until it is told to stop."""

from __future__ import annotations

import asyncio

from services.common.health import serve_app
from services.common.log import configure, logger
from services.common.metrics import build_info
from services.common.renewed import renewed_producer
from services.common.settings import Settings
from services.common.shutdown import stop_event
from services.common.watch import watch_brokers
from services.ingest.guard import guard
from services.ingest.http_api import make_app
from services.ingest.intake import known_series
from services.ingest.publisher import Publisher


async def run(settings: Settings, stop: asyncio.Event | None = None) -> None:
    """Serve until SIGTERM, SIGINT or `stop`; then requests in flight are finished and the producer is flushed.

    Raises Rejected when no broker answers at the start, Fatal when the port is taken, or anyone could send.
    """
    configure("ingest", settings)
    guarding = guard(settings)
    build_info("ingest")
    known_series()
    stop = stop or stop_event()
    async with (
        renewed_producer(settings, client_id="tocsin-ingest") as producer,
        watch_brokers(producer) as reached,
        serve_app(
            make_app(Publisher(producer), lambda: {"broker": reached()}, guarding),
            settings.ingest_port,
            settings.http_host,
        ) as port,
    ):
        logger().info("ingest serves", host=settings.http_host, port=port, bootstrap=settings.bootstrap)
        await stop.wait()
        logger().info("ingest stops")
