"""What quoted words mean, read by our own modules: days, actors, numbers of people, means."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from schemas.event import Actor, EventDate, Toll, TollGroup
from services.extractor.coding.actors import Canonical, canonical, country_name, find_actors, government_of, military_of
from services.extractor.coding.dates import find_dates, resolve
from services.extractor.coding.lexicon.matcher import fold
from services.extractor.coding.lexicon.weapons import weapon_finder
from services.extractor.coding.numbers import NumberMention, find_numbers
from services.extractor.coding.places.fold import ascii_name
from services.extractor.coding.tolls import TollMention, find_tolls
from services.extractor.model_coder.spans import Span

MAX_NAME = 80
"""Longest name, in characters, that is made of the text's own words."""
_FUTURE = frozenset(("threatened", "planned", "hypothetical"))


def date(quoted: Span, published: dt.date | None, modality: str) -> tuple[EventDate, Span] | None:
    """The days that the quoted words tell, and the words of it; null where they tell none that can be reckoned."""
    sentence = quoted.sentence
    for mention in find_dates(sentence.text):
        if quoted.overlaps(mention.start, mention.end):
            told = resolve(mention.expr, published, future=modality in _FUTURE)
            if told is not None:
                when = EventDate(
                    start=told.start, end=told.end, precision=told.precision, text=mention.text, basis="text"
                )
                return when, Span(sentence, mention.start, mention.end)
    return None


def actor(quoted: Span, role: str, country: str | None, *, violent: bool) -> Actor | None:
    """Whom the quoted words name; by their own words, without a kind, where no module knows them.

    `country` is the event's (alpha-3): forces without a country of their own are taken for its. Null for words that
    leave no name in ASCII, or that are too many for one.
    """
    known = _canonical(quoted, country, violent=violent)
    if known is None:
        name = " ".join(ascii_name(quoted.text).split())
        if not name or len(name) > MAX_NAME:
            return None
        known = Canonical(name, None, None, None)
    return Actor(
        role=role, name=known.name, mention=quoted.text, kind=known.kind, country=known.country, code=known.code
    )


def _canonical(quoted: Span, country: str | None, *, violent: bool) -> Canonical | None:
    known = canonical(quoted.text, country if country is not None and _has_actors(country) else None)
    if known is None or known.kind is not None or known.country is None:
        return known
    if all(m.category == "country" for m in find_actors(quoted.text)):
        # a country that acts is its armed forces in violence, else its government
        return military_of(known.country) if violent else government_of(known.country)
    return known


def _has_actors(country: str) -> bool:
    """False for dependencies that have places, but no forces of their own."""
    try:
        country_name(country)
    except KeyError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Counted:
    """A toll, the words that tell it, and whether its number is only implied ("dozens")."""

    toll: Toll
    span: Span
    inferred: bool


def toll(quoted: Span, kind: str) -> Counted | None:
    """How many the quoted words tell; null where there is neither a toll of this kind nor just one number in them."""
    sentence = quoted.sentence
    dates = [(d.start, d.end) for d in find_dates(sentence.text)]
    numbers = find_numbers(sentence.text, dates)
    read = [t for t in find_tolls(sentence.text, numbers) if t.kind == kind and quoted.overlaps(t.start, t.end)]
    inside = [n for n in numbers if quoted.start <= n.core[0] and n.core[1] <= quoted.end]
    if len(inside) == 1:  # what the model points at is this number, not another toll that its words touch
        read = [t for t in read if t.start < inside[0].core[1] and t.end > inside[0].core[0]]
    if read:
        found: TollMention | NumberMention = min(read, key=lambda t: (not t.number, t.start))
        groups = [TollGroup(who=who.lower(), count=count) for who, count in min(read, key=lambda t: t.start).parts]
    elif len(inside) == 1:
        found, groups = inside[0], []
    else:
        return None
    value = Toll(low=found.low, best=found.best, high=found.high, text=found.text, groups=groups)
    implied = found.best is None and found.low is not None and found.low > 1
    return Counted(value, Span(sentence, found.start, found.end), implied)


def weapon(quoted: Span) -> tuple[str, Span] | None:
    """The means by its usual name, else by the text's own words; null where they are too many."""
    for known in weapon_finder().find(fold(quoted.sentence.text)):
        if quoted.overlaps(known.start, known.end):
            return known.name, Span(quoted.sentence, known.start, known.end)
    name = " ".join(quoted.text.lower().split())
    return (name, quoted) if len(name) <= MAX_NAME else None
