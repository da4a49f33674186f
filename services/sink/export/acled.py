"""ACLED's 31 columns, as far as the facts of an incident fill them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from schemas import EventFacts
from services.sink import wording
from services.sink.export.columns import Column, Value, coordinate, joined, never, outlets
from services.sink.export.countries import codes
from services.sink.export.incident import Exported
from services.sink.export.sides import acled_kind, acled_name, interaction, sides
from services.sink.severity import least

_SPANS = ((1, 1), (7, 2), (31, 3))
"""The longest span of days of each of ACLED's time precisions."""
_TARGETED = ("Violence against civilians", "Explosions/Remote violence", "Riots")


def recorded(one: Exported) -> bool:
    """True for what ACLED records: an incident of one of its types."""
    return one.event.event_type is not None


def time_precision(event: EventFacts) -> int | None:
    """1 for one day, 2 within a week, 3 within a month; None for what is vaguer, which ACLED does not record."""
    if event.date is None:
        return None
    days = (event.date.end - event.date.start).days + 1
    told = next((precision for longest, precision in _SPANS if days <= longest), None)
    # Of what is only reported as news, the day of publication is the day within a few.
    return max(told, 2) if told is not None and event.date.basis == "publication" else told


def event_date(event: EventFacts) -> dt.date | None:
    """The day; of a span that ACLED records, the one in its middle."""
    if event.date is None or time_precision(event) is None:
        return None
    return event.date.start + (event.date.end - event.date.start) // 2


def _year(event: EventFacts) -> int | None:
    if event.date is None or event.date.start.year != event.date.end.year:
        day = event_date(event)
        return day.year if day else None
    return event.date.start.year


def _actor(side: int) -> Callable[[Exported], Value]:
    def read(one: Exported) -> Value:
        found = sides(one.event)[side]
        return acled_name(found[0], one.event) if found else None

    return read


def _associated(side: int) -> Callable[[Exported], Value]:
    return lambda one: joined(acled_name(actor, one.event) for actor in sides(one.event)[side][1:])


def _inter(side: int) -> Callable[[Exported], Value]:
    return lambda one: acled_kind(sides(one.event)[side], one.event)


def _interaction(one: Exported) -> Value:
    first, second = sides(one.event)
    kinds = acled_kind(first, one.event), acled_kind(second, one.event)
    if (first and kinds[0] is None) or (second and kinds[1] is None):
        return None
    return interaction(*kinds)


def _targeting(one: Exported) -> Value:
    event = one.event
    hit = acled_kind(sides(event).second, event) == "Civilians" and event.event_type in _TARGETED
    return "Civilians targeted" if hit or event.sub_event_type == "Excessive force against protesters" else None


def _place(name: str, finest: int = 3) -> Callable[[Exported], Value]:
    """A field of a place that is no vaguer than a region: ACLED does not record what only a country is known of."""

    def read(one: Exported) -> Value:
        place = one.event.place
        return getattr(place, name) if place is not None and place.precision <= finest else None

    return read


def _country(one: Exported) -> str | None:
    return one.event.place.country if one.event.place else None


def _country_name(one: Exported) -> Value:
    alpha3 = _country(one)
    return wording.country(alpha3) if alpha3 else None


def _point(name: str) -> Callable[[Exported], Value]:
    return lambda one: coordinate(getattr(one.event.place, name) if one.event.place else None)


def _notes(one: Exported) -> Value:
    names = [report.article.source.name for report in one.reports if report.article.source.name]
    return wording.description(one.event, list(dict.fromkeys(names)), one.sources, one.disagreements)


def _changed(one: Exported) -> Value:
    """When its newest report arrived."""
    return int(one.reports[-1].article.article_time.timestamp()) if one.reports else None


COLUMNS = [
    Column("event_id_cnty", "text", lambda one: one.incident_id),
    Column("event_date", "day", lambda one: event_date(one.event)),
    Column("year", "whole", lambda one: _year(one.event)),
    Column("time_precision", "whole", lambda one: time_precision(one.event)),
    Column("disorder_type", "text", lambda one: one.event.disorder_type),
    Column("event_type", "text", lambda one: one.event.event_type),
    Column("sub_event_type", "text", lambda one: one.event.sub_event_type),
    Column("actor1", "text", _actor(0)),
    Column("assoc_actor_1", "text", _associated(0)),
    Column("inter1", "text", _inter(0)),
    Column("actor2", "text", _actor(1)),
    Column("assoc_actor_2", "text", _associated(1)),
    Column("inter2", "text", _inter(1)),
    Column("interaction", "text", _interaction),
    Column("civilian_targeting", "text", _targeting),
    Column("iso", "whole", lambda one: codes(_country(one)).iso),
    Column("region", "text", lambda one: codes(_country(one)).acled_region),
    Column("country", "text", _country_name),
    Column("admin1", "text", _place("admin1")),
    Column("admin2", "text", _place("admin2")),
    *never("admin3"),
    Column("location", "text", _place("name")),
    Column("latitude", "number", _point("latitude")),
    Column("longitude", "number", _point("longitude")),
    Column("geo_precision", "whole", _place("precision")),
    Column("source", "text", lambda one: joined(outlets(one))),
    *never("source_scale"),
    Column("notes", "text", _notes),
    # ACLED's rule: the lowest number told, and 0 where none is.
    Column("fatalities", "whole", lambda one: least(one.event, "killed")),
    *never("tags"),
    Column("timestamp", "whole", _changed),
]
