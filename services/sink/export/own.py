"""Tocsin's own columns: every merged fact of an incident, one row each."""

from __future__ import annotations

from collections.abc import Callable

from schemas import EventFacts, Place
from schemas.words import TOLL_KINDS
from services.sink import severity, wording
from services.sink.export.columns import Column, Value, coordinate, joined, outlets
from services.sink.export.incident import Exported


def _fact(name: str) -> Callable[[Exported], Value]:
    return lambda one: getattr(one.event, name)


def _of_date(name: str) -> Callable[[Exported], Value]:
    return lambda one: getattr(one.event.date, name) if one.event.date else None


def _of_place(name: str) -> Callable[[Exported], Value]:
    return lambda one: getattr(one.event.place, name) if one.event.place else None


def _actors(role: str) -> Callable[[Exported], Value]:
    return lambda one: joined(actor.name for actor in one.event.actors if actor.role == role)


def _toll(kind: str, end: str) -> Callable[[Exported], Value]:
    def read(one: Exported) -> Value:
        toll = getattr(one.event.casualties, kind)
        return getattr(toll, end) if toll is not None else None

    return read


def _country(place: Place | None) -> str | None:
    return wording.country(place.country) if place and place.country else None


def _plover(event: EventFacts, name: str) -> str | None:
    return getattr(event.plover, name) if event.plover else None


def _point(name: str) -> Callable[[Exported], Value]:
    return lambda one: coordinate(getattr(one.event.place, name) if one.event.place else None)


POINT = ("latitude", "longitude")
"""The columns that GeoJSON has as a geometry instead."""

COLUMNS = [
    Column("incident_id", "text", lambda one: one.incident_id),
    Column("status", "text", lambda one: one.status),
    Column("cancelled", "flag", lambda one: one.cancelled),
    Column("merged_into", "text", lambda one: one.merged_into),
    Column("headline", "text", lambda one: wording.headline(one.event)),
    Column("disorder_type", "text", _fact("disorder_type")),
    Column("event_type", "text", _fact("event_type")),
    Column("sub_event_type", "text", _fact("sub_event_type")),
    Column("plover_event", "text", lambda one: _plover(one.event, "event")),
    Column("plover_mode", "text", lambda one: _plover(one.event, "mode")),
    Column("cameo_code", "text", lambda one: one.event.cameo.code if one.event.cameo else None),
    Column("modality", "text", _fact("modality")),
    Column("date_start", "day", _of_date("start")),
    Column("date_end", "day", _of_date("end")),
    Column("date_precision", "text", _of_date("precision")),
    Column("date_basis", "text", _of_date("basis")),
    Column("perpetrators", "text", _actors("perpetrator")),
    Column("targets", "text", _actors("target")),
    Column("participants", "text", _actors("participant")),
    Column("place", "text", _of_place("name")),
    Column("admin1", "text", _of_place("admin1")),
    Column("admin2", "text", _of_place("admin2")),
    Column("country", "text", _of_place("country")),
    Column("country_name", "text", lambda one: _country(one.event.place)),
    Column("latitude", "number", _point("latitude")),
    Column("longitude", "number", _point("longitude")),
    Column("place_precision", "whole", _of_place("precision")),
    Column("geonames_id", "whole", _of_place("geonames_id")),
    *(Column(f"{kind}_{end}", "whole", _toll(kind, end)) for kind in TOLL_KINDS for end in ("low", "best", "high")),
    Column("weapons", "text", lambda one: joined(one.event.weapons)),
    Column("claimed_by", "text", _fact("claimed_by")),
    Column("reported_by", "text", _fact("reported_by")),
    Column("inferred", "text", lambda one: joined(one.event.inferred)),
    Column("severity", "text", lambda one: severity.severity(one.event)),
    Column("certainty", "text", lambda one: severity.certainty(one.event, one.sources) if one.sources else None),
    Column("confidence", "number", _fact("confidence")),
    Column("independent_sources", "whole", lambda one: one.sources),
    Column("disagreements", "text", lambda one: wording.differ(one.disagreements) or None),
    Column("reports", "whole", lambda one: len(one.reports)),
    Column("sources", "text", lambda one: joined(outlets(one))),
    Column("urls", "text", lambda one: joined(report.article.source.url for report in one.reports)),
    Column("first_reported", "time", lambda one: one.reports[0].article.article_time if one.reports else None),
    Column("last_reported", "time", lambda one: one.reports[-1].article.article_time if one.reports else None),
]
