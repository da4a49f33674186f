"""Which of a sentence's place names say where the event took place, by their place in the parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.when import offset_clause

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.view import View
    from services.extractor.coding.places.model import PlaceMention
    from services.extractor.coding.reading.tokens import Token

_LOCATIVE = frozenset(
    (
        "in",
        "at",
        "near",
        "outside",
        "around",
        "within",
        "inside",
        "across",
        "along",
        "throughout",
        "on",
        "between",
        "into",
        "of",
        "from",
        "off",
        "over",
        "to",
        "towards",
        "toward",
        "against",
        "north",
        "south",
        "east",
        "west",
        "through",
        "by",
        "under",
    )
)
# The nearer these stand to "where", the more they say it.
_COST = {
    "in": 0,
    "at": 0,
    "near": 0,
    "outside": 0,
    "inside": 0,
    "within": 0,
    "around": 0,
    "across": 0,
    "of": 1,
    "on": 1,
    "between": 1,
    "from": 3,
    "to": 2,
    "into": 1,
    "towards": 2,
    "toward": 2,
    "against": 2,
    "over": 1,
}
_REPORTERS = frozenset(("said", "says", "told", "reported", "announced", "according", "added", "stated", "reports"))
_OWNERS = frozenset(("nsubj", "nsubjpass", "agent"))
_REPORTER_COST = 6
_FAR = 16
# "US-led", "Britain-based": what follows the hyphen tells of somebody, not of a place.
_JOINED = re.compile(
    r"[-\u2011](?:led|based|backed|made|brokered|sponsored|born|allied|linked|supported|trained|funded|style|mediated)\b"
)
# A country before the event's noun ("US strikes") more often says who than where.
_COUNTRY_MODIFIER = 7


@dataclass(frozen=True, slots=True)
class Located:
    """A place name that says where; `cost` is how far from the trigger it stands: the least is the likeliest."""

    view: View
    mention: PlaceMention
    cost: int


def locations(mention: Mention, clause: Token | None) -> list[Located]:
    """The place names of the sentence that can say where the mention took place, the likeliest first.

    `clause` is the `after …` clause that the mention stands in: what stands inside it and what stands outside of it
    tell of different events.
    """
    view = mention.view
    found = []
    for place in view.places:
        head = view.head_of(place.start, place.end)
        other, _ = offset_clause(head, view)
        if (other.i if other is not None else -1) != (clause.i if clause is not None else -1):
            continue
        if _JOINED.match(view.sentence.text, place.end):
            continue
        cost = _cost(mention.token, head)
        if cost is not None and head.head.i == mention.token.i and place.candidates[0].kind == "country":
            cost += _COUNTRY_MODIFIER if head.dep_ in ("compound", "nmod", "amod") else 0
        if cost is not None and cost <= _FAR:
            found.append(Located(view, place, cost))
    return sorted(found, key=lambda p: (p.cost, p.mention.start))


def _cost(trigger: Token, head: Token) -> int | None:
    """Steps in the tree from the trigger to the name, plus what its preposition costs; null where it is no location."""
    if head.i == trigger.i:
        return None
    steps = tree.distance(trigger, head)
    role = _attachment(head, trigger)
    if role is None:
        return None
    return steps + role


_LOOSE = frozenset(("compound", "poss", "nmod", "appos", "amod", "npadvmod", "conj"))
# What a place costs by the role of the phrase it stands in, where that is no prepositional one.
_ROLE_COST = {"dobj": 2, "nsubjpass": 3, "ROOT": 4, "dep": 4, "nsubj": 7}


def _attachment(head: Token, trigger: Token) -> int | None:
    """What its role costs a place name, null where it names somebody."""
    top = owner = tree.first_conjunct(head)
    extra = 0
    # climb out of names and possessives: "Iran's Sistan-Baluchistan province", "the Damascus suburb of Douma"
    while owner.dep_ in _LOOSE and owner.head.i != owner.i:
        if owner.head.i == trigger.i:  # "Balochistan strike" says where; "Iran's strike" says who
            return 1 if owner.dep_ in ("compound", "nmod", "amod") else None
        extra += owner.dep_ == "poss"
        owner = owner.head
    if owner.dep_ in ("pobj", "pcomp") and owner.head.dep_ in ("prep", "agent", "dative"):
        return _by_preposition(owner.head, extra)
    bare = owner.i == top.i
    if bare and owner.dep_ in ("dobj", "nsubjpass", "attr"):
        # "bombed Aleppo", "Goma was shelled"; but in "warned Tehran" the name stands for its government
        return 1 if owner.head.i == trigger.i else None
    if bare and owner.dep_ == "nsubj":
        return None
    return _ROLE_COST.get(owner.dep_, 5) + (extra if owner.dep_ == "dobj" else 0)


def _by_preposition(prep: Token, extra: int) -> int | None:
    if prep.dep_ == "agent" or prep.lower_ not in _LOCATIVE:
        return None
    return _REPORTER_COST if _is_reporter(prep.head) else _COST.get(prep.lower_, 2) + extra


def _is_reporter(token: Token) -> bool:
    return token.lower_ in _REPORTERS
