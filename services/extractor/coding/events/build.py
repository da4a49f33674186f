"""Writes a finished draft as a ConflictEvent, with evidence for each field that the text fills."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas import ids
from schemas.event import Actor, Casualties, ConflictEvent, EventDate, Evidence, Place
from schemas.taxonomies import acled
from schemas.words import INCIDENT_MODALITIES
from services.extractor.coding.events.cast import cast
from services.extractor.coding.events.classify import sub_event_type
from services.extractor.coding.events.codes import plover_and_cameo
from services.extractor.coding.events.confidence import confidence
from services.extractor.coding.events.evidence import span
from services.extractor.coding.events.speaker import speaker
from services.extractor.coding.events.support import support
from services.extractor.coding.events.toll import tolls
from services.extractor.coding.events.when import shifted

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.view import View
    from services.extractor.coding.places.model import PlaceMention


@dataclass(frozen=True, slots=True)
class Settled:
    """What the whole article decided of a draft: its place, the mention that shows it, and the fields inferred."""

    place: Place | None
    shown: tuple[View, PlaceMention] | None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What an event's fields depend on besides its draft: the article's id, topic and day."""

    article_id: str
    topic: str | None
    published: dt.date | None


def build(about: About, draft: Draft, settled: Settled, *, ordinal: int, rank: int) -> ConflictEvent:
    """The event, the `ordinal`-th of its draft and the `rank`-th of the article."""
    evidence: list[Evidence] = []
    inferred = list(settled.inferred)
    sub_event = sub_event_type(draft, about.topic)
    row = acled.sub_events()[sub_event] if sub_event is not None else None
    plover, cameo = plover_and_cameo(draft, sub_event)
    lead = _trigger(draft, sub_event)
    evidence.append(span("event_type", lead.view.sentence, lead.start, lead.end))
    evidence += [
        span("event_type", m.view.sentence, m.start, m.end)
        for m in draft.mentions
        if m is not lead and not m.attributive
    ]
    evidence += _supports(draft, {(e.in_, e.start) for e in evidence})
    if draft.modality != "actual" and draft.cue is not None:
        view, token = draft.cue
        evidence.append(span("modality", view.sentence, token.idx, token.idx + len(token)))
    date = _date(draft, about.published, evidence, inferred)
    actors = _actors(draft, sub_event, evidence, inferred)
    if settled.place is not None and settled.shown is not None:
        view, mention = settled.shown
        evidence.append(span("place", view.sentence, mention.start, mention.end))
    casualties = _casualties(draft, evidence, inferred)
    weapons = _weapons(draft, evidence)
    claimed_by = _claimed_by(draft, evidence)
    reported_by = _reported_by(draft, evidence)
    trigger = evidence[0]
    event = ConflictEvent(
        id=ids.event_id(about.article_id, trigger.in_, trigger.start, trigger.end, ordinal),
        rank=rank,
        disorder_type=row.disorder_type if row else None,
        event_type=row.event_type if row else None,
        sub_event_type=sub_event,
        plover=plover,
        cameo=cameo,
        modality=draft.modality,
        date=date,
        actors=actors,
        place=settled.place,
        casualties=casualties,
        weapons=weapons,
        claimed_by=claimed_by,
        reported_by=reported_by,
        evidence=evidence,
        inferred=sorted(set(inferred)),
    )
    return event.model_copy(update={"confidence": confidence(event)})


def _supports(draft: Draft, known: set[tuple[str, int]]) -> list[Evidence]:
    """The light verbs that the words of the event hang on, unless they are evidence already."""
    found = []
    for mention in draft.mentions:
        for verb in support(mention):
            shown = span("event_type", mention.view.sentence, verb.idx, verb.idx + len(verb))
            if (shown.in_, shown.start) not in known:
                known.add((shown.in_, shown.start))
                found.append(shown)
    return found


def _trigger(draft: Draft, sub_event: str | None) -> Mention:
    """The mention whose word shows the type best: of the type itself, in the text, no mere adjective."""
    return max(
        draft.mentions,
        key=lambda m: (
            not m.attributive,
            m.cls.sub_event_type == sub_event,
            not m.cls.weak,
            m.view.sentence.part == "text",
            -m.view.sentence.index,
        ),
    )


def _date(draft: Draft, published: dt.date | None, evidence: list[Evidence], inferred: list[str]) -> EventDate | None:
    when = draft.when
    if when is None and draft.story is not None and not draft.background and draft.modality in INCIDENT_MODALITIES:
        when = draft.story
        inferred.append("date")
    if when is not None:
        text = None
        if when.mention is not None:
            text = when.mention.text
            evidence.append(span("date", when.view.sentence, when.mention.start, when.mention.end))
        return EventDate(start=when.start, end=when.end, precision=when.precision, text=text, basis="text")
    if published is None or draft.background or draft.modality not in INCIDENT_MODALITIES:
        return None
    inferred.append("date")
    # news without a day tells of the day it came out or the one before
    return EventDate(start=shifted(published, -1), end=published, precision="day", basis="publication")


def _actors(draft: Draft, sub_event: str | None, evidence: list[Evidence], inferred: list[str]) -> list[Actor]:
    actors = []
    for number, (role, party) in enumerate(cast(draft, sub_event)):
        evidence.append(span(f"actors.{number}", party.sentence, party.start, party.end))
        if party.derived:
            inferred.append(f"actors.{number}")
        actors.append(
            Actor(
                role=role,
                name=party.name,
                mention=party.mention,
                kind=party.kind,
                country=party.country,
                code=party.code,
            )
        )
    return actors


def _casualties(draft: Draft, evidence: list[Evidence], inferred: list[str]) -> Casualties:
    found = {}
    for kind, (toll, shown) in tolls(draft).items():
        found[kind] = toll
        evidence += [span(f"casualties.{kind}", view.sentence, told.start, told.end) for view, told in shown]
        if len(shown) > 1:
            inferred.append(f"casualties.{kind}")
        if toll.best is None and toll.low is not None and toll.low > 1:
            inferred.append(f"casualties.{kind}")
    return Casualties(**found)


def _weapons(draft: Draft, evidence: list[Evidence]) -> list[str]:
    names: list[str] = []
    for view, weapon in draft.weapons:
        if weapon.name not in names:
            evidence.append(span(f"weapons.{len(names)}", view.sentence, weapon.start, weapon.end))
            names.append(weapon.name)
    return names


def _claimed_by(draft: Draft, evidence: list[Evidence]) -> str | None:
    if not draft.claimants:
        return None
    party = draft.claimants[0]
    evidence.append(span("claimed_by", party.sentence, party.start, party.end))
    return party.name


def _reported_by(draft: Draft, evidence: list[Evidence]) -> str | None:
    for mention in draft.mentions:
        found = speaker(mention)
        if found is not None:
            start, end = found
            evidence.append(span("reported_by", mention.view.sentence, start, end))
            return mention.view.sentence.text[start:end]
    return None
