"""Whether somebody takes a deed on himself: not where the claim is wanting, denied or a habit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.voice import subjects
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.reading.tokens import Token

# "Often claims responsibility", "had claimed responsibility before": not of this deed.
_OFTEN = frozenset(("often", "usually", "frequently", "regularly", "routinely", "typically", "sometimes", "previously"))
_OFTEN_AFTER = frozenset(("before", "previously"))


def tells_claim(text: str) -> bool:
    """True where somebody may take a deed on himself; asks the letters alone."""
    lower = text.lower()
    return "responsibility" in lower or (" credit" in lower and ("claim" in lower or "took" in lower))


def is_disowned(verb: Token) -> bool:
    """True where the claim is denied, wanting, or a habit."""
    first = tree.first_conjunct(verb)
    around = [c for v in {verb.i: verb, first.i: first}.values() for c in v.children]
    after = [verb, *(c for c in verb.children if c.i > verb.i)]
    if any(t.lower_ == "past" for c in after for t in tree.prepositions(c, "in")):
        return True
    if any(c.dep_ == "neg" or c.lower_ in _OFTEN or (c.lower_ in _OFTEN_AFTER and c.i > verb.i) for c in around):
        return True
    if any(c.lower_ in ("no", "none", "neither", "nobody") for s in subjects(verb) for c in (s, *s.children)):
        return True
    governor = verb.head if verb.dep_ in ("xcomp", "pcomp", "ccomp") else None
    return governor is not None and (
        cues()["denying"].has_verb(governor)
        or any(c.dep_ == "neg" for c in governor.children)
        or any(c.lower_ == "yet" for c in (governor, *governor.children))
    )
