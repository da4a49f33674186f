"""ArticleEvents: all events of one version of one article, on the `conflict-events` topic."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from schemas.article import PublishedAt, Source, Status
from schemas.base import Many, Message
from schemas.event import ConflictEvent

MAX_EVENTS = 1000
"""Most events of one article; a longer text is to be sent in parts."""
MAX_FINGERPRINT = 1024
"""Longest fingerprint, in numbers."""
MAX_KEYWORDS = 1000
"""Most keywords."""


class Coder(Message):
    """Which coder read the article."""

    name: str
    """`rules`, or the name of another coder."""
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    """Ordered, dotted numbers: a higher one replaces what a lower one said."""

    def order(self) -> tuple[int, ...]:
        """The version as numbers, for comparison; 1.10 comes after 1.9, and 1.0 equals 1."""
        parts = [int(part) for part in self.version.split(".")]
        while parts and parts[-1] == 0:
            parts.pop()
        return tuple(parts)


class Sentence(Message):
    """A sentence that evidence stands in."""

    in_: Literal["text", "title"] = Field(alias="in")
    """Which part of the article the offsets count in."""
    start: Annotated[int, Field(ge=0)]
    """First character, from 0."""
    end: Annotated[int, Field(ge=0)]
    """One past the last character."""
    text: str
    """What the sentence reads."""


class ArticleEvents(Message):
    """All events of one version of one article, also when there are none."""

    article_id: str
    """The article's id."""
    version: Annotated[int, Field(ge=0)] = 0
    """The article's version."""
    status: Status = "actual"
    """The article's status."""
    withdrawn: bool = False
    """The article was taken back: there are no events."""
    language: str | None = None
    """The article's language, given or detected."""
    title: str | None = None
    """The headline."""
    source: Source = Source()
    """Who published it."""
    published_at: PublishedAt | None = None
    """When it was published, given or read from its head."""
    article_time: AwareDatetime
    """The article record's `ce_time`, else its timestamp."""
    fingerprint: Many[int] = []
    """MinHash of the text's word shingles, for near-duplicates; empty for a text too short to compare."""
    keywords: Many[str] = []
    """Names, numbers and uncommon words at the article's head, and who is told by name and age ("Traore, Amadou"), for
    telling like incidents apart."""
    coder: Coder
    """Which coder read it."""
    sentences: Many[Sentence] = []
    """The sentences that evidence stands in, in the order of the article."""
    events: Many[ConflictEvent] = []
    """The events, by rank."""

    def order(self) -> tuple[int, tuple[int, ...]]:
        """What decides which of several messages for one article is current; of equals, the latest offset."""
        return self.version, self.coder.order()
