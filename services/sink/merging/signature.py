"""What of a report is compared with other reports, laid out so that a comparison is cheap."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import ConflictEvent, EventDate, Place
from services.sink.merging.knowledge import kind_of, knowledge, means_of
from services.sink.merging.report import ArticleReport

_SIDES = ("perpetrator", "participant")
_TOWN = 2
"""Places of this precision or finer are towns, or near one."""
_LETTERS = re.compile(r"[^a-z0-9]+")
# Words of a place's name that tell nothing of which place it is.
_PLAIN = frozenset(("the", "al", "el", "ad", "as", "ash", "at", "city", "town", "village", "area", "district"))


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is compared."""

    country: str | None
    """Null where the text does not tell it: what was inferred may be a namesake's."""
    region: str | None
    """The first-level division, folded."""
    town: str | None
    """The name of a town or part of one, folded; None where only a region or country is told."""
    sure: bool
    """Whether the text tells outright which place it is: by its own sentence, with the country or the region."""
    known: bool
    """Whether the gazetteer knows it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A report as it is compared; days are ordinals."""

    article: str
    status: str
    seen: int
    """The day on which the article arrived."""
    first: int
    last: int
    """The span of days of the event; of one without a date the day on which the article arrived."""
    dated: bool
    told: bool
    """Whether the text itself tells one day."""
    where: Where | None
    kind: str
    means: int | None
    killed: int | None
    doers: frozenset[str]
    """Named groups and forces that did it or took part."""
    sufferers: frozenset[str]
    """Named groups and forces that it was done to."""
    terms: dict[str, float]
    """Telling words; the squared weights of all of an article's add up to 1."""
    fingerprint: tuple[int, ...]


def signature(report: ArticleReport) -> Signature:
    """How the report is compared."""
    event = report.event
    seen = report.article.article_time.astimezone(dt.UTC).toordinal()
    first, last = _days(event.date) or (seen, seen)
    return Signature(
        article=report.article.article_id,
        status=report.article.status,
        seen=seen,
        first=first,
        last=last,
        dated=event.date is not None,
        told=event.date is not None and event.date.basis == "text" and first == last and "date" not in event.inferred,
        where=_where(event.place, event.inferred) if event.place else None,
        kind=kind_of(event.sub_event_type),
        means=means_of(event.sub_event_type),
        killed=event.casualties.killed.best if event.casualties.killed else None,
        doers=_named(event, _SIDES),
        sufferers=_named(event, ("target",)),
        terms=_terms(report),
        fingerprint=tuple(report.article.fingerprint) if report.main else (),
    )


def fold(name: str) -> str:
    """A place's or region's name without what spellings differ in most."""
    words = [word for word in _LETTERS.split(name.lower()) if word and word not in _PLAIN]
    return " ".join(words) or name.lower()


def _days(date: EventDate | None) -> tuple[int, int] | None:
    return (date.start.toordinal(), date.end.toordinal()) if date else None


def _where(place: Place, inferred: Sequence[str]) -> Where:
    led = place.admin1 is not None and "place.admin1" not in inferred
    return Where(
        country=None if "place.country" in inferred else place.country,
        region=fold(place.admin1) if place.admin1 else None,
        town=fold(place.name) if place.precision <= _TOWN and place.name != place.admin1 else None,
        sure="place" not in inferred and (led or "place.country" not in inferred),
        known=place.geonames_id is not None,
    )


def _named(event: ConflictEvent, roles: tuple[str, ...]) -> frozenset[str]:
    """Actors that a text can mean but one of: groups and forces with a home or a code, none that are only described."""
    return frozenset(
        a.name for a in event.actors if a.role in roles and a.country and a.kind not in (None, "Civilians")
    )


def _terms(report: ArticleReport) -> dict[str, float]:
    """The telling words of the article; of an event in passing those of its own sentences: together they weigh less."""
    weights: dict[str, float] = {}
    for word in report.article.keywords:
        low = word.lower()
        weights[low] = max(weights.get(low, 0.0), _weight(word))
    size = math.sqrt(sum(weight * weight for weight in weights.values()))
    own = None if report.main else " ".join(sentence.text for sentence in report.sentences).lower()
    return {word: weight / size for word, weight in weights.items() if own is None or word in own}


def _weight(word: str) -> float:
    kinds = knowledge().words
    if word[0].isdigit():
        return kinds.number
    if word.islower():
        return kinds.word
    return kinds.pair if " " in word else kinds.name
