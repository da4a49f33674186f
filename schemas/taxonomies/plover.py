"""PLOVER's 16 events and their modes."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from schemas.taxonomies.files import read_yaml


class PloverEvent(BaseModel):
    """One of the 16 events."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quad_class: int
    recipient_required: bool
    score: float
    modes: dict[str, float | None]


@cache
def events() -> dict[str, PloverEvent]:
    """All 16 by name."""
    return TypeAdapter(dict[str, PloverEvent]).validate_python(read_yaml("plover.yaml"))


def event_names() -> list[str]:
    """Names of the 16 events."""
    return list(events())


def mode_names() -> list[str]:
    """Names of the modes of all events."""
    return sorted({mode for event in events().values() for mode in event.modes})
