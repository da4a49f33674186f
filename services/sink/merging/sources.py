"""Which reports speak for themselves: copies of one text, and several articles of one outlet, are one source."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from schemas import ArticleEvents
from services.sink.merging.grouping import components
from services.sink.merging.likeness import are_copies
from services.sink.merging.report import ArticleReport


def independent(reports: Sequence[ArticleReport]) -> list[list[ArticleReport]]:
    """The reports by source, each source's in order, the sources by their first reports."""
    ordered = sorted(reports, key=ArticleReport.order)
    names = [outlet(report.article) for report in ordered]
    prints = [tuple(report.article.fingerprint) for report in ordered]
    links = [
        (one, other)
        for other in range(len(ordered))
        for one in range(other)
        if names[one] == names[other] or are_copies(prints[one], prints[other])
    ]
    return [[ordered[n] for n in part] for part in components(len(ordered), links)]


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
