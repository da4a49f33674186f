"""Claims told by themselves, "The group claimed responsibility", go to the deed that was told just before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.words import INCIDENT_MODALITIES
from services.extractor.coding.events import tree
from services.extractor.coding.events.kinds import ARMED
from services.extractor.coding.events.owning import is_disowned, tells_claim
from services.extractor.coding.events.voice import subjects
from services.extractor.coding.events.who import parties
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.party import Party
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token

_OWNING = ("responsibility", "credit")
# Sentences between a deed and its claim: witnesses and officials may speak between.
_FAR = 5


def give_claims(views: Sequence[View], drafts: Sequence[Draft]) -> None:
    """Adds who claims to the drafts, in place."""
    for view in views:
        if tells_claim(view.sentence.text):
            claimants = [p for head in _claimants(view) for p in parties(view, [head], None) if p.kind in ARMED]
            deed = _deed(view, drafts) if claimants else None
            if deed is not None:
                _add(deed, claimants)


def _claimants(view: View) -> Iterator[Token]:
    """Who takes responsibility in the sentence for what it does not name."""
    for noun in view.doc:
        if noun.lower_ not in _OWNING or noun.dep_ not in ("dobj", "nsubjpass") or _names_deed(noun):
            continue
        verb = noun.head
        if not cues()["owning"].has_verb(verb) or is_disowned(verb):
            continue
        yield from subjects(verb) if noun.dep_ == "dobj" else tree.prepositions(verb, "by")


def _names_deed(noun: Token) -> bool:
    """True for "responsibility for the attacks", which the roles of the attack tell; not for "for it", "for them"."""
    named = [*tree.prepositions(noun, "for"), *tree.prepositions(noun.head, "for")]
    return any(t.lower_ not in ("it", "this", "that", "them", "these") for t in named)


def _deed(view: View, drafts: Sequence[Draft]) -> Draft | None:
    """The violence that the text told last before the claim."""
    place = view.sentence.index
    best: tuple[int, Draft] | None = None
    for draft in drafts:
        if draft.modality not in INCIDENT_MODALITIES or draft.background or draft.domain != "violence":
            continue
        if not any(m.cls.plover == "ASSAULT" and not m.attributive for m in draft.mentions):
            continue
        told = [m.view.sentence.index for m in draft.mentions if m.view.sentence.index <= place]
        if told and place - max(told) <= _FAR and (best is None or max(told) > best[0]):
            best = (max(told), draft)
    return best[1] if best is not None else None


def _add(deed: Draft, claimants: Sequence[Party]) -> None:
    known = {p.name for p in deed.claimants}
    suffered = {p.name for p in deed.patients}
    deed.claimants += [p for p in claimants if p.name not in known | suffered]
