"""A sink on a real broker and a real SQLite or PostgreSQL, and what its topics and its store hold."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from schemas import Alert, ArticleEvents
from services.common import kafka
from services.common.cloudevents import EVENTS_TYPE, record_headers
from services.common.settings import Settings
from services.common.tracing import new
from services.sink.names import Names
from services.sink.service import run
from services.sink.store import repository
from services.sink.store.engine import open_reader, store_exists
from services.sink.store.models import CellRow
from tests.messages import ARRIVED
from tests.postgres import Postgres
from tests.waiting import LONGEST


@dataclass
class Sink:
    settings: Settings
    names: Names
    suffix: str
    server: Postgres | None = None
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        """In this process; leaving stops it and raises what it raised."""
        stop = asyncio.Event()
        task = asyncio.create_task(run(self.settings, stop=stop, names=self.names))
        try:
            yield task
        finally:
            stop.set()
            await task

    @property
    def log(self) -> Path:
        """What its processes say."""
        return self.settings.data_dir.with_name("sink.log")

    def start(self) -> subprocess.Popen[bytes]:
        """In a process of its own."""
        parts = [
            self.settings.bootstrap,
            str(self.settings.data_dir),
            self.names.events,
            self.names.alerts,
            self.suffix,
        ]
        # To a file: a pipe that nobody reads would fill, and hold the sink up.
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.integration.sink.sink_process", *parts],
                stderr=log,
                env={**os.environ, "TOCSIN_DATABASE_URL": self.settings.database_url},
            )
        self.processes.append(process)
        return process

    def forget(self) -> None:
        """Let it have a store of its own that nobody has used."""
        self.settings.data_dir = self.settings.data_dir.with_name("new")
        if self.server is not None:
            self.settings.database_url = self.server.database()

    async def send(self, *messages: ArticleEvents | bytes | None, partition: int | None = None) -> None:
        async with kafka.producer(self.settings, client_id="test") as producer:
            sent = []
            for message in messages:
                whole = isinstance(message, ArticleEvents)
                key = message.article_id if whole else "k"
                headers = record_headers(
                    type=EVENTS_TYPE, id="x", source="test", time=ARRIVED, subject=key, traceparent=new()
                )
                value = message.to_bytes() if whole else message
                sent.append(
                    await producer.send(
                        self.names.events, value, key=key.encode(), headers=headers, partition=partition
                    )
                )
            await asyncio.gather(*sent)

    async def records(self, topic: str) -> list[Any]:
        """All committed records that the topic holds now, in order of their offsets."""
        async with kafka.consumer(self.settings, group=None) as consumer:
            partitions = await kafka_partitions(consumer, topic)
            consumer.assign(partitions)
            ends = await consumer.end_offsets(partitions)
            found: list[Any] = []
            while any([await consumer.position(p) < ends[p] for p in partitions]):
                for batch in (await consumer.getmany(timeout_ms=200)).values():
                    found += batch
            return found

    async def published(self) -> list[Alert]:
        return [Alert.read(record.value) for record in await self.records(self.names.alerts)]

    async def until_published(self, count: int) -> list[Alert]:
        """All alerts once there are `count`, partition by partition in their order."""
        found: list[Alert] = []
        async with kafka.consumer(self.settings, group=None) as consumer:
            consumer.assign(await kafka_partitions(consumer, self.names.alerts))

            async def read() -> list[Alert]:
                for batch in (await consumer.getmany(timeout_ms=100)).values():
                    found.extend(Alert.read(record.value) for record in batch)
                return found

            return await eventually(read, lambda alerts: len(alerts) >= count)

    def stored(self, query: Callable[..., Any], *args: Any) -> Any:
        if not store_exists(self.settings):
            return None
        engine = open_reader(self.settings)
        try:
            with Session(engine) as session:
                if not sa.inspect(session.connection()).has_table(CellRow.__tablename__):
                    return None  # not migrated to the end yet
                return query(session, *args)
        finally:
            engine.dispose()

    def outbox(self) -> list[str]:
        """Bodies of all alerts, in the order in which they were written."""
        return self.stored(lambda session: [body for _, body in repository.alert_page(session, 10_000, None)])[::-1]


async def kafka_partitions(consumer: Any, topic: str) -> list[Any]:
    from aiokafka import TopicPartition

    await consumer._client.force_metadata_update()
    consumer._client.add_topic(topic)
    await consumer._client.force_metadata_update()
    return [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]


async def eventually(look: Callable[[], Awaitable[Any]], holds: Callable[[Any], bool]) -> Any:
    """What `look` gives once it holds; fails after LONGEST."""
    deadline = time.monotonic() + LONGEST
    while True:
        seen = await look()
        if holds(seen):
            return seen
        assert time.monotonic() < deadline, seen
        await asyncio.sleep(0.01)


@pytest.fixture
async def sink(
    bootstrap: str,
    create_topic: Callable[..., Awaitable[str]],
    tmp_path: Path,
    store_settings: Settings,
    request: pytest.FixtureRequest,
) -> Any:
    """Once on each kind of database."""
    suffix = uuid.uuid4().hex[:12]
    events = await create_topic("conflict-events", partitions=2)
    alerts = await create_topic("event-alerts", partitions=3)
    await create_dlq(bootstrap, f"{events}.dlq")
    names = Names(events=events, alerts=alerts, group=f"sink-{suffix}", outbox=f"outbox-{suffix}")
    settings = store_settings.model_copy(
        update={"bootstrap": bootstrap, "data_dir": tmp_path / "data", "sink_port": 0, "update_window": 0}
    )
    server = request.getfixturevalue("postgres_server") if settings.database_url else None
    under_test = Sink(settings, names, suffix, server)
    yield under_test
    for process in under_test.processes:
        process.kill()
        process.wait()


async def create_dlq(bootstrap: str, name: str) -> None:
    from aiokafka.admin import AIOKafkaAdminClient, NewTopic

    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, 1, 1)])
    finally:
        await admin.close()
