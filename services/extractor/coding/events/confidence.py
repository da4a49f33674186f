"""How sure the coder is of an event: a number from what the text gives, fitted to the project's own cases."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat

from schemas.event import ConflictEvent

_LEAST, _MOST = 0.05, 0.97


class Table(BaseModel):
    """The file confidence.yaml, which `python -m tests.quality.fit` writes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: float
    weights: dict[str, NonNegativeFloat] = Field(min_length=1)
    """What each feature that holds adds to the log odds of being right."""


@cache
def table() -> Table:
    """The checked file; a pydantic ValidationError names what is wrong in it."""
    text = files("services.extractor.coding.events").joinpath("confidence.yaml").read_text(encoding="utf-8")
    return Table.model_validate(yaml.safe_load(text))


def features(event: ConflictEvent) -> dict[str, bool]:
    """What speaks for an event, each by the name that it has in the table."""
    roles = {actor.role for actor in event.actors}
    place, date = event.place, event.date
    return {
        "typed": event.event_type is not None,
        "told_in_text": any(span.field == "event_type" and span.in_ == "text" for span in event.evidence),
        "dated_outright": date is not None and date.basis == "text" and "date" not in event.inferred,
        "in_a_country": place is not None and place.country is not None,
        "placed_outright": place is not None and "place" not in event.inferred,
        "country_told": place is not None and place.country is not None and "place.country" not in event.inferred,
        "doer": bool(roles & {"perpetrator", "participant"}),
        "armed": bool(event.weapons),
    }


def confidence(event: ConflictEvent) -> float:
    """The share of such events that are right in type, country and date, as far as the project's cases tell."""
    weights = table().weights
    odds = table().base + sum(weights[name] for name, holds in features(event).items() if holds)
    return round(min(max(1 / (1 + math.exp(-odds)), _LEAST), _MOST), 3)
