"""Messages for tests of the sink: whole, small, and about places and people that do not matter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schemas import (
    Actor,
    ArticleEvents,
    Casualties,
    Coder,
    ConflictEvent,
    EventDate,
    Evidence,
    Place,
    Sentence,
    Source,
    Toll,
    ids,
)

ARRIVED = dt.datetime(2024, 1, 18, 12, 0, tzinfo=dt.UTC)
SENT = dt.datetime(2024, 1, 18, 12, 0, 5, tzinfo=dt.UTC)
TEXT = "Raiders attacked the village of Ost on Monday. At least 7 people were killed."


def event(article_id: str, start: int = 8, **changes: Any) -> ConflictEvent:
    """An attack on civilians whose trigger begins at `start`; `changes` are fields."""
    facts: dict[str, Any] = {
        "disorder_type": "Political violence",
        "event_type": "Violence against civilians",
        "sub_event_type": "Attack",
        "date": EventDate(
            start=dt.date(2024, 1, 15), end=dt.date(2024, 1, 15), precision="day", text="on Monday", basis="text"
        ),
        "actors": [
            Actor(role="perpetrator", name="Raiders of the North", mention="Raiders", kind="Political militia"),
            Actor(role="target", name="Civilians", mention="the village", kind="Civilians"),
        ],
        "place": Place(name="Ost", mention="Ost", country="IRN", precision=1, latitude=27.5, longitude=62.5),
        "casualties": Casualties(killed=Toll(low=7, best=7, text="At least 7")),
        "confidence": 0.8,
        "evidence": [
            Evidence(field="event_type", in_="text", start=start, end=start + 8, text="attacked"),
            Evidence(field="casualties.killed", in_="text", start=47, end=57, text="At least 7"),
        ],
    }
    return ConflictEvent(id=ids.event_id(article_id, "text", start, start + 8, 0), rank=0, **(facts | changes))


def message(article_id: str = "a1", events: list[ConflictEvent] | None = None, **changes: Any) -> ArticleEvents:
    """A message with one attack unless `events` says otherwise."""
    fields: dict[str, Any] = {
        "title": "Raid on Ost",
        "source": Source(name="The Paper", url="https://paper.example/ost"),
        "published_at": dt.date(2024, 1, 18),
        "article_time": ARRIVED,
        "coder": Coder(name="rules", version="1.0"),
        "sentences": [
            Sentence(in_="text", start=0, end=46, text=TEXT[:46]),
            Sentence(in_="text", start=47, end=len(TEXT), text=TEXT[47:]),
        ],
    }
    return ArticleEvents(
        article_id=article_id, events=[event(article_id)] if events is None else events, **(fields | changes)
    )


def killed(number: int, **more: Any) -> Casualties:
    """Exactly so many killed."""
    return Casualties(killed=Toll(low=number, best=number, high=number, text=str(number), **more))
