"""Which incidents the events of an article belong to, and what a newer message for it changes.

Pure: knows no Kafka, no database and no clock. For now each event that makes an incident is one of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas import ArticleEvents, ConflictEvent, EventFacts, ids

Order = tuple[int, tuple[int, ...]]


@dataclass(frozen=True)
class Told:
    """An event that the article's message before told of."""

    incident_id: str
    event: ConflictEvent


@dataclass(frozen=True)
class Plan:
    """What a message does to the incidents of its article."""

    incident_of: Mapping[str, str]
    """Incident id by event id, for each event that makes an incident, by rank."""
    left: tuple[str, ...]
    """Incidents that the article tells of no more."""


def is_current(message: ArticleEvents, stored: Order | None) -> bool:
    """True when `message` takes the place of the stored one: of equals, the one that comes later does."""
    return stored is None or message.order() >= stored


def plan(message: ArticleEvents, before: Sequence[Told]) -> Plan:
    """Where the events of a current `message` belong, given what the article said `before`.

    An event keeps its incident by its id; where a correction moved the text so that ids changed, by telling the same
    kind of event of the same day, place and actors, if only one does. Whatever else is new begins an incident.
    """
    events = sorted((event for event in message.events if event.makes_incident()), key=lambda event: event.rank)
    known = {told.event.id: told.incident_id for told in before}
    moved = _moved(
        [event for event in events if event.id not in known],
        [told for told in before if told.event.id not in {event.id for event in events}],
    )
    incident_of = {event.id: (known | moved).get(event.id) or ids.incident_id(event.id) for event in events}
    kept = set(incident_of.values())
    left = dict.fromkeys(told.incident_id for told in before if told.incident_id not in kept)
    return Plan(incident_of, tuple(left))


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
