"""One record of the articles topic, and what becomes of it: its events, or a dead letter that says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from schemas import Article, ArticleEvents, Coder
from schemas.article_events import MAX_EVENTS
from schemas.ids import record_id
from services.common import tracing
from services.common.article_input import read_article
from services.common.cloudevents import EVENTS_TYPE, Envelope, Headers, read_headers, record_headers
from services.common.dlq import dead_letter
from services.common.errors import Fatal, Invalid
from services.extractor.pool import CODER_REASONS
from services.extractor.worker import Coded

SOURCE = "/tocsin/extractor"
"""`ce_source` of what the extractor writes."""
SERVICE = "extractor"
MAX_OUTPUT = 1_800_000
"""Longest ArticleEvents, in bytes: the topic takes 1,900,000 with key, headers and overhead."""

_BROKEN = "extractor_failed"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_READ_LANGUAGE = "en"

CodeInPool = Callable[[Article, dt.datetime], Awaitable[Coded]]


@dataclass(frozen=True)
class Record:
    """One record as it was read."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp: float
    """Unix time in seconds, as the producer or the broker set it."""


@dataclass(frozen=True)
class Letter:
    """One record to send."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass(frozen=True)
class Outcome:
    """What becomes of a record, and what to tell about it."""

    record: Record
    letter: Letter
    label: str
    """`coded`, `empty`, `withdrawn`, `set_aside` (not in a language that is read) or `invalid`."""
    trace_id: str
    article_id: str | None = None
    version: int | None = None
    unknown: tuple[str, ...] = ()
    """Names of the fields that were dropped."""
    coded: Coded | None = None
    invalid: Invalid | None = None

    def coder_failed(self) -> bool:
        """True when it was refused because coding failed: that may be the coder's fault as well as the article's."""
        return self.invalid is not None and self.invalid.reason in (*CODER_REASONS, _BROKEN)


async def process(record: Record, code: CodeInPool, coder: Coder, events_topic: str) -> Outcome:
    """Read, code and address one record.

    The letter's key and value are a function of the record and the coder alone; of the headers, only the
    span id of `traceparent` is not. Raises Fatal when `code` does; nothing else.
    """
    envelope = read_headers(record.headers)
    traceparent = tracing.child(envelope.traceparent)
    article: Article | None = None
    try:
        article, unknown, article_time = _read(record, envelope)
        if article.withdrawn:
            coded, label = Coded(_withdrawn(article, article_time, coder).to_bytes(), None, [], {}), "withdrawn"
        else:
            coded = await code(article, article_time)
            label = _label(coded)
        value = _fitting(coded)
    except Invalid as invalid:
        return _refused(record, invalid, traceparent, article)
    except Fatal:
        raise
    except Exception as bug:  # noqa: BLE001  one record must not stop the partition; the breaker stops the service
        detail = f"The extractor failed on this record ({type(bug).__name__}: {bug}): tell those who run Tocsin."
        return _refused(record, Invalid(_BROKEN, detail), traceparent, article)
    article_id = str(article.id)
    headers = record_headers(
        type=EVENTS_TYPE,
        id=record_id(article_id, article.version, coder.version),
        source=SOURCE,
        time=article_time,
        subject=article_id,
        traceparent=traceparent,
    )
    return Outcome(
        record,
        Letter(events_topic, article_id.encode(), value, headers),
        label,
        tracing.trace_id(traceparent),
        article_id,
        article.version,
        tuple(unknown),
        coded,
    )


def _read(record: Record, envelope: Envelope) -> tuple[Article, list[str], dt.datetime]:
    """The article, its unknown fields, and its time: `ce_time`, else the record's timestamp. Raises Invalid."""
    try:
        record_time = _EPOCH + dt.timedelta(milliseconds=round(record.timestamp * 1000))
    except OverflowError:
        raise Invalid(
            "bad_timestamp", "The record's timestamp is no time in the calendar: set it in milliseconds since 1970."
        ) from None
    article, unknown = read_article(record.value, record.key, record_time)
    return article, unknown, envelope.time or record_time


def _withdrawn(article: Article, article_time: dt.datetime, coder: Coder) -> ArticleEvents:
    """What takes the place of all that the article said before."""
    return ArticleEvents(
        article_id=str(article.id),
        version=article.version,
        status=article.status,
        withdrawn=True,
        language=article.language,
        title=article.title,
        source=article.source,
        published_at=article.published_at,
        article_time=article_time,
        coder=coder,
    )


def _label(coded: Coded) -> str:
    if coded.kinds:
        return "coded"
    foreign = coded.language is not None and coded.language.split("-")[0].lower() != _READ_LANGUAGE
    return "set_aside" if foreign else "empty"


def _fitting(coded: Coded) -> bytes:
    if len(coded.kinds) > MAX_EVENTS:
        raise Invalid(
            "too_many_events",
            f"This article tells of {len(coded.kinds):,} events, and {MAX_EVENTS:,} are the most: "
            "send it in parts, each with an id of its own.",
        )
    if len(coded.value) > MAX_OUTPUT:
        raise Invalid(
            "too_many_events",
            f"The events of this article take {len(coded.value):,} bytes, and {MAX_OUTPUT:,} fit a record: "
            "send it in parts, each with an id of its own.",
        )
    return coded.value


def _refused(record: Record, invalid: Invalid, traceparent: str, article: Article | None) -> Outcome:
    letter = dead_letter(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=record.headers,
        invalid=invalid,
        service=SERVICE,
    )
    return Outcome(
        record,
        Letter(*letter),
        "invalid",
        tracing.trace_id(traceparent),
        article.id if article else None,
        article.version if article else None,
        invalid=invalid,
    )
