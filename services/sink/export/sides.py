"""The two sides of an event, and what ACLED calls those on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from schemas import Actor, EventFacts
from services.sink import wording

_EXTERNAL = "External/Other forces"


class ActorWords(BaseModel):
    """The file actors.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    generic: list[str]
    inter: dict[str, int]
    interaction: dict[str, str]
    state: list[str]
    organised: list[str]
    unarmed: list[str]


@cache
def words() -> ActorWords:
    """What actors.yaml says. Raises pydantic.ValidationError."""
    return ActorWords.model_validate(
        yaml.safe_load(files("services.sink.export").joinpath("actors.yaml").read_text("utf-8"))
    )


class Sides(NamedTuple):
    """Who did it, or one side of a clash; whom it was done to, or the other. Either may be empty."""

    first: list[Actor]
    second: list[Actor]


def sides(event: EventFacts) -> Sides:
    """The two sides. Of a demonstration, those who demonstrate come first.

    A clash has one participant on each side: of more nobody knows which side they were on, and they are on none.
    """
    doers, targets, clashing = (_of_role(event, role) for role in ("perpetrator", "target", "participant"))
    if event.event_type in ("Protests", "Riots"):
        everyone = [*doers, *clashing, *targets]
        crowd = [actor for actor in everyone if actor.kind in ("Protesters", "Rioters")]
        if crowd:
            return Sides(crowd[:1], [a for a in everyone if a not in crowd[:1]])
    if doers or targets:
        first = doers or clashing[:1]
        return Sides(first, targets or [actor for actor in clashing if actor not in first][:1])
    return Sides(clashing[:1], clashing[1:2])


def acled_name(actor: Actor, event: EventFacts) -> str:
    """The name with ACLED's country in brackets where it only says what the actor is, and a country is known."""
    home = actor.country or (event.place.country if event.place else None)
    if actor.name not in words().generic or home is None:
        return actor.name
    return f"{actor.name} ({wording.country(home)})"


def acled_kind(side: Sequence[Actor], event: EventFacts) -> str | None:
    """ACLED's type of a side's main actor; a state's forces are External/Other where the event is in another state."""
    if not side:
        return None
    kind, home = side[0].kind, side[0].country
    where = event.place.country if event.place else None
    return _EXTERNAL if kind == "State forces" and home and where and home != where else kind


def interaction(one: str | None, other: str | None) -> str | None:
    """The two types in ACLED's order, or the only one; None where an actor's type is not known."""
    known = [kind for kind in (one, other) if kind in words().inter]
    if len(known) < 2:
        return f"{known[0]} only" if known else None
    told = "-".join(sorted(known, key=lambda kind: words().inter[kind]))
    return words().interaction.get(told, told)


def _of_role(event: EventFacts, role: str) -> list[Actor]:
    return [actor for actor in event.actors if actor.role == role]
