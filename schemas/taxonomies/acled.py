"""ACLED's 25 sub-event types under 6 event types, in its hierarchical order."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from schemas.taxonomies.files import read_yaml


class SubEvent(BaseModel):
    """One row of ACLED's taxonomy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sub_event_type: str
    event_type: str
    disorder_type: str


@cache
def sub_events() -> dict[str, SubEvent]:
    """All 25 by name, the ones that win a merge first."""
    rows = TypeAdapter(list[SubEvent]).validate_python(read_yaml("acled.yaml"))
    return {row.sub_event_type: row for row in rows}


@cache
def precedence(sub_event_type: str) -> int:
    """Place in ACLED's hierarchy: of two sub-types of one event, the one with the lower number stands."""
    return list(sub_events()).index(sub_event_type)


def sub_event_types() -> list[str]:
    """Names of the 25 sub-event types."""
    return list(sub_events())


def event_types() -> list[str]:
    """Names of the 6 event types."""
    return sorted({row.event_type for row in sub_events().values()})


def disorder_types() -> list[str]:
    """Names of the disorder types, the double one included."""
    return sorted({row.disorder_type for row in sub_events().values()})
