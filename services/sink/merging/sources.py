"""Which reports speak for themselves: copies of one text, and several articles of one outlet, are one source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from schemas import ArticleEvents
from services.sink.merging.copies import Fingerprint, copies
from services.sink.merging.grouping import Pair, components
from services.sink.merging.report import ArticleReport


def independent(reports: Sequence[ArticleReport]) -> list[list[ArticleReport]]:
    """The reports by source, each source's in order, the sources by their first reports."""
    ordered = sorted(reports, key=ArticleReport.order)
    links = [*_by_outlet(ordered), *_by_text(ordered)]
    return [[ordered[n] for n in part] for part in components(len(ordered), links)]


def _by_outlet(ordered: Sequence[ArticleReport]) -> Iterator[Pair]:
    first: dict[str, int] = {}
    for number, report in enumerate(ordered):
        yield first.setdefault(outlet(report.article), number), number


def _by_text(ordered: Sequence[ArticleReport]) -> Iterator[Pair]:
    """Pairs that tie all copies of one text to one another: of equal texts the first is compared for all."""
    first: dict[Fingerprint, int] = {}
    for number, report in enumerate(ordered):
        if text := tuple(report.article.fingerprint):
            yield first.setdefault(text, number), number
    by_length: dict[int, list[Fingerprint]] = {}
    for text in first:
        by_length.setdefault(len(text), []).append(text)
    for texts in by_length.values():
        for one, other in copies(texts):
            yield first[texts[one]], first[texts[other]]


def outlet(article: ArticleEvents) -> str:
    """What tells outlets apart: the name, else the site, else the article itself."""
    source = article.source
    site = _site(source.url) if source.url else ""
    return (source.name or "").strip().casefold() or site or f"\x00{article.article_id}"


def _site(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # anyone may write the URL
        return ""
