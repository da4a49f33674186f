"""Makes one place of the mentions that belong to an event: the town in its region in its country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypedDict

from services.extractor.coding.places.model import Candidate, PlaceMention
from services.extractor.coding.places.nesting import lies_in
from services.extractor.coding.places.resolve import Surroundings, resolve, surroundings

_KNOWN: Final = frozenset({"town", "admin2", "region"})
_FINENESS: Final = {"town": 0, "unknown": 1, "admin2": 2, "admin1": 3, "region": 3, "country": 4}


class PlaceFields(TypedDict):
    """The fields of `schemas.event.Place`."""

    name: str
    mention: str
    admin1: str | None
    admin2: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: int
    geonames_id: int | None


@dataclass(frozen=True, slots=True)
class Combined:
    """An event's place."""

    place: PlaceFields
    span: tuple[int, int]
    """Where the text names it."""
    inferred: tuple[str, ...]
    """Which of its fields the event's mentions do not say outright: `place.country`, `place.admin1`."""


def combine(
    mentions: Sequence[PlaceMention],
    context: Sequence[PlaceMention] = (),
    countries: Mapping[str, int] | None = None,
    *,
    told: Mapping[str, int] | None = None,
    scene: Surroundings | None = None,
) -> Combined | None:
    """The place that `mentions`, those of one event, tell together; None if they tell none.

    `context` is all mentions of the article, `countries` its prior (`country_prior`), `told` the part of it that place
    names tell: only they place a name that is not in the data. Precision: 1 a town or spot,
    2 near one or part of a division, 3 a division or region, 4 a country or a region too wide for a point.
    """
    everything = [*mentions, *(m for m in context if all(m.start != own.start for own in mentions))]
    scene = surroundings(everything, countries or {}) if scene is None else scene
    found = []
    for number, mention in enumerate(mentions):
        place = resolve(mention, everything, countries or {}, scene)
        if place is not None:
            place = _as_called(place, mention.hint)
            found.append((number, mention, place))
    if not found:
        return None
    ranked = []
    for number, mention, place in found:
        within = [(m, p) for _, m, p in found if mention.start in m.qualifiers]
        # "the village of Xyz in Aleppo", but "Girard Station in Philadelphia"
        outer = any(m.hint == "town" or (p.admin1 and p.admin1 == place.admin1 and p.kind in _KNOWN) for m, p in within)
        # "Kapho district, Pattani": the province, but "Mogadishu's Hodan district" is a part of the town
        wider = outer and place.kind == "town" and (place.admin1 or "").startswith(place.name)
        fineness = _FINENESS["region" if wider or mention.modifier == "rural" else place.kind]
        ranked.append((fineness + (2 if place.wide else 0), outer, number, mention, place))
    *_, mention, finest = min(ranked, key=lambda f: f[:3])
    others = [place for *_, place in found if place is not finest]
    return _placed(mention, finest, others, (countries if told is None else told) or {})


def _as_called(place: Candidate, hint: str | None) -> Candidate:
    """A name that is not in the data, and which the text calls a district or province, is one."""
    if place.kind != "unknown" or hint not in {"admin1", "admin2"}:
        return place
    if hint == "admin1":
        return replace(place, kind="admin1", admin1=place.name)
    return replace(place, kind="admin2", admin2=place.name)


def _placed(
    mention: PlaceMention, finest: Candidate, others: Sequence[Candidate], countries: Mapping[str, int]
) -> Combined:
    admin1, admin2, country = finest.admin1, finest.admin2, finest.country
    inferred = []
    if finest.kind in {"unknown", "region"} or country is None:
        for other in others:
            if country is None and other.country:
                country = other.country
            if admin1 is None and other.admin1 and other.country == country and finest.kind == "unknown":
                admin1 = other.admin1
                admin2 = other.admin2 if other.kind == "admin2" else None
    if admin2 is None and finest.kind in {"town", "unknown"}:  # "X of Y District": the text's own word for it
        told_in = (o for o in others if o.kind == "admin2" and o.country == country and o.admin1 in {admin1, None})
        admin2 = next((o.admin2 or o.name for o in told_in), None)
    if country is None and countries:
        country = _likeliest(finest, countries)
    told = {other.country for other in others if other.kind == "country"}
    if country is not None and finest.kind != "country" and country not in told:
        inferred.append("place.country")
    named = finest.kind == "admin1" or any(o.kind == "admin1" and o.admin1 == admin1 for o in others)
    if admin1 is not None and not named:
        inferred.append("place.admin1")
    precision = _precision(mention, finest)
    pointless = precision == 4
    place = PlaceFields(
        name=finest.name,
        mention=mention.text,
        admin1=admin1,
        admin2=admin2,
        country=country,
        latitude=None if pointless else finest.latitude,
        longitude=None if pointless else finest.longitude,
        precision=precision,
        geonames_id=finest.geonames_id,
    )
    return Combined(place, (mention.start, mention.end), tuple(inferred))


def _likeliest(finest: Candidate, countries: Mapping[str, int]) -> str | None:
    """The article's country for a place without one: of its own countries, or the one that the article is about."""
    if finest.wide:
        return None
    if finest.countries:
        own = [c for c in finest.countries if countries.get(c)]
        return max(own, key=lambda c: (countries[c], c)) if own else None
    if finest.kind != "unknown":
        return None
    best = max(sorted(countries), key=lambda c: countries[c])
    return best if countries[best] * 2 > sum(countries.values()) else None


def _precision(mention: PlaceMention, place: Candidate) -> int:
    if place.kind == "country" or place.wide:
        return 4
    if place.kind in {"town", "unknown"}:
        return 2 if mention.modifier in {"near", "rural", "between"} else 1
    return 3 if mention.modifier is None else 2


def inside(inner: PlaceMention, outer: PlaceMention) -> bool:
    """Whether any reading of `inner` lies in any reading of `outer`: the two may tell one place together."""
    return any(lies_in(i, o) for i in inner.candidates for o in outer.candidates)
