"""Incidents to export, of made-up reports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schemas import Actor, Casualties, EventDate, Place, Toll
from services.sink.export.columns import Column, Value
from services.sink.export.incident import Exported, standing
from services.sink.merging.report import reports_of
from tests.messages import event, message


def incident(*, about: dict[str, Any] | None = None, **changes: Any) -> Exported:
    """One report's incident; `changes` are fields of its event, `about` of its article."""
    return standing("i1", reports_of(message("a1", [event("a1", **changes)], **(about or {}))))


def row(columns: list[Column], one: Exported) -> dict[str, Value]:
    return {column.name: column.of(one) for column in columns}


def actor(role: str, name: str, kind: str | None = None, country: str | None = None) -> Actor:
    return Actor(role=role, name=name, mention=name.lower(), kind=kind, country=country)


def span(start: str, end: str, basis: str = "text") -> EventDate:
    return EventDate(
        start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end), precision="day", text="x", basis=basis
    )


def place(precision: int, **changes: Any) -> Place:
    point = {"latitude": 15.35, "longitude": 44.2} if precision < 4 else {}
    return Place(**({"name": "Sanaa", "mention": "Sanaa", "country": "YEM", "precision": precision} | point | changes))


def dead(low: int | None, best: int | None = None, high: int | None = None) -> Casualties:
    return Casualties(killed=Toll(low=low, best=best, high=high, text="some"))
