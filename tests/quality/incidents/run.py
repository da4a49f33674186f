"""Codes the articles of every incident case, gathers them, and compares what comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.article import Article, Source
from schemas.article_events import ArticleEvents
from services import incidents
from services.extractor.coding import code_article
from tests.quality.incidents.case import IncidentCase
from tests.quality.incidents.compare import Comparison, Incident, compare

Gather = Callable[[Iterable[ArticleEvents]], Sequence[Incident]]


@dataclass(frozen=True)
class IncidentResult:
    """One case, gathered and compared."""

    stem: str
    case: IncidentCase
    compared: Comparison


def run_all(cases: Mapping[str, IncidentCase], gather: Gather = incidents.gather) -> list[IncidentResult]:
    """Every case alone: what is told in one does not count in another."""
    return [
        IncidentResult(stem, case, compare(case, gather([code_article(a, article_time=t) for a, t in articles(case)])))
        for stem, case in cases.items()
    ]


def articles(case: IncidentCase) -> Iterator[tuple[Article, dt.datetime]]:
    """The articles in their order, each with the time at which it came in.

    That is when it was published, at midnight UTC where only a day is stated. One without a date comes in with the
    one before it, the first with the one after it.
    """
    times = [_time(article.published) for article in case.articles]
    now = next((time for time in times if time), dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    for article, time in zip(case.articles, times, strict=True):
        now = time or now
        yield (
            Article(
                id=article.id,
                status=article.status,
                title=article.title,
                text=case.text(article),
                published_at=article.published,
                source=Source(name=article.source),
            ),
            now,
        )


def _time(published: dt.date | dt.datetime | None) -> dt.datetime | None:
    if published is None or isinstance(published, dt.datetime):
        return published
    return dt.datetime.combine(published, dt.time(), dt.UTC)
