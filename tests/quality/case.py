"""What a quality case states, as a schema: a text, and those fields of its events that were decided by reading it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from schemas import words
from schemas.base import Country
from schemas.taxonomies.acled import sub_event_types
from schemas.taxonomies.plover import event_names, mode_names

FOLDER = Path(__file__).parent / "cases"

Nothing = Literal["none"]
NONE: Nothing = "none"


def known(allowed: Collection[str]) -> AfterValidator:
    """A validator that refuses words, alone or in a list, other than those allowed."""

    def check(value: Any) -> Any:
        for word in [value] if isinstance(value, str) else value:
            if word not in allowed:
                raise ValueError(f"{word!r} is none of: {', '.join(sorted(allowed))}")
        return value

    return AfterValidator(check)


class Strict(BaseModel):
    """A misspelt key is an error: it would be a field that nobody compares."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WantedToll(Strict):
    """A toll's bounds; what is not stated is not compared, `none` must be null."""

    low: int | Nothing | None = None
    best: int | Nothing | None = None
    high: int | Nothing | None = None


class Within(Strict):
    """Two days that the event's span must lie within, for words such as "last week"."""

    within: tuple[dt.date, dt.date]


class WantedPlace(Strict):
    """A place; what is not stated is not compared. A `name` is met by the canonical name or the text's words."""

    name: str | list[str] | None = None
    mention: str | None = None
    admin1: str | None = None
    country: Country | None = None
    precision: Annotated[int, Field(ge=1, le=4)] | None = None


Number = int | WantedToll | Nothing | None


class WantedFacts(Strict):
    """What both an event of one article and an incident of several may state; what is not stated is not compared."""

    type: Annotated[str | list[str], known([*sub_event_types(), NONE])] | None = None
    """ACLED's sub-event type, or several that are right; `none` for what ACLED does not record."""
    date: dt.date | Within | tuple[dt.date, dt.date] | Nothing | None = None
    """The day, the first and last day, or a span that holds it."""
    by: list[str] | None = None
    """Who did it or took part: each is met by the beginning of words in a name or mention; [] for nobody named."""
    to: list[str] | None = None
    """To whom it was done; likewise."""
    killed: Number = None
    """A number is the best figure."""
    injured: Number = None
    """Likewise."""
    missing: Number = None
    """Likewise."""
    abducted: Number = None
    """Likewise."""
    arrested: Number = None
    """Likewise."""
    displaced: Number = None
    """Likewise."""
    weapons: list[str] | None = None
    """Each is met by words in a weapon; [] for none."""
    claimed_by: str | None = None
    """Who claims it; `none` for nobody."""


class WantedEvent(WantedFacts):
    """One event. What is not stated is not compared, but for the modality: where none is stated it is `actual`."""

    plover: Annotated[str | list[str], known(event_names())] | None = None
    """PLOVER's event, or several that are right."""
    mode: Annotated[str, known(mode_names())] | None = None
    """PLOVER's mode."""
    modality: Annotated[str | list[str], known(words.MODALITIES)] = "actual"
    """Whether it happened."""
    place: WantedPlace | Nothing | None = None
    """Where."""
    reported_by: str | None = None
    """Who says it; `none` for nobody."""

    def denies(self) -> bool:
        """True where a field is stated to be absent, or the event not to have been done."""
        stated = [getattr(self, name) for name in self.model_fields_set]
        return any(value in (NONE, []) for value in stated) or "actual" not in self.modality


class Case(Strict):
    """A text, and what is to be read from it."""

    text: str
    """The article's text."""
    title: str | None = None
    """Its headline."""
    published: dt.date | None = None
    """Its day of publication."""
    language: str | None = None
    """The language to be detected."""
    events: Annotated[list[WantedEvent], Field(min_length=1)] | Nothing | None = None
    """The main event first, the others in any order; `none` when the text tells nothing that makes an incident."""
    incidents: Annotated[int, Field(ge=0)] | None = None
    """How many events make an incident."""
    nothing: bool = False
    """True when the text tells no event at all, not even of talks or words."""

    @model_validator(mode="after")
    def _states_one_thing(self) -> Self:
        if self.nothing == (self.events is not None):
            raise ValueError("state either `events` or `nothing: true`")
        return self

    def wanted(self) -> list[WantedEvent]:
        """The events that the case states."""
        return self.events if isinstance(self.events, list) else []

    def negative(self) -> bool:
        """True where no event is stated, or a field of one is stated to be absent."""
        return not self.wanted() or any(event.denies() for event in self.wanted())


class Phenomenon(Strict):
    """A file of cases that show one phenomenon of news English."""

    phenomenon: str
    """Its name, as the table prints it."""
    cases: Annotated[list[Case], Field(min_length=5)]
    """At least five texts that differ in more than names."""


def load(folder: Path = FOLDER) -> dict[str, Phenomenon]:
    """All phenomena by file stem, in order. Raises pydantic.ValidationError for a file that breaks the format."""
    return {
        path.stem: Phenomenon.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.yaml"))
    }
