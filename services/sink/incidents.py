"""Which message of an article is current, and which of its events stand for events that it told of before.

Pure: knows no Kafka, no database and no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import ArticleEvents, ConflictEvent, EventFacts

Order = tuple[int, tuple[int, ...]]


@dataclass(frozen=True)
class Told:
    """An event that the article's message before told of."""

    incident_id: str
    event: ConflictEvent


def is_current(message: ArticleEvents, stored: Order | None) -> bool:
    """True when `message` takes the place of the stored one: of equals, the one that comes later does."""
    return stored is None or message.order() >= stored


def standing(events: Sequence[ConflictEvent], before: Sequence[Told]) -> dict[str, str]:
    """The incident of each of a current message's events that was told `before`, by event id.

    An event stands for one of before by its id; where a correction moved the text so that ids changed, by telling the
    same kind of event of the same day, place and actors, if only one does. What is new is not among them.
    """
    known = {told.event.id: told.incident_id for told in before}
    here = {event.id for event in events}
    moved = _moved([e for e in events if e.id not in known], [told for told in before if told.event.id not in here])
    return {event: incident for event, incident in (known | moved).items() if event in here}


def _moved(new: Sequence[ConflictEvent], gone: Sequence[Told]) -> dict[str, str]:
    new_keys = Counter(_likeness(event) for event in new)
    gone_keys = Counter(_likeness(told.event) for told in gone)
    incident = {_likeness(told.event): told.incident_id for told in gone}
    return {event.id: incident[key] for event in new if new_keys[key := _likeness(event)] == 1 and gone_keys[key] == 1}


def _likeness(event: EventFacts) -> tuple[object, ...]:
    return (
        event.event_type,
        event.sub_event_type,
        event.plover.event if event.plover else None,
        (event.date.start, event.date.end) if event.date else None,
        (event.place.country, event.place.admin1, event.place.name) if event.place else None,
        tuple(sorted((actor.role, actor.name) for actor in event.actors)),
    )
