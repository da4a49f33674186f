"""Articles of our own for tests of the coder, and what they are coded as."""

from __future__ import annotations

import datetime as dt
from functools import cache

from schemas import Article, ArticleEvents, ConflictEvent
from services.extractor.coding import code_article

THURSDAY = dt.date(2024, 3, 14)
TIME = dt.datetime(2024, 3, 14, 12, 0, tzinfo=dt.UTC)


def coded(text: str, title: str | None = None, published: dt.date | None = THURSDAY) -> ArticleEvents:
    """All that an article with this text reports."""
    return code_article(Article(id="a", title=title, text=text, published_at=published), article_time=TIME)


@cache
def events(text: str, title: str | None = None, published: dt.date | None = THURSDAY) -> tuple[ConflictEvent, ...]:
    """The events of an article with this text, by rank."""
    return tuple(coded(text, title, published).events)


def violence(text: str, title: str | None = None) -> tuple[ConflictEvent, ...]:
    """Those of them that are not mere diplomacy, whatever their modality."""
    talk = {"ACCUSE", "REQUEST", "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "REJECT", "AID", "CONCEDE", "SANCTION"}
    return tuple(e for e in events(text, title) if e.plover is not None and e.plover.event not in talk)


def names(event: ConflictEvent, role: str) -> set[str]:
    """Canonical names of the actors in that role."""
    return {actor.name for actor in event.actors if actor.role == role}


def kinds(event: ConflictEvent, role: str) -> set[str | None]:
    """Kinds of the actors in that role."""
    return {actor.kind for actor in event.actors if actor.role == role}


def triggers(event: ConflictEvent) -> set[str]:
    """The words that the event's type rests on, in lower case."""
    return {span.text.lower() for span in event.evidence if span.field == "event_type"}
