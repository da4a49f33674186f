"""Whether confidence means what it says on public data: relevance, and the country that is told.

For reading only: the table of confidence is fitted to our own cases, never to these.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from schemas.article import MAX_TEXT, Article
from schemas.event import ConflictEvent
from services.extractor.coding import code_article
from services.extractor.coding.actors.knowledge import country_rows
from tests.quality.run import ARTICLE_TIME

MOST = 400
"""Rows read of a set, evenly chosen."""


class Row(NamedTuple):
    """What a public data set says of one text."""

    text: str
    relevant: bool
    country: str | None
    """ISO 3166-1 alpha-3."""
    published: dt.date | None = None


def _country(name: str) -> str | None:
    wanted = name.strip().lower()
    return next((row.alpha3 for row in country_rows() if row.name.lower() == wanted), None)


def _satp(row: dict[str, Any]) -> Row | None:
    if not row["is_relevant"]:  # no terror, which may well be another event
        return None
    return Row(row["news"], relevant=True, country=_country(row["country"]))


def _ceha(row: dict[str, Any]) -> Row:
    day = dt.date.fromisoformat(row["Time"])
    relevant = row["Is the event relevant?"] == "Yes"
    return Row(row["Event Description"], relevant, _country(row["Country"]), published=day)


def _fakes(row: dict[str, Any]) -> Row:
    return Row(row["article_content"], relevant=True, country="SYR")


SETS: dict[str, Callable[[dict[str, Any]], Row | None]] = {"satp_tagtog": _satp, "ceha": _ceha, "fakes_syria": _fakes}


def judged(folder: Path, name: str) -> Iterator[tuple[float, bool]]:
    """Confidence, and whether right, of the main event of each text that makes an incident. Blocks."""
    lines = folder.joinpath(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:: max(len(lines) // MOST, 1)]:
        row = SETS[name](json.loads(line))
        if row is None or not row.text.strip():
            continue
        article = Article(id="a", text=row.text[:MAX_TEXT], published_at=row.published)
        found = code_article(article, article_time=ARTICLE_TIME).events
        if found and found[0].makes_incident():
            yield found[0].confidence, _right(row, found[0])


def _right(row: Row, event: ConflictEvent) -> bool:
    country = event.place.country if event.place is not None else None
    return row.relevant and event.event_type is not None and country == row.country
