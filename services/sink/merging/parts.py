"""Which events of one article are one incident: an event and what is a part or a consequence of it."""

from __future__ import annotations

from collections.abc import Sequence

from schemas import Actor, Casualties, ConflictEvent, EventDate, Evidence, Place
from schemas.words import TOLL_KINDS
from services.sink.merging.knowledge import kind_of, knowledge, mixing
from services.sink.merging.names import apart, fold, one_name, sides

_DOERS = ("perpetrator", "participant")
_TOWN = 2
"""Places of this precision or finer are towns, or near one."""


def units(events: Sequence[ConflictEvent]) -> list[list[ConflictEvent]]:
    """The events of one article by incident: each joins the first before it, by rank, that it can be a part of."""
    found: list[list[ConflictEvent]] = []
    for event in sorted(events, key=lambda event: event.rank):
        home = next((unit for unit in found if all(_belong(event, other) for other in unit)), None)
        if home is None:
            found.append([event])
        else:
            home.append(event)
    return found


def whole(unit: Sequence[ConflictEvent]) -> ConflictEvent:
    """The event that a unit is told by: its weightiest, with what only the others tell of the harm, day and place."""
    order = knowledge().weightiest
    head = min(unit, key=lambda event: (order.index(kind_of(event.sub_event_type)), event.rank))
    others = [event for event in unit if event is not head]
    changes: dict[str, object] = {}
    evidence: list[Evidence] = []
    inferred: list[str] = []

    def take(field: str, source: ConflictEvent) -> None:
        evidence.extend(span for span in source.evidence if span.field == field)
        inferred.extend(name for name in source.inferred if name == field or name.startswith(f"{field}."))

    tolls = {kind: getattr(head.casualties, kind) for kind in TOLL_KINDS}
    for event in others:
        for kind in TOLL_KINDS:
            if tolls[kind] is None and getattr(event.casualties, kind) is not None:
                tolls[kind] = getattr(event.casualties, kind)
                take(f"casualties.{kind}", event)
        for field in ("date", "place"):
            if getattr(head, field) is None and field not in changes and getattr(event, field) is not None:
                changes[field] = getattr(event, field)
                take(field, event)
    actors, shown, guessed = _doers_besides(head, others)
    evidence += shown
    inferred += guessed
    if actors:
        changes["actors"] = [*head.actors, *actors]
    if not evidence and not changes:
        return head
    return head.model_copy(
        update={
            **changes,
            "casualties": Casualties(**tolls),
            "evidence": [*head.evidence, *evidence],
            "inferred": sorted({*head.inferred, *inferred}),
        }
    )


def _doers_besides(
    head: ConflictEvent, others: Sequence[ConflictEvent]
) -> tuple[list[Actor], list[Evidence], list[str]]:
    """The named doers that a part of the head's own type tells, where the head tells none: "the exchange of fire"."""
    if sides(head.actors, _DOERS) or head.sub_event_type is None:
        return [], [], []
    alike = (event for event in others if event.sub_event_type == head.sub_event_type)
    event = next((event for event in alike if sides(event.actors, _DOERS)), None)
    actors: list[Actor] = []
    evidence: list[Evidence] = []
    inferred: list[str] = []
    for number, actor in enumerate(event.actors if event is not None else ()):
        if event is None or not sides([actor], _DOERS):
            continue
        was, is_ = f"actors.{number}", f"actors.{len(head.actors) + len(actors)}"
        actors.append(actor)
        evidence += [span.model_copy(update={"field": is_}) for span in event.evidence if span.field == was]
        inferred += [is_] if was in event.inferred else []
    return actors, evidence, inferred


def _belong(one: ConflictEvent, other: ConflictEvent) -> bool:
    """True unless something tells the two apart: kind, day, town, doers, or means together with the dead."""
    return (
        _same_kind(kind_of(one.sub_event_type), kind_of(other.sub_event_type))
        and _same_days(one.date, other.date)
        and _same_place(one.place, other.place)
        and _same_doers(one.actors, other.actors)
        and not _other_deed(one, other)
    )


def _same_kind(one: str, other: str) -> bool:
    return mixing(one, other) is not None or any({one, other} == set(pair) for pair in knowledge().together)


def _same_days(one: EventDate | None, other: EventDate | None) -> bool:
    if one is None or other is None:
        return True
    return (one.start <= other.end and other.start <= one.end) or "publication" in (one.basis, other.basis)


def _same_place(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if max(one.precision, other.precision) <= _TOWN:
        return one_name(fold(one.name), fold(other.name))
    return not apart(fold(one.admin1) if one.admin1 else None, fold(other.admin1) if other.admin1 else None)


def _same_doers(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    mine, theirs = sides(one, _DOERS), sides(other, _DOERS)
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _other_deed(one: ConflictEvent, other: ConflictEvent) -> bool:
    """Another number of dead is that of another deed: a count of one deed is told once in an article."""
    mine, theirs = one.casualties.killed, other.casualties.killed
    return bool(mine and theirs and mine.best and theirs.best and mine.best != theirs.best)
