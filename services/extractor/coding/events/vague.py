"""Deeds that are only spoken of: kinds of violence ("abduction and murder") and what is named after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.words import INCIDENT_MODALITIES
from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

# Determiners that pick nothing out.
_ANY = frozenset(("any", "such", "every", "each", "all", "no", "more", "further"))


def only_spoken_of(draft: Draft) -> bool:
    """True where no word of the draft tells of one deed, and no dead or hurt are counted."""
    if draft.tolls or draft.modality not in INCIDENT_MODALITIES:
        return False
    told = [m for m in draft.mentions if not m.attributive]
    return bool(told) and all(m.cls.plover == "ASSAULT" and _vague(m) for m in told)


def names_another(mention: Mention) -> bool:
    """True for a noun that only says of which kind a thing or a person is: "the blast site", "combat uniforms"."""
    noun = mention.token
    if mention.verbal or mention.cls.plover != "ASSAULT" or mention.view.sentence.part == "title":
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ == "as" and cues()["reacting"].has_verb(noun.head.head):
        return True  # "denounced it as a massacre"
    if noun.dep_ != "compound" or noun.head.i < noun.i or tree.children(noun, "det"):
        return False
    return noun.head.dep_ in tree.NOMINAL and noun.head.lower_ not in cues()["deeds"].words


def _vague(mention: Mention) -> bool:
    """True for a bare noun ("kidnapping for ransom") and for one that only names another thing ("the blast site")."""
    if mention.verbal or mention.view.sentence.part == "title":
        return False
    noun = tree.first_conjunct(mention.token)
    if any(_picks_out(child) for child in (*noun.children, *mention.token.children)) or _placed(mention, noun):
        return False
    return _loose(noun)


# After these a bare noun may name a kind; after "during" and "amid" it tells of what went on.
_KIND = frozenset(("of", "in", "for", "about", "against", "on", "as", "like", "including", "from", "with", "than"))


# "Clashes were reported in Xyz", "gunfire was heard".
_TOLD = frozenset(("reported", "heard", "seen", "witnessed", "observed", "launched", "mounted", "staged", "ongoing"))


def _loose(noun: Token) -> bool:
    """True where the phrase does not say that the bare noun came about."""
    governor = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        told = governor.lower_ in _TOLD or cues()["happen"].has_verb(governor)
        return not told and not cues()["result"].has_verb(governor)
    if noun.dep_ == "dobj":
        if governor.lower_ in ("face", "faces", "facing", "fear", "endure"):
            return True  # "women face rape and harassment"
        brought = cues()["bringing"].has_verb(governor)
        return not brought and (not cues()["light"].has_verb(governor) or governor.lower_.endswith("ing"))
    if noun.dep_ == "pobj":
        return governor.lower_ in _KIND and not cues()["bringing"].has_verb(governor.head)
    return noun.dep_ in ("compound", "appos", "attr", "conj")


def _picks_out(child: Token) -> bool:
    return child.dep_ in ("det", "poss", "nummod", "predet") and child.lower_ not in _ANY


def _placed(mention: Mention, noun: Token) -> bool:
    """True where a day, a town or a region stands below the noun."""
    view = mention.view
    spans = [(d.start, d.end) for d in view.dates]
    spans += [(p.start, p.end) for p in view.places if p.candidates[0].kind != "country"]
    return any(noun.is_ancestor(view.head_of(start, end)) for start, end in spans)
