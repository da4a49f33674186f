"""The weights of merging.yaml, as checked data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.base import OneOf
from schemas.taxonomies import acled

SubEvent = Annotated[str, OneOf(acled.sub_event_types())]
Weight = Annotated[int, Field(ge=0, le=1000)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Data):
    """What a keyword weighs by its form."""

    pair: float
    name: float
    number: float
    word: float
    place: Weight
    alike: Weight
    alike_beyond: Weight


class Days(_Data):
    """What days between two reports' days do."""

    most: Annotated[int, Field(ge=0)]
    most_told: Annotated[int, Field(ge=0)]
    most_firm: Annotated[int, Field(ge=0)]
    firm_apart: Weight
    parts: dict[Literal["early", "day", "late"], frozenset[str]]
    follow_up: Weight
    told_apart: Weight
    each: Weight
    undated: Weight
    open: Annotated[int, Field(ge=1)]


class Places(_Data):
    """What two places do."""

    same_town: Weight
    same_region: Weight
    elsewhere: Weight
    named_once: Weight


class Tolls(_Data):
    """What two numbers of dead do."""

    same: Weight
    same_one: Weight
    other: Weight
    far: Annotated[int, Field(ge=1)]


class Actors(_Data):
    """What named actors do."""

    same_doer: Weight
    same_other: Weight
    other_doer: Weight
    answer: Weight
    other_side: Weight


class Strangers(_Data):
    """Reports that share little but the place."""

    own: Weight
    minus: Weight


class Camps(_Data):
    """Words for those who march for a government, or against it."""

    against: frozenset[str]
    government: frozenset[str]
    backing: frozenset[str]


class People(_Data):
    """What people do whom both tell by name and age, or as identified."""

    same: Weight
    follow_up: Weight


class Copies(_Data):
    """When two texts are one, and what that does."""

    share: Annotated[float, Field(gt=0, le=1)]
    bonus: Weight


class Mixed(_Data):
    """Two kinds that may be one incident, at a price."""

    kinds: Annotated[list[str], Field(min_length=2, max_length=2)]
    minus: Weight


class Means(_Data):
    """Means that are told apart within violence."""

    minus: Weight
    groups: list[list[SubEvent]]
    hands: list[list[str]]


class Knowledge(_Data):
    """The file."""

    enough: Weight
    rival: Weight
    contradiction: Weight
    many: Annotated[float, Field(gt=0, le=1)]
    words: Words
    days: Days
    places: Places
    tolls: Tolls
    actors: Actors
    strangers: Strangers
    camps: Camps
    people: People
    copies: Copies
    kinds: dict[str, list[SubEvent]]
    weightiest: list[str]
    together: list[list[str]]
    unlike: Weight
    mixed: list[Mixed]
    means: Means

    @model_validator(mode="after")
    def _names_every_type_once(self) -> Self:
        named = sorted(name for names in self.kinds.values() for name in names)
        if named != sorted(acled.sub_event_types()):
            raise ValueError("`kinds` must name each sub-event type once")
        unknown = {kind for pair in self.mixed for kind in pair.kinds} - set(self.kinds)
        if unknown:
            raise ValueError(f"`mixed` names unknown kinds: {sorted(unknown)}")
        return self


@cache
def knowledge() -> Knowledge:
    """What merging.yaml says. Raises pydantic.ValidationError."""
    text = files("services.sink.merging").joinpath("merging.yaml").read_text(encoding="utf-8")
    return Knowledge.model_validate(yaml.safe_load(text))


@cache
def kind_of(sub_event_type: str | None) -> str:
    """The kind of incident that a sub-event type is of; an assault that ACLED does not record is violence."""
    return next((kind for kind, names in knowledge().kinds.items() if sub_event_type in names), "violence")


@cache
def mixing(one: str, other: str) -> int | None:
    """What is taken off for two kinds that may be one incident; None for two that never are."""
    if one == other:
        return 0
    return next((pair.minus for pair in knowledge().mixed if set(pair.kinds) == {one, other}), None)


@cache
def means_of(sub_event_type: str | None) -> int | None:
    """The group of means that a sub-event type names; None where it names none."""
    return next((n for n, names in enumerate(knowledge().means.groups) if sub_event_type in names), None)


def hand_of(sub_event_type: str | None, words: str) -> int | None:
    """The group of means that the type names, or that words in small letters tell; None for none, and for two."""
    means = knowledge().means
    told = [
        len(means.groups) + n for n, begins in enumerate(means.hands) if any(f" {word}" in words for word in begins)
    ]
    named = means_of(sub_event_type)
    if named is not None:
        told.append(named)
    return told[0] if len(told) == 1 else None
