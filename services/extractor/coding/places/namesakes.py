"""Tells a neighbourhood, a school or a street from the far-away town whose name it bears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from services.extractor.coding.places.nesting import lies_in

if TYPE_CHECKING:
    from services.extractor.coding.places.model import Candidate, PlaceMention

Home = Mapping[tuple[str, str], frozenset[int]]
"""Country and first-level division that the article names, or a city of it, to the starts of those mentions."""

_CITY: Final = 100_000
_METROPOLIS: Final = 300_000
_OUTSHINES: Final = 4
# Characters that an article opens with; the title and the dateline stand before the text.
_HEAD: Final = 600
# Streets, parks, schools and houses are named after places far away; an airport or a mosque after its city.
_BY_NAME: Final = frozenset(
    (
        *(
            "bay",
            "street",
            "avenue",
            "road",
            "drive",
            "lane",
            "boulevard",
            "way",
            "terrace",
            "court",
            "square",
            "plaza",
        ),
        *("park", "heights", "gardens", "estates", "homes", "apartments", "village", "hall", "school", "casino"),
        *("resort", "hotel", "inn", "grill", "club", "bar", "lounge", "tavern"),
    )
)
# What may bear a town's name without lying there: a building or street, a part of a town.
_SPOTS: Final = frozenset({"site", "camp"})


def home_divisions(context: Sequence[PlaceMention], countries: Mapping[str, int]) -> Home:
    """The divisions an article is at home in: those of the country it tells most of that its head names, or twice.

    A division by its name, or by a city's that can only mean that one.
    """
    most = max(countries.values(), default=0)
    if sum(n == most for n in countries.values()) > 1:
        return {}
    found: dict[tuple[str, str], set[int]] = {}
    for mention in context:
        known = _unmistakable(mention)
        if known is not None and known.country and known.admin1 and countries.get(known.country, 0) == most:
            found.setdefault((known.country, known.admin1), set()).add(mention.start)
    return {d: frozenset(starts) for d, starts in found.items() if len(starts) > 1 or min(starts) < _HEAD}


def _unmistakable(mention: PlaceMention) -> Candidate | None:
    """The division or the city that outshines all towns of its name; no spot is one."""
    if mention.hint in _SPOTS:
        return None
    first = mention.candidates[0]
    towns = sorted((c for c in mention.candidates if c.kind == "town"), key=lambda c: -c.population)
    if first.kind == "admin1" and first.primary and not _is_city_beside(first, towns):
        return first
    if not towns or not towns[0].primary or towns[0].population < _CITY:
        return None
    others = [c.population for c in towns[1:] if (c.country, c.admin1) != (towns[0].country, towns[0].admin1)]
    return towns[0] if towns[0].population >= _OUTSHINES * max(others, default=0) else None


def _is_city_beside(division: Candidate, towns: Sequence[Candidate]) -> bool:
    """True for Washington, which is a state and a city elsewhere."""
    return any(t.population >= _CITY and (t.country, t.admin1) != (division.country, division.admin1) for t in towns)


def is_named_after(mention: PlaceMention) -> bool:
    """True for "Mandalay Bay", "Bristol High School": such a name tells of no country."""
    tail = mention.text.split()[-1]
    return mention.hint == "site" and tail[0].isupper() and tail.lower() in _BY_NAME


def is_elsewhere(best: Candidate, mention: PlaceMention, outer: Sequence[PlaceMention], home: Home) -> bool:
    """True where `best` only bears the name of what the text means: Madison for a street of Baltimore.

    A spot must lie where the text says that it lies, or in a division that the article names; a bare name that several
    divisions of a country have must too, unless it is a city's.
    """
    if best.kind not in {"town", "admin2"}:
        return False
    if outer:
        return mention.hint in _SPOTS and not any(lies_in(best, c) for other in outer for c in other.candidates)
    divisions = {division for division, starts in home.items() if starts - {mention.start}}
    if not divisions or (best.country, best.admin1) in divisions:
        return False
    abroad = best.country not in {country for country, _ in divisions}
    if mention.hint == "site":
        return best.population < _METROPOLIS or is_named_after(mention)
    namesakes = {c.admin1 for c in mention.candidates if c.country == best.country and c.kind == "town"}
    return not abroad and best.population < _CITY and (mention.hint == "camp" or len(namesakes) > 1)


def lodged(unknown: Candidate, mention: PlaceMention, home: Home) -> Candidate:
    """An unknown spot in the one division that the article is at home in; as it is where there are several."""
    divisions = sorted(division for division, starts in home.items() if starts - {mention.start})
    if len(divisions) != 1 or unknown.country not in (None, divisions[0][0]) or mention.qualifiers:
        return unknown
    return replace(unknown, country=divisions[0][0], admin1=divisions[0][1])
