"""How a later sentence goes on with an event: by reference, by what came of a crowd, by the deed's own day at last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.dates.expr import FromEvent
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.when import When

_DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "their", "his", "today"))
_LATE = 4  # days after the deed on which news of it may still be told


def comes_of_a_crowd(draft: Draft) -> bool:
    """True for "61 people were arrested", "cars were torched": told after a crowd, it is of that crowd."""
    if "arrest" in draft.names:
        others = [p for p in draft.agents if not p.name.startswith("Police")]
        nobody = all(p.kind == "Civilians" and p.category == "generic" for p in draft.patients)
        return not others and nobody and draft.names <= {"arrest", "injury", "unspecified"}
    return draft.names <= {"looting", "destruction"} and not draft.agents and not draft.weapons


def told_later(told: When, other: Draft) -> bool:
    """True where the day known so far is that of the telling, and the deed then gets its own: "it took place on …"."""
    if not told.derived or told.mention is None or isinstance(told.mention.expr, FromEvent) or other.when is None:
        return False
    own = not other.when.derived and other.when.start == other.when.end
    return own and 0 <= (told.start - other.when.end).days <= _LATE


def refers(draft: Draft) -> bool:
    """`the attack`, `carried out this strike`, `the victims were shot`: the reader is taken to know it."""
    for mention in draft.mentions:
        deeds = [mention.token]
        if mention.verbal:
            sufferers = [s for s in mention.token.children if s.dep_ in ("nsubjpass", "nsubj", "dobj")]
            if any(
                s.lower_ in cues()["victims"].words and any(c.lower_ in _DEFINITE for c in s.children)
                for s in sufferers
            ):
                return True
            deeds = [o for o in mention.token.children if o.dep_ == "dobj" and mention.start < o.idx < mention.end]
        if any(c.lower_ in _DEFINITE for deed in deeds for c in deed.children if c.dep_ in ("det", "poss")):
            return True
    return False
