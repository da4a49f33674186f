"""Makes events of an answer: quotes that stand in the article become fields with evidence, the rest is dropped."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from schemas import ids
from schemas.event import Actor, Cameo, Casualties, ConflictEvent, EventDate, Evidence, Place, Plover, Toll
from schemas.taxonomies import acled, cameo, plover
from services.extractor.coding.events.codes import codes
from services.extractor.coding.events.confidence import confidence
from services.extractor.coding.reading.sentences import Sentence
from services.extractor.model_coder import facts
from services.extractor.model_coder.answer import Answer, Quote, Told
from services.extractor.model_coder.places import Places
from services.extractor.model_coder.spans import Span, find

MAX_EVENTS = 100
"""Events an article may give, and of one event actors, tolls and weapons each."""


def events(
    article_id: str, answer: Answer, sentences: Sequence[Sentence], published: dt.date | None
) -> list[ConflictEvent]:
    """The events whose trigger stands in the article, in the answer's order, each once. Deterministic.

    `sentences` are the article's, numbered as the model saw them; `published` is the day that relative dates
    are reckoned from.
    """
    places = Places(sentences)
    ordinals: Counter[tuple[str, int, int]] = Counter()
    found: list[ConflictEvent] = []
    for told in _unique(answer.events)[:MAX_EVENTS]:
        trigger = find(told.trigger.q, told.trigger.s, sentences)
        if trigger is not None:
            proof = trigger.evidence("event_type")
            key = (proof.in_, proof.start, proof.end)
            event_id = ids.event_id(article_id, *key, ordinals[key])
            ordinals[key] += 1
            made = _Writer(told, trigger, sentences, places, published).event(event_id)
            found.append(made.model_copy(update={"rank": len(found), "confidence": confidence(made)}))
    return found


def spoken(found: Sequence[ConflictEvent], sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that evidence stands in, in the order of the article."""
    spans = {(e.in_, e.start) for event in found for e in event.evidence}
    return [s for s in sentences if any(part == s.part and s.start <= start < s.end for part, start in spans)]


def _unique(told: Sequence[Told]) -> list[Told]:
    """Models that lose the thread say the same again and again."""
    return list({one.model_dump_json(): one for one in told}.values())


class _Writer:
    """Turns one told event into a ConflictEvent, gathering evidence as it goes."""

    def __init__(
        self, told: Told, trigger: Span, sentences: Sequence[Sentence], places: Places, published: dt.date | None
    ) -> None:
        self._told = told
        self._sentences = sentences
        self._places = places
        self._published = published
        self._evidence: list[Evidence] = [trigger.evidence("event_type")]
        self._inferred: set[str] = set()

    def event(self, event_id: str) -> ConflictEvent:
        """The event, at rank 0."""
        told = self._told
        row = acled.sub_events().get(told.sub_event_type or "")
        self._prove_modality()
        date, place = self._date(), self._place()
        return ConflictEvent(
            id=event_id,
            rank=0,
            disorder_type=row.disorder_type if row else None,
            event_type=row.event_type if row else None,
            sub_event_type=row.sub_event_type if row else None,
            plover=_plover(told),
            cameo=_cameo(told),
            modality=told.modality,
            date=date,
            actors=self._actors(place),
            place=place,
            casualties=self._casualties(),
            weapons=self._weapons(),
            claimed_by=self._claimed_by(place),
            reported_by=self._reported_by(),
            evidence=self._evidence,
            inferred=sorted(self._inferred),
        )

    def _find(self, quote: Quote | None) -> Span | None:
        return find(quote.q, quote.s, self._sentences) if quote is not None else None

    def _prove_modality(self) -> None:
        """Without words for it the modality stays, marked as inferred: "actual" would raise a false alarm."""
        if self._told.modality == "actual":
            return
        cue = self._find(self._told.modality_cue)
        if cue is None:
            self._inferred.add("modality")
        else:
            self._evidence.append(cue.evidence("modality"))

    def _date(self) -> EventDate | None:
        told = self._told
        if told.date is not None:
            quoted = self._find(told.date)
            read = facts.date(quoted, self._published, told.modality) if quoted is not None else None
            if read is None:
                return None
            self._evidence.append(read[1].evidence("date"))
            return read[0]
        if self._published is None or told.modality not in ("actual", "attempted"):
            return None
        self._inferred.add("date")
        first = max(self._published, dt.date.min + dt.timedelta(days=1)) - dt.timedelta(days=1)
        # news without a day tells of the day it came out or the one before
        return EventDate(start=first, end=self._published, precision="day", basis="publication")

    def _place(self) -> Place | None:
        quoted = self._find(self._told.place)
        placed = self._places.resolve(quoted) if quoted is not None else None
        if placed is None:
            return None
        self._evidence.append(placed.span.evidence("place"))
        self._inferred.update(placed.inferred)
        return placed.place

    def _actors(self, place: Place | None) -> list[Actor]:
        found: list[Actor] = []
        for party in self._told.actors[:MAX_EVENTS]:
            quoted = self._find(party.who)
            made = self._actor(quoted, party.role, place) if quoted is not None else None
            if quoted is None or made is None or any((a.role, a.name) == (made.role, made.name) for a in found):
                continue
            self._evidence.append(quoted.evidence(f"actors.{len(found)}"))
            found.append(made)
        return found

    def _actor(self, quoted: Span, role: str, place: Place | None) -> Actor | None:
        violent = self._told.sub_event_type is not None or self._told.plover == "ASSAULT"
        return facts.actor(quoted, role, place.country if place else None, violent=violent)

    def _casualties(self) -> Casualties:
        found: dict[str, Toll] = {}
        for harm in self._told.tolls[:MAX_EVENTS]:
            quoted = self._find(harm.said)
            counted = facts.toll(quoted, harm.kind) if quoted is not None else None
            if counted is None or harm.kind in found:
                continue
            found[harm.kind] = counted.toll
            self._evidence.append(counted.span.evidence(f"casualties.{harm.kind}"))
            if counted.inferred:
                self._inferred.add(f"casualties.{harm.kind}")
        return Casualties(**found)

    def _weapons(self) -> list[str]:
        names: list[str] = []
        for quote in self._told.weapons[:MAX_EVENTS]:
            quoted = self._find(quote)
            read = facts.weapon(quoted) if quoted is not None else None
            if read is not None and read[0] not in names:
                self._evidence.append(read[1].evidence(f"weapons.{len(names)}"))
                names.append(read[0])
        return names

    def _claimed_by(self, place: Place | None) -> str | None:
        quoted = self._find(self._told.claimed_by)
        made = self._actor(quoted, "perpetrator", place) if quoted is not None else None
        if quoted is None or made is None:
            return None
        self._evidence.append(quoted.evidence("claimed_by"))
        return made.name

    def _reported_by(self) -> str | None:
        quoted = self._find(self._told.reported_by)
        if quoted is None or len(quoted.text) > facts.MAX_NAME:
            return None
        self._evidence.append(quoted.evidence("reported_by"))
        return quoted.text


def _plover(told: Told) -> Plover | None:
    """The model's word where PLOVER has it, else what the ACLED type reads as; a mode of another event is dropped."""
    event = plover.events().get(told.plover or "")
    if event is not None and told.plover is not None:
        return Plover(event=told.plover, mode=told.plover_mode if told.plover_mode in event.modes else None)
    known = codes().get(told.sub_event_type or "")
    return Plover(event=known.plover, mode=known.mode) if known is not None else None


def _cameo(told: Told) -> Cameo | None:
    """The model's code where CAMEO has it, else that of the ACLED type."""
    known = codes().get(told.sub_event_type or "")
    row = cameo.codes().get(told.cameo or "") or (cameo.codes()[known.cameo] if known is not None else None)
    if row is None:
        return None
    return Cameo(code=row.code, root=row.root, quad_class=row.quad_class, goldstein=row.goldstein)
