"""Names that a verb makes a place's: what is stormed, entered, shelled or patrolled is ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.places.fold import ascii_name
from services.extractor.coding.places.model import Candidate, PlaceMention

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_ON_GROUND = frozenset(("entry", "patrol", "shelling"))
_VERBS = ("storm", "raid", "invad", "overr", "overran", "besieg", "retak", "retook", "occup", "liberat")


def ground_objects(mention: Mention) -> list[PlaceMention]:
    """The names of nobody known that are the verb's object, as places that are in no data."""
    if not mention.verbal or not (mention.cls.name in _ON_GROUND or mention.text.lower().startswith(_VERBS)):
        return []
    verbs = [mention.token, *(c for c in tree.children(mention.token, "conj") if not tree.children(c, "nsubj"))]
    heads = [t for v in verbs for o in tree.children(v, "dobj", "nsubjpass") for t in tree.with_conjuncts(o)]
    return [place for head in heads if (place := _named(mention, head)) is not None]


def _named(mention: Mention, head: Token) -> PlaceMention | None:
    """The name that the head ends, if the sentence knows nobody and no day by it."""
    if not head.text[:1].isupper() or head.idx == 0 or head.text.isupper():
        return None
    first = head
    for child in tree.children(head, "compound", "nmod"):
        if child.text[:1].isupper() and child.i < first.i:
            first = child
    view, start, end = mention.view, first.idx, head.idx + len(head)
    taken = [(a.start, a.end) for a in view.actors] + [(d.start, d.end) for d in view.dates]
    taken += [(p.start, p.end) for p in view.places]
    if any(s < end and start < e for s, e in taken) or not any(c.isalpha() for c in view.sentence.text[start:end]):
        return None
    text = view.sentence.text[start:end]
    return PlaceMention(start, end, text, (Candidate("unknown", ascii_name(text)),))
