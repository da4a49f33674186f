"""Words of time as data: `words.yaml`, checked when it is read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

Unit = Literal["day", "week", "month", "year"]
Part = Literal["morning", "noon", "afternoon", "evening", "night"]


class Phrase(BaseModel):
    """A fixed phrase such as "last night": so many units from its reference."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Unit
    offset: int
    window: int = 0
    part: Part | None = None
    duration: bool = False


class TimeWords(BaseModel):
    """The contents of `words.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: dict[str, int]
    doubtful_months: frozenset[str]
    weekdays: dict[str, int]
    doubtful_weekdays: frozenset[str]
    feasts: dict[str, tuple[int, int]]
    """Month and day."""
    parts: dict[str, Part]
    vague_counts: dict[str, int]
    relative: dict[str, Phrase]
    to_event: dict[str, Phrase]
    durations: list[str]
    recurring: list[str]
    published: list[str]
    no_place: frozenset[str]


@cache
def time_words() -> TimeWords:
    """The checked file; a pydantic ValidationError names what is wrong in it."""
    text = files("services.extractor.coding.dates").joinpath("words.yaml").read_text(encoding="utf-8")
    return TimeWords.model_validate(yaml.safe_load(text))
