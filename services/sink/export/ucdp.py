"""UCDP GED's 49 columns, as far as the facts of an incident fill them."""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from schemas import Actor, EventFacts, Place
from services.sink import wording
from services.sink.export.columns import Column, Value, coordinate, joined, never, outlets, published_on
from services.sink.export.countries import Codes, codes
from services.sink.export.incident import Exported
from services.sink.export.sides import Sides, sides, words
from services.sink.severity import least

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
_SPANS = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""The longest span of days of each of UCDP's date precisions."""


def recorded(one: Exported) -> bool:
    """True for what UCDP can record: an incident that killed at least one person."""
    return least(one.event, "killed") > 0


def dyad(event: EventFacts) -> Sides:
    """The sides as UCDP orders them: of a state and another, the state first."""
    first, second = sides(event)
    if second and _state(second) and not _state(first):
        return Sides(second, first)
    return Sides(first, second)


def type_of_violence(event: EventFacts) -> int | None:
    """1 with a state on a side, 2 between organised others, 3 against civilians; None where a side is not known."""
    first, second = dyad(event)
    if not first or not second or first[0].kind not in words().organised:
        return None
    if all(actor.kind in words().unarmed for actor in second):
        return ONE_SIDED
    if second[0].kind not in words().organised:
        return None
    return STATE_BASED if _state(first) else NON_STATE


def where_precision(place: Place | None) -> int | None:
    """UCDP's precision of a place: 1 exact, 2 near it, 3 district, 4 province, 5 a region of no division, 6 country."""
    if place is None:
        return None
    if place.precision == 3:
        return 4 if place.name == place.admin1 else 3 if place.name == place.admin2 else 5
    if place.precision == 4:
        return 6
    return 3 if place.precision == 2 and place.name == place.admin2 else place.precision


def date_precision(event: EventFacts) -> int | None:
    """1 the day, 2 within six days, 3 within a week, 4 within a month, 5 within a year."""
    if event.date is None:
        return None
    days = (event.date.end - event.date.start).days + 1
    return next((precision for longest, precision in _SPANS if days <= longest), None)


def priogrid(latitude: float, longitude: float) -> int:
    """The cell of PRIO-GRID, half a degree wide, counted from the south-west corner."""
    row = min(floor((latitude + 90) * 2), 359)
    column = min(floor((longitude + 180) * 2), 719)
    return row * 720 + column + 1


def side_name(actor: Actor) -> str:
    """The actor as UCDP names it: what a state's forces do, its government does."""
    if actor.kind in words().state and actor.country:
        return f"Government of {wording.country(actor.country)}"
    return actor.name


def _state(side: list[Actor]) -> bool:
    return bool(side) and side[0].kind in words().state


def _side(number: int) -> Callable[[Exported], Value]:
    def read(one: Exported) -> Value:
        found = dyad(one.event)[number]
        return side_name(found[0]) if found else None

    return read


def _dyad_name(one: Exported) -> Value:
    first, second = dyad(one.event)
    return f"{side_name(first[0])} - {side_name(second[0])}" if first and second else None


def _gwno(number: int) -> Callable[[Exported], Value]:
    def read(one: Exported) -> Value:
        side = dyad(one.event)[number]
        return codes(side[0].country).gwno if _state(side) else None

    return read


def _codes(one: Exported) -> Codes:
    return codes(one.event.place.country if one.event.place else None)


def _of_place(name: str) -> Callable[[Exported], Value]:
    return lambda one: getattr(one.event.place, name) if one.event.place else None


def _country(one: Exported) -> Value:
    place = one.event.place
    return wording.country(place.country) if place and place.country else None


def _point(one: Exported) -> tuple[float, float] | None:
    """Latitude and longitude."""
    place = one.event.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _coordinate(number: int) -> Callable[[Exported], Value]:
    def read(one: Exported) -> Value:
        point = _point(one)
        return coordinate(point[number]) if point else None

    return read


def _wkt(one: Exported) -> Value:
    point = _point(one)
    return f"POINT ({coordinate(point[1])} {coordinate(point[0])})" if point else None


def _cell(one: Exported) -> Value:
    point = _point(one)
    return priogrid(*point) if point else None


def _killed(end: str) -> Callable[[Exported], Value]:
    return lambda one: getattr(one.event.casualties.killed, end) if one.event.casualties.killed else None


def _dead(kind: int | None) -> Callable[[Exported], Value]:
    """The dead of one-sided violence are civilians; of all else the facts do not tell which side they were on."""

    def read(one: Exported) -> Value:
        is_one_sided = type_of_violence(one.event) == ONE_SIDED
        return _killed("best")(one) if is_one_sided == (kind == ONE_SIDED) else None

    return read


def _year(one: Exported) -> Value:
    date = one.event.date
    return date.start.year if date and date.start.year == date.end.year else None


def _articles(one: Exported) -> Value:
    def told(name: str | None, published: object, title: str | None) -> str:
        return ", ".join(str(part) for part in (name, published, title) if part)

    return joined(told(r.article.source.name, published_on(r), r.article.title) for r in one.reports)


COLUMNS = [
    Column("id", "text", lambda one: one.incident_id),
    *never("relid"),
    Column("year", "whole", _year),
    *never("active_year", "code_status"),
    Column("type_of_violence", "whole", lambda one: type_of_violence(one.event)),
    *never("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id"),
    Column("dyad_name", "text", _dyad_name),
    *never("side_a_dset_id", "side_a_new_id"),
    Column("side_a", "text", _side(0)),
    *never("side_b_dset_id", "side_b_new_id"),
    Column("side_b", "text", _side(1)),
    Column("number_of_sources", "whole", lambda one: one.sources),
    Column("source_article", "text", _articles),
    Column("source_office", "text", lambda one: joined(outlets(one))),
    Column("source_date", "text", lambda one: joined(str(published_on(r) or "") for r in one.reports)),
    Column("source_headline", "text", lambda one: joined(r.article.title for r in one.reports)),
    Column("source_original", "text", lambda one: one.event.reported_by),
    Column("where_prec", "whole", lambda one: where_precision(one.event.place)),
    Column("where_coordinates", "text", _of_place("name")),
    Column("where_description", "text", _of_place("mention")),
    Column("adm_1", "text", _of_place("admin1")),
    Column("adm_2", "text", _of_place("admin2")),
    Column("latitude", "number", _coordinate(0)),
    Column("longitude", "number", _coordinate(1)),
    Column("geom_wkt", "text", _wkt),
    Column("priogrid_gid", "whole", _cell),
    Column("country", "text", _country),
    Column("country_id", "whole", lambda one: _codes(one).gwno),
    Column("region", "text", lambda one: _codes(one).ucdp_region),
    *never("event_clarity"),
    Column("date_prec", "whole", lambda one: date_precision(one.event)),
    Column("date_start", "day", lambda one: one.event.date.start if one.event.date else None),
    Column("date_end", "day", lambda one: one.event.date.end if one.event.date else None),
    *never("deaths_a", "deaths_b"),
    Column("deaths_civilians", "whole", _dead(ONE_SIDED)),
    Column("deaths_unknown", "whole", _dead(None)),
    Column("best", "whole", _killed("best")),
    Column("high", "whole", _killed("high")),
    Column("low", "whole", _killed("low")),
    Column("gwnoa", "whole", _gwno(0)),
    Column("gwnob", "whole", _gwno(1)),
]
