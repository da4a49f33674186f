"""Who is captured: a person is held, a town is taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.named import on_head
from services.extractor.coding.events.party import members
from services.extractor.coding.events.roles import roles
from services.extractor.coding.events.voice import is_passive
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.triggers import classes

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token

_SOMEBODY = frozenset(("he", "she", "him", "her", "them", "they", "who", "whom"))
_NUMBERED = frozenset(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "scores", "others", "both")
)
_LEFT_OVER = frozenset(("rest", "remainder", "suspect", "suspects"))
_WHERE = ("in", "at", "near", "outside", "inside", "on", "from")


def read_as_held(mention: Mention) -> Mention:
    """Take the capture of a person for what it is: an arrest, whoever makes it."""
    if mention.cls.name == "takeover" and mention.verbal and mention.text.lower().startswith("captur"):
        heads = tree.counted(roles(mention).patients)
        if any(_is_person(mention, head) for head in heads):
            mention.cls, mention.held = classes()["arrest"], True
    return mention


def _is_person(mention: Mention, head: Token) -> bool:
    if head.lower_ in _SOMEBODY | _NUMBERED | members() or head.text.isdigit():
        return True
    if head.lower_ in _LEFT_OVER and is_passive(mention.token):
        return not tree.prepositions(head, "of")
    actor = on_head(mention.view, head)
    if actor is not None:
        return actor.category == "generic" and actor.kind is not None and head.lower_ not in things()["territory"]
    named = head.text[:1].isupper() and (not tree.children(head, "det") or _has_first_name(head))
    return named and not _names_place(mention.view, head) and _is_named_person(mention, head)


def _has_first_name(name: Token) -> bool:
    """`the elusive Omar Said`: described, and of two names."""
    described = any(c.text.islower() for c in tree.children(name, "amod"))
    return described and any(c.text[:1].isupper() for c in tree.children(name, "compound"))


def _is_named_person(mention: Mention, name: Token) -> bool:
    """A name beside which the text says who it is, or which is captured in a place: no place is."""
    if any(_tells_who(mention, t) for t in tree.children(name, "appos")):
        return True
    if not is_passive(mention.token):
        return False
    verbs = tree.with_conjuncts(mention.token)  # "was captured and jailed in Lima"
    below = (t for verb in verbs for t in tree.prepositions(verb, *_WHERE))
    return any(_names_place(mention.view, t) for t in below)


def _tells_who(mention: Mention, beside: Token) -> bool:
    actor = on_head(mention.view, beside)
    return beside.lower_ in members() or beside.text.isdigit() or (actor is not None and actor.kind is not None)


def _names_place(view: View, head: Token) -> bool:
    """True for a place, and for what stands in one: "a restaurant in Lima"."""
    spans = [(p.start, p.end) for p in view.places]
    heads = (head, *tree.prepositions(head), *tree.children(head, "compound"))
    return any(start <= t.idx < end for t in heads for start, end in spans)
