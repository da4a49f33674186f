"""Many articles from files or standard input to the topic, in order, without waiting for each."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from services.common import kafka, tracing
from services.common.errors import Invalid, Rejected
from services.common.settings import Settings
from services.ingest import record
from services.ingest.files import Found, Refused, read_path, read_stream
from services.ingest.publisher import Publisher, Receipt
from services.ingest.threaded import in_thread

STDIN = "-"
_IN_FLIGHT = 16
"""Articles that wait for the brokers at a time: at 1 MB each they stay within what a publisher holds."""


@dataclass(frozen=True)
class Summary:
    """How it went."""

    accepted: int
    refused: int


Progress = Callable[[str, Receipt | Invalid], None]
"""Called for each article, in order, with where it stood and what became of it."""

_Answer = Callable[[], Awaitable[tuple[str, Receipt | Invalid]]]
_Line = asyncio.Queue[_Answer | None]


async def ingest_paths(settings: Settings, paths: Sequence[str], progress: Progress) -> Summary:
    """Publish the articles of files, folders and `-` (standard input), in the order given.

    Raises Fatal for a path that does not exist, and Rejected when the brokers cannot take one: then all that
    `progress` was told of is done, and the same command again sends the rest (what was sent replaces itself).
    """
    async with kafka.producer(settings, client_id="tocsin-ingest-files") as producer:
        return await feed(Publisher(producer), paths, progress)


async def feed(publisher: Publisher, paths: Sequence[str], progress: Progress) -> Summary:
    """As `ingest_paths`, by a publisher that is there."""
    line: _Line = asyncio.Queue(maxsize=_IN_FLIGHT)
    told: list[BaseException] = []
    try:
        async with asyncio.TaskGroup() as both:
            settled = both.create_task(_settle(line, progress))
            both.create_task(_send_all(publisher, paths, line))
    except BaseExceptionGroup as several:
        told = list(several.exceptions)
    if told:
        raise told[0]
    return settled.result()


async def _settle(line: _Line, progress: Progress) -> Summary:
    accepted = refused = 0
    while answer := await line.get():
        where, outcome = await answer()
        progress(where, outcome)
        accepted += isinstance(outcome, Receipt)
        refused += isinstance(outcome, Invalid)
    return Summary(accepted, refused)


async def _send_all(publisher: Publisher, paths: Sequence[str], line: _Line) -> None:
    async with contextlib.aclosing(in_thread(_read(paths))) as items:
        async for source_type, item in items:
            await line.put(await _send(publisher, source_type, item))
    await line.put(None)


async def _send(publisher: Publisher, source_type: str, item: Found | Refused) -> _Answer:
    """Put one article in line; what it gives waits for the brokers' word, and tells the log of it."""
    traceparent = tracing.new()

    def invalid(wrong: Invalid) -> tuple[str, Receipt | Invalid]:
        record.refused(source_type, wrong, item.where, traceparent)
        return item.where, wrong

    async def refused(wrong: Invalid) -> tuple[str, Receipt | Invalid]:
        return invalid(wrong)

    if isinstance(item, Refused):
        return lambda: refused(item.invalid)
    try:
        sent = await publisher.send(item.article, source_type=source_type, traceparent=traceparent)
    except Invalid as wrong:
        told = wrong
        return lambda: refused(told)
    except Rejected as wrong:
        record.refused(source_type, wrong, item.where, traceparent)
        raise

    async def answer() -> tuple[str, Receipt | Invalid]:
        try:
            receipt = await sent
        except Invalid as wrong:
            return invalid(wrong)
        except Rejected as wrong:
            record.refused(source_type, wrong, item.where, traceparent)
            raise
        record.accepted(source_type, receipt, item.unknown, item.where, traceparent)
        return item.where, receipt

    return answer


def _read(paths: Sequence[str]) -> Iterator[tuple[str, Found | Refused]]:
    for path in paths:
        if path == STDIN:
            yield from (("stdin", item) for item in read_stream(sys.stdin.buffer))
        else:
            yield from (("file", item) for item in read_path(path))
