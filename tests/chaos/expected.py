"""The run without faults: what comes of the records in `articles`, worked out without Kafka and without a database.

The coder and the merging are pure functions, so this is what any undisturbed run ends in.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from schemas import Article, ArticleEvents
from services.common.settings import CONFLICT_EVENTS
from services.extractor.coding import CODER, code_article
from services.extractor.processing import Record, process
from services.extractor.worker import Coded
from services.sink.merging.gather import incidents
from services.sink.merging.report import reports_of
from tests.chaos.feed import KIND
from tests.chaos.records import Rec

Report = tuple[str, str]
"""Article and event."""
_CHUNK = 200
_TOLD_EVERY = 25
"""Chunks between two words on how far it is."""


@dataclass(frozen=True)
class Expected:
    """What should be there in the end."""

    current: dict[str, set[bytes]]
    """By article, the bytes of its current message. Several where a sender sent one version twice at different times:
    any of them is right."""
    version: dict[str, int]
    """The highest version of each article."""


def good(rec: Rec) -> bool:
    """Whether a record is no poison."""
    return not rec.header(KIND)


def expect(articles: Sequence[Rec], workers: int, tell: Callable[[str], None] = lambda _: None) -> Expected:
    """What should come of the records of `articles`; `tell` hears how far it is. Blocks for the time of coding them."""
    wanted = [rec for rec in articles if good(rec)]
    coded = _code_all(wanted, workers, tell)
    current: dict[str, set[bytes]] = defaultdict(set)
    version: dict[str, int] = {}
    for value in coded:
        message = ArticleEvents.read(value)
        name = message.article_id
        if message.version > version.get(name, -1):
            version[name] = message.version
            current[name] = set()
        if message.version == version[name]:
            current[name].add(value)
    return Expected(dict(current), version)


def expected_incidents(messages: Iterable[ArticleEvents]) -> set[frozenset[Report]]:
    """The incidents, each told by its reports, that current messages make."""
    reports = [report for message in messages for report in reports_of(message)]
    return {frozenset(report.key for report in incident) for incident in incidents(reports)}


def _code_all(recs: Sequence[Rec], workers: int, tell: Callable[[str], None]) -> Iterator[bytes]:
    chunks = [recs[at : at + _CHUNK] for at in range(0, len(recs), _CHUNK)]
    if workers < 2 or len(chunks) < 3:
        for chunk in chunks:
            yield from _code_chunk(chunk)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for number, values in enumerate(pool.map(_code_chunk, chunks), start=1):
            yield from values
            if number % _TOLD_EVERY == 0:
                tell(f"{number * _CHUNK:,} of {len(recs):,} articles coded beside")


def _code_chunk(recs: Sequence[Rec]) -> list[bytes]:
    return asyncio.run(_process(recs))


async def _process(recs: Sequence[Rec]) -> list[bytes]:
    found = []
    for rec in recs:
        record = Record(
            rec.topic, rec.partition, rec.offset, rec.key, rec.value, list(rec.headers), rec.timestamp / 1000
        )
        outcome = await process(record, _code, CODER, CONFLICT_EVENTS)
        if outcome.invalid is not None:
            raise ValueError(f"fed as a good article, but refused: {outcome.invalid}")
        found.append(outcome.letter.value or b"")
    return found


async def _code(article: Article, article_time: object) -> Coded:
    return Coded(code_article(article, article_time=article_time).to_bytes(), None, [], {})  # type: ignore[arg-type]
