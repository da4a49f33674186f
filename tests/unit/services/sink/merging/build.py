"""Reports for tests of merging."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schemas import Casualties, EventDate, Place, Source, Toll
from services.sink.merging.report import ArticleReport, reports_of
from tests.messages import event, message

DAY = dt.date(2024, 3, 11)
NOON = dt.datetime(2024, 3, 12, 12, tzinfo=dt.UTC)
WORDS = ["Maiduguri", "Bama", "Ibrahim", "Ibrahim Sani", "market", "motorcycle", "14"]


def on(day: dt.date, *, told: bool = True) -> EventDate:
    """A day that the text tells, or the day before a publication and the day itself."""
    if told:
        return EventDate(start=day, end=day, precision="day", text="on Monday", basis="text")
    return EventDate(start=day - dt.timedelta(days=1), end=day, precision="day", basis="publication")


def town(name: str, admin1: str | None = "Borno", country: str | None = "NGA", **more: Any) -> Place:
    """A town that the gazetteer knows."""
    fields: dict[str, Any] = {"mention": name, "precision": 1, "geonames_id": 1, "latitude": 11.8, "longitude": 13.2}
    return Place(name=name, admin1=admin1, country=country, **(fields | more))


def dead(best: int) -> Casualties:
    """So many dead."""
    return Casualties(killed=Toll(low=best, best=best, high=best, text=str(best)))


def report(
    article: str, *, hours: float = 0, source: str | None = None, about: dict[str, Any] | None = None, **facts: Any
) -> ArticleReport:
    """A report of an attack in Maiduguri on 11 March; `facts` are the event's fields, `about` the article's."""
    fields: dict[str, Any] = {
        "date": on(DAY),
        "place": town("Maiduguri"),
        "casualties": dead(7),
        "actors": [],
        "confidence": 0.8,
    }
    fields |= facts
    whole = message(
        article,
        [event(article, **fields)],
        source=Source(name=source or f"The {article} Paper"),
        article_time=NOON + dt.timedelta(hours=hours),
        **({"keywords": WORDS} | (about or {})),
    )
    return reports_of(whole)[0]
