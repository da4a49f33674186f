"""Many articles from files or standard input to the topic, in order, without waiting for each."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from services.common import tracing
from services.common.errors import Invalid, Rejected
from services.common.renewed import renewed_producer
from services.common.settings import Settings
from services.ingest.files import Found, Refused, read_path, read_stream
from services.ingest.intake import Accepted, Origin, Outcome, begin
from services.ingest.publisher import Publisher, Receipt
from services.ingest.threaded import in_thread

STDIN = "-"
_IN_FLIGHT = 256
"""Articles that wait for the brokers at a time; their bytes are bounded by the publisher."""
_LINGER_MS = 5
"""Files are many articles at once: a moment's wait sends them in batches."""


@dataclass(frozen=True)
class Summary:
    """How it went."""

    accepted: int
    refused: int


Progress = Callable[[str, Receipt | Invalid], None]
"""Called for each article, in order, with where it stood and what became of it."""

_Line = asyncio.Queue[tuple[str, asyncio.Future[Outcome]] | None]


async def ingest_paths(settings: Settings, paths: Sequence[str], progress: Progress) -> Summary:
    """Publish the articles of files, folders and `-` (standard input), in the order given.

    Raises Fatal for a path that does not exist, and Rejected when the brokers cannot take one: then all that
    `progress` was told of is done, and the same command again sends the rest (what was sent replaces itself).
    """
    async with renewed_producer(settings, client_id="tocsin-ingest-files", linger_ms=_LINGER_MS) as producer:
        return await feed(Publisher(producer), paths, progress)


async def feed(publisher: Publisher, paths: Sequence[str], progress: Progress) -> Summary:
    """As `ingest_paths`, by a publisher that is there."""
    line: _Line = asyncio.Queue(maxsize=_IN_FLIGHT)
    try:
        async with asyncio.TaskGroup() as both:
            settled = both.create_task(_settle(line, progress))
            both.create_task(_send_all(publisher, paths, line))
    except BaseExceptionGroup as several:
        first = several.exceptions[0]
    else:
        return settled.result()
    raise first


async def _settle(line: _Line, progress: Progress) -> Summary:
    accepted = refused = 0
    while waiting := await line.get():
        where, future = waiting
        outcome = await future
        if isinstance(outcome, Rejected):
            raise outcome
        if isinstance(outcome, Accepted):
            accepted += 1
            progress(where, outcome.receipt)
        else:
            refused += 1
            progress(where, outcome)
    return Summary(accepted, refused)


async def _send_all(publisher: Publisher, paths: Sequence[str], line: _Line) -> None:
    async with contextlib.aclosing(in_thread(_read(paths))) as items:
        async for source_type, item in items:
            given = item.invalid if isinstance(item, Refused) else (item.article, item.unknown)
            await publisher.room()
            origin = Origin(source_type, item.where, tracing.new())
            await line.put((item.where, await begin(publisher, given, origin)))
    await line.put(None)


def _read(paths: Sequence[str]) -> Iterator[tuple[str, Found | Refused]]:
    for path in paths:
        if path == STDIN:
            yield from (("stdin", item) for item in read_stream(sys.stdin.buffer))
        else:
            yield from (("file", item) for item in read_path(path))
