"""One article on its way in: sent, answered, counted, and told to the log in one line."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from schemas import Article
from services.common import tracing
from services.common.errors import Invalid, Rejected
from services.common.log import logger
from services.common.metrics import ARTICLES_INGESTED, UNKNOWN_FIELDS
from services.ingest.publisher import Publisher, Receipt

SOURCE_TYPES = ("http", "file", "stdin")
_NAMED = 20
"""How many unknown fields of an article a log line names."""


@dataclass(frozen=True)
class Origin:
    """Where an article came from."""

    source_type: str
    """One of `SOURCE_TYPES`."""
    where: str
    """What its sender calls the place: a file and line, or the line of a request."""
    traceparent: str


@dataclass(frozen=True)
class Accepted:
    """The brokers have it."""

    receipt: Receipt
    unknown: list[str]
    """Names of the fields that were dropped."""


Outcome = Accepted | Invalid | Rejected
"""Invalid: the sender must mend it. Rejected: the sender should send it again later."""


Given = tuple[Article, list[str]] | Invalid | Rejected
"""What was read: an article with the names of its dropped fields, or why there is none."""


async def begin(publisher: Publisher, given: Given, origin: Origin) -> asyncio.Future[Outcome]:
    """Put an article in line; gives what will become of it.

    Articles begun one after another reach a partition in that order. Never raises a named error: they are outcomes.
    """
    if isinstance(given, (Invalid, Rejected)):
        return _now(given, origin)
    article, unknown = given
    try:
        answer = await publisher.send(article, source_type=origin.source_type, traceparent=origin.traceparent)
    except (Invalid, Rejected) as error:
        return _now(error, origin)

    async def finish() -> Outcome:
        outcome: Outcome
        try:
            outcome = Accepted(await answer, unknown)
        except (Invalid, Rejected) as error:
            outcome = error
        _tell(outcome, origin)
        return outcome

    return asyncio.create_task(finish())


def known_series() -> None:
    """Show every series from the start, at 0, so that rates and alerts need no special case."""
    for source_type in SOURCE_TYPES:
        for outcome in ("accepted", "invalid", "rejected"):
            ARTICLES_INGESTED.labels(source_type, outcome)


def _now(outcome: Outcome, origin: Origin) -> asyncio.Future[Outcome]:
    _tell(outcome, origin)
    future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    future.set_result(outcome)
    return future


def _tell(outcome: Outcome, origin: Origin) -> None:
    count = ARTICLES_INGESTED.labels
    log = logger().bind(
        source_type=origin.source_type, where=origin.where, trace_id=tracing.trace_id(origin.traceparent)
    )
    if isinstance(outcome, Accepted):
        count(origin.source_type, "accepted").inc()
        UNKNOWN_FIELDS.inc(len(outcome.unknown))
        if outcome.unknown:
            log = log.bind(unknown_fields=outcome.unknown[:_NAMED], unknown_count=len(outcome.unknown))
        log.info("article accepted", **vars(outcome.receipt))
    elif isinstance(outcome, Invalid):
        count(origin.source_type, "invalid").inc()
        log.warning("article refused", reason=outcome.reason, detail=outcome.detail)
    else:
        count(origin.source_type, "rejected").inc()
        log.warning("article not taken now", detail=str(outcome))
