"""CAP's severity, urgency and certainty of an incident, by the table in severity.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.base import OneOf
from schemas.event import EventFacts
from schemas.taxonomies import acled, plover
from schemas.words import MODALITIES, SEVERITIES, TOLL_KINDS

_STEPS = ("observed", "likely", "possible")

AtLeast = Annotated[int, Field(ge=1)] | None


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SeverityRow(_Data):
    """One row of the table: all conditions that are given must hold."""

    name: str
    severity: Annotated[str, OneOf(SEVERITIES)]
    killed: AtLeast = None
    injured: AtLeast = None
    missing: AtLeast = None
    abducted: AtLeast = None
    arrested: AtLeast = None
    displaced: AtLeast = None
    event_type: list[Annotated[str, OneOf(acled.event_types())]] = []
    sub_event_type: list[Annotated[str, OneOf(acled.sub_event_types())]] = []
    plover_event: list[Annotated[str, OneOf(plover.event_names())]] = []
    modality: list[Annotated[str, OneOf(MODALITIES)]] = []
    weapon: list[str] = []

    def holds(self, facts: EventFacts) -> bool:
        """True when every condition does."""
        lists: list[tuple[list[str], set[str | None]]] = [
            (self.event_type, {facts.event_type}),
            (self.sub_event_type, {facts.sub_event_type}),
            (self.plover_event, {facts.plover.event if facts.plover else None}),
            (self.modality, {facts.modality}),
            (self.weapon, set(facts.weapons)),
        ]
        tolls = ((getattr(self, kind), least(facts, kind)) for kind in TOLL_KINDS)
        return all(wanted is None or told >= wanted for wanted, told in tolls) and all(
            not wanted or not there.isdisjoint(wanted) for wanted, there in lists
        )


class CertaintyBounds(_Data):
    """What makes an incident observed, and what makes it doubtful."""

    observed_from_sources: Annotated[int, Field(ge=1)]
    doubtful_below_confidence: Annotated[float, Field(ge=0, le=1)]
    doubtful_modality: list[Annotated[str, OneOf(MODALITIES)]]


class Table(_Data):
    """The file."""

    severity: Annotated[list[SeverityRow], Field(min_length=1)]
    certainty: CertaintyBounds

    @model_validator(mode="after")
    def _decides_everything(self) -> Self:
        if self.severity[-1].model_dump(exclude_defaults=True).keys() != {"name", "severity"}:
            raise ValueError("the last row must have no condition, so that every incident gets a severity")
        return self


@cache
def table() -> Table:
    """What severity.yaml says. Raises pydantic.ValidationError."""
    text = files("services.sink").joinpath("severity.yaml").read_text(encoding="utf-8")
    return Table.model_validate(yaml.safe_load(text))


def least(facts: EventFacts, kind: str) -> int:
    """The least number of people that suffered `kind`; 0 where none is told."""
    toll = getattr(facts.casualties, kind)
    if toll is None:
        return 0
    return next((number for number in (toll.low, toll.best) if number is not None), 0)


def severity(facts: EventFacts) -> str:
    """CAP's severity."""
    return next(row.severity for row in table().severity if row.holds(facts))


def urgency(facts: EventFacts) -> str:
    """CAP's urgency: what is in the news has happened, so `past`; without a date nobody can say."""
    return "unknown" if facts.date is None else "past"


def certainty(facts: EventFacts, independent_sources: int) -> str:
    """CAP's certainty."""
    bounds = table().certainty
    step = 0 if independent_sources >= bounds.observed_from_sources else 1
    if facts.modality in bounds.doubtful_modality or facts.confidence < bounds.doubtful_below_confidence:
        step += 1
    return _STEPS[step]
