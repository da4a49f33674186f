"""The Faust app: takes batches off the articles topic, and commits a record only once its output is acknowledged.

Faust drops what an agent raises on, so this agent never raises: it reports and stands still, and nothing that
it has in hand is committed. The settings are those under which nothing was lost in kill -9, SIGTERM
and rebalances; others of Faust's (exactly_once, concurrency, not waiting for streams) lost or repeated work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import faust
from faust.types import EventT

from services.common.errors import Fatal
from services.common.settings import Settings, kafka_options
from services.extractor.limits import Limits, Route
from services.extractor.processing import Record
from services.extractor.rewinding import RewindingTransport

_WITHIN = 0.2
"""Seconds for which a batch waits to fill."""

Work = Callable[[Sequence[Record]], Awaitable[None]]


class _App(faust.App):
    async def on_first_start(self) -> None:
        """Make no folders, as Faust would: there are no tables."""

    def _new_transport(self) -> RewindingTransport:
        return RewindingTransport(self.conf.broker_consumer, self)


class Reader:
    """One run of the app, from joining the group to leaving it."""

    def __init__(self, settings: Settings, limits: Limits, route: Route, work: Work) -> None:
        self.app = _make_app(settings, limits, route)
        self.failure: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()
        """What made the agent stand still, once something has."""
        self.assigned = False
        """True from the end of one rebalance to the start of the next."""
        self._work = work
        self._batch = limits.batch
        topic = self.app.topic(
            route.articles, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw"
        )
        self.app.agent(topic, name="extract", concurrency=1)(self._extract)
        self.app.on_partitions_assigned.connect(self._on_assigned)
        self.app.on_partitions_revoked.connect(self._on_revoked)

    def partitions(self) -> set[Any]:
        """The partitions that this process reads now."""
        return set(self.app.consumer.assignment()) if self.assigned else set()

    async def _extract(self, stream: faust.StreamT[bytes]) -> None:
        # The only way to take a batch that does not acknowledge it when the agent is cancelled.
        batches: Any = stream.noack_take(self._batch, within=_WITHIN)  # type: ignore[attr-defined]  # not in StreamT
        async for events in batches:
            try:
                await self._work([_record(event) for event in events])
            except Exception as failure:  # noqa: BLE001  handed on, to stop the service
                await self._stand_still(failure)
            for event in events:
                await stream.ack(event)

    async def _stand_still(self, failure: Exception) -> None:
        if not self.failure.done():
            self.failure.set_result(failure)
        await asyncio.Event().wait()

    async def _on_assigned(self, *_: Any, **_more: Any) -> None:
        self.assigned = True

    async def _on_revoked(self, *_: Any, **_more: Any) -> None:
        self.assigned = False


def _record(event: EventT[Any]) -> Record:
    message = event.message
    return Record(
        message.topic,
        message.partition,
        message.offset,
        message.key,
        message.value,
        list(message.headers or ()),  # type: ignore[arg-type]  # the driver hands on the record's own pairs
        message.timestamp,
    )


def _make_app(settings: Settings, limits: Limits, route: Route) -> _App:
    return _App(
        route.group,
        broker=[f"kafka://{address.strip()}" for address in settings.bootstrap.split(",")],
        broker_credentials=_credentials(settings),
        store="memory://",
        autodiscover=False,
        web_enabled=False,
        web_bind="127.0.0.1",
        topic_disable_leader=True,
        processing_guarantee="at_least_once",
        stream_wait_empty=True,
        stream_buffer_maxsize=64,
        broker_commit_interval=0.5,
        consumer_group_instance_id=limits.member or None,
        broker_session_timeout=limits.session_timeout,
        broker_heartbeat_interval=min(3.0, limits.session_timeout / 4),
        broker_request_timeout=limits.session_timeout + 10,
        # A batch of long articles may hold a rebalance up for as long as this.
        broker_rebalance_timeout=300,
        consumer_auto_offset_reset="earliest",
        # One article may be 1 MB; what is ahead of the work is kept in memory.
        consumer_max_fetch_size=4 * 1024 * 1024,
    )


def _credentials(settings: Settings) -> faust.auth.Credentials | None:
    """The login in Faust's terms. Raises Fatal when a file that the settings name is missing or wrong."""
    options = kafka_options(settings)
    context = options.get("ssl_context")
    if "sasl_oauth_token_provider" in options:
        return faust.OAuthCredentials(oauth_cb=options["sasl_oauth_token_provider"], ssl_context=context)
    if settings.security_protocol.startswith("SASL_"):
        return faust.SASLCredentials(
            username=options["sasl_plain_username"],
            password=options["sasl_plain_password"],
            mechanism=options["sasl_mechanism"],
            ssl_context=context,
        )
    if settings.security_protocol == "SSL":
        if context is None:
            raise Fatal("TOCSIN_SECURITY_PROTOCOL=SSL gave no TLS context")
        return faust.SSLCredentials(context)
    return None
