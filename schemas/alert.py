"""Alert: what subscribers of `event-alerts` read about one incident."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from schemas import words
from schemas.article import PublishedAt, Status
from schemas.article_events import Sentence
from schemas.base import Many, Message, OneOf
from schemas.event import Casualties, EventFacts, Evidence


class Report(Message):
    """What one article says of the incident."""

    article_id: str
    """The article's id."""
    event_id: str
    """The article's event that belongs to the incident."""
    source: str | None = None
    """The outlet's name."""
    url: str | None = None
    """Where the article can be read."""
    title: str | None = None
    """The headline."""
    published_at: PublishedAt | None = None
    """When it was published."""
    casualties: Casualties = Casualties()
    """The numbers it gave."""
    evidence: Many[Evidence] = []
    """The spans that show what it says."""
    sentences: Many[Sentence] = []
    """The sentences that the evidence stands in."""


class Change(Message):
    """One fact that differs from the alert before."""

    field: str
    """Dotted name of the field, such as `casualties.killed`."""
    before: str | None = None
    """How it read; null where it was not known."""
    after: str | None = None
    """How it reads; null where it is not known any more."""


class Claim(Message):
    """What some sources say of a field on which reports disagree."""

    value: str
    """How they have it."""
    sources: Many[str]
    """The outlets, or the articles' ids where they name none."""


class Disagreement(Message):
    """A field of the merged facts on which independent reports differ: shown, not averaged."""

    field: str
    """Dotted name of the field, such as `casualties.killed`."""
    claims: Many[Claim]
    """Each answer with who gives it, the one that the merged facts go by first."""


class Alert(Message):
    """One alert, fixed when it is written to the outbox and published byte for byte."""

    id: str
    """uuid5 of incident id and sequence."""
    incident_id: str
    """uuid5 of the first report's event id; it never changes."""
    sequence: Annotated[int, Field(ge=0)]
    """Number of the alert within its incident, from 0, without gaps."""
    message_type: Annotated[str, OneOf(words.MESSAGE_TYPES)]
    """`alert` the first, `update`, or `cancel`."""
    references: Many[str] = []
    """Ids of the alerts that this one replaces."""
    sent: AwareDatetime
    """When it was written to the outbox."""
    status: Status = "actual"
    """The status that its articles carry."""
    severity: Annotated[str, OneOf(words.SEVERITIES)]
    """CAP's word, by the documented table of toll, type and weapon."""
    urgency: Annotated[str, OneOf(words.URGENCIES)]
    """CAP's word: news tells of the past; `unknown` without a date."""
    certainty: Annotated[str, OneOf(words.CERTAINTIES)]
    """CAP's word, raised by independent sources."""
    headline: str
    """One line for people."""
    description: str
    """A short paragraph for people."""
    event: EventFacts
    """The merged facts."""
    reports: Many[Report] = []
    """What each article says."""
    independent_sources: Annotated[int, Field(ge=0)] = 0
    """How many sources do not copy one another."""
    rules: Many[str] = []
    """Names of the rules that matched."""
    changes: Many[Change] = []
    """What differs from the last alert of this incident."""
    disagreements: Many[Disagreement] = []
    """Where independent reports differ."""
    merged_into: str | None = None
    """On a cancel: the incident that tells it from now on, since the two turned out to be one."""
