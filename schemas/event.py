"""ConflictEvent: who did what to whom, where, when, with what toll, and the spans of text that say so."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas import words
from schemas.base import Country, Many, Message, OneOf
from schemas.taxonomies import acled, cameo, plover

Count = Annotated[int, Field(ge=0)]


class Plover(Message):
    """The event in PLOVER 0.8's terms."""

    event: Annotated[str, OneOf(plover.event_names())]
    """One of PLOVER's 16 events, such as `ASSAULT`."""
    mode: Annotated[str, OneOf(plover.mode_names())] | None = None
    """The event's mode, such as `aerial`; null where the text does not tell or the event has none."""


class Cameo(Message):
    """The event in CAMEO 1.1b3's terms, to the depth that the text supports."""

    code: Annotated[str, OneOf(cameo.code_names())]
    """CAMEO code as a string: leading zeros count."""
    root: Annotated[str, OneOf(cameo.root_names())]
    """The code's first two digits."""
    quad_class: Annotated[int, Field(ge=1, le=4)]
    """GDELT's quad class: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict."""
    goldstein: Annotated[float, Field(ge=-10, le=10)]
    """Goldstein scale of the code, -10 to 10: of the event's type, never of its size."""


class EventDate(Message):
    """When the event took place, as a span of days with both ends included."""

    start: dt.date
    """First day it may have happened."""
    end: dt.date
    """Last day it may have happened."""
    precision: Annotated[str, OneOf(words.DATE_PRECISIONS)]
    """How exactly the text tells it."""
    text: str | None = None
    """The words that tell it; null when the day of publication stands in."""
    basis: Annotated[str, OneOf(words.DATE_BASES)]
    """`text`: told by the text. `publication`: reported as news, so of about the day of publication."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError("`end` is before `start`")
        return self


class Actor(Message):
    """One side of the event."""

    role: Annotated[str, OneOf(words.ROLES)]
    """`perpetrator`, `target`, or `participant` for both sides of a clash."""
    name: str
    """Canonical name in usual English, ASCII, such as `Military Forces of Pakistan`."""
    mention: str
    """The words of the text."""
    kind: Annotated[str, OneOf(words.ACTOR_KINDS)] | None = None
    """What the actor is, in ACLED's words; null where the text does not tell."""
    country: Country | None = None
    """The actor's home, ISO 3166-1 alpha-3."""
    code: str | None = None
    """CAMEO actor code, such as `PAKMIL`."""


class Place(Message):
    """Where the event took place, no more exactly than the text tells."""

    name: str
    """Usual English name, ASCII."""
    mention: str
    """The words of the text."""
    admin1: str | None = None
    """First-level division: province, state, governorate."""
    admin2: str | None = None
    """Second-level division: district, county."""
    country: Country | None = None
    """ISO 3166-1 alpha-3."""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    """Degrees, WGS 84; representative at precision 2 and 3, null at 4."""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    """Degrees, WGS 84; representative at precision 2 and 3, null at 4."""
    precision: Annotated[int, Field(ge=1, le=4)]
    """1 town, 2 near a town or part of a region, 3 region, 4 country."""
    geonames_id: int | None = None
    """The place's GeoNames id."""

    @model_validator(mode="after")
    def _honest_point(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("a point has both `latitude` and `longitude`")
        if self.precision == 4 and self.latitude is not None:
            raise ValueError("a country has no point")
        return self


class TollGroup(Message):
    """A part of a toll: who they were, and how many."""

    who: str
    """The words of the text, without the number: `children`, `militants`."""
    count: Count | None = None
    """How many; null where the text does not tell."""


class Toll(Message):
    """How many suffered one kind of harm."""

    low: Count | None = None
    """The least that the words allow."""
    best: Count | None = None
    """The number the text gives; null where it gives only a bound or a vague word."""
    high: Count | None = None
    """The most that the words allow; null where they set no upper bound."""
    text: str | None = None
    """The words of the text."""
    groups: Many[TollGroup] = []
    """The parts that the text tells."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        if known != sorted(known):
            raise ValueError("`low`, `best` and `high` are out of order")
        return self


class Casualties(Message):
    """The toll by kind of harm; null where the text tells none."""

    killed: Toll | None = None
    """Dead, those found dead included."""
    injured: Toll | None = None
    """Wounded or hurt."""
    missing: Toll | None = None
    """Not found."""
    abducted: Toll | None = None
    """Taken by force by others than the state's law."""
    arrested: Toll | None = None
    """Detained by a state or de-facto authority."""
    displaced: Toll | None = None
    """Driven from their homes."""


class Evidence(Message):
    """A span of the article that shows one field."""

    field: str
    """One of `event_type` (the trigger), `modality`, `date`, `actors.N`, `place`, `casualties.KIND`, `weapons.N`,
    `claimed_by`, `reported_by`.
    """
    in_: Literal["text", "title"] = Field(alias="in")
    """Which part of the article the offsets count in."""
    start: Count
    """First character, from 0."""
    end: Count
    """One past the last character."""
    text: str
    """What the span reads."""

    @model_validator(mode="after")
    def _spans_its_text(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError("`end` - `start` is not the length of `text`")
        return self


class EventFacts(Message):
    """The facts of an event, as one article reports them or as several reports add up."""

    disorder_type: Annotated[str, OneOf(acled.disorder_types())] | None = None
    """ACLED's disorder type; null for what ACLED does not record."""
    event_type: Annotated[str, OneOf(acled.event_types())] | None = None
    """ACLED's event type; null for what ACLED does not record, such as ordinary crime and diplomacy."""
    sub_event_type: Annotated[str, OneOf(acled.sub_event_types())] | None = None
    """ACLED's sub-event type."""
    plover: Plover | None = None
    """The event in PLOVER's terms."""
    cameo: Cameo | None = None
    """The event in CAMEO's terms."""
    modality: Annotated[str, OneOf(words.MODALITIES)] = "actual"
    """Only `actual` and `attempted` make incidents."""
    date: EventDate | None = None
    """When; null where the text does not tell."""
    actors: Many[Actor] = []
    """Who did it, to whom; empty where the text names nobody."""
    place: Place | None = None
    """Where; null where the text does not tell."""
    casualties: Casualties = Casualties()
    """With what toll."""
    weapons: Many[str] = []
    """Means that the text names, normalised: `missile`, `drone`, `car bomb`."""
    claimed_by: str | None = None
    """Who claims it."""
    reported_by: str | None = None
    """Who says it."""
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Calibrated: of the events at 0.8, about 80% are right in type, country and date."""
    inferred: Many[str] = []
    """Fields that the text does not say outright."""


class ConflictEvent(EventFacts):
    """One event as one article reports it."""

    id: str
    """uuid5 of article id, the trigger's span and the event's ordinal among the events of that trigger."""
    rank: Count
    """0 is what the article is mainly about."""
    evidence: Many[Evidence] = []
    """The spans that show the fields."""

    def makes_incident(self) -> bool:
        """True for what the sink alerts on: done or tried, and of an ACLED type or a PLOVER ASSAULT."""
        violent = self.event_type is not None or (self.plover is not None and self.plover.event == "ASSAULT")
        return self.modality in words.INCIDENT_MODALITIES and violent
