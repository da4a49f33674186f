"""Groups and bodies by their names, and the people who belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from services.extractor.coding.actors import ActorMention
from services.extractor.coding.actors.knowledge import generic
from services.extractor.coding.events import tree
from services.extractor.coding.events.party import Party, members, party_of

if TYPE_CHECKING:
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token


def on_head(view: View, head: Token) -> ActorMention | None:
    """The actor whose words the token is of."""
    return next((a for a in view.actors if a.start <= head.idx < a.end), None)


def named(view: View, head: Token) -> Party | None:
    """A group or body by its name, or who belongs to one."""
    party = _by_name(view, head)
    return replace(party, civil=True) if party is not None and head.lower_ in members() else party


_OUTLAWS = frozenset(("rebels", "armed", "militia", "communal", "criminals"))


def _by_name(view: View, head: Token) -> Party | None:
    """A group or body by its name: on the head, before it ("Taliban fighters"), beside it, or after "of"."""
    start, end = tree.noun_phrase(head)
    here = on_head(view, head)
    if here is not None and here.category == "named":
        return party_of(view.sentence, here, here.start, here.end)
    if here is not None and here.category == "state":
        return _serving(view, head, here)
    inside = [a for a in view.actors if a.start < end and a.end > start and a.category == "named"]
    beside = next(iter([*inside, *_appositions(view, head)]), None)
    if beside is not None:
        return party_of(view.sentence, beside, beside.start, beside.end)
    if here is not None and here.category == "generic":
        name = _name_before(view, here)
        if name is not None:
            return party_of(view.sentence, name, name.start, here.end)
        owner = _owner(view, head, rebels=here.role in _OUTLAWS)  # "rebels of the New People's Army"
        if owner is not None:
            return party_of(view.sentence, owner, start, owner.end)
    return None


def _serving(view: View, head: Token, here: ActorMention) -> Party | None:
    """The body by its name that soldiers of no country serve in: "a soldier of the Border Forces"."""
    if here.country is not None or not any(c.lower_ == "of" for c in tree.children(head, "prep")):
        return None
    owner = _owner(view, head, rebels=True)
    return party_of(view.sentence, owner, tree.noun_phrase(head)[0], owner.end) if owner is not None else None


@cache
def bodies() -> frozenset[str]:
    """Nouns for a group named before, or for a part of one."""
    return frozenset(generic().bodies)


_BRACKET = re.compile(r" ?\) ?")


def _name_before(view: View, fighters: ActorMention) -> ActorMention | None:
    """The group whose short name stands in brackets before its fighters: "the People's War Group (PWG) cadres"."""
    names = (a for a in view.actors if a.category == "named" and a.end < fighters.start)
    return next((a for a in names if _BRACKET.fullmatch(view.sentence.text, a.end, fighters.start)), None)


def _owner(view: View, head: Token, *, rebels: bool) -> ActorMention | None:
    """The group or force that the fighters named by the head belong to, also through a part of it ("a faction of")."""
    for token in tree.prepositions(head, "of", "from"):
        end = token.idx + len(token)
        for actor in view.actors:
            if actor.category not in ("named", "state") or (rebels and actor.category == "state"):
                continue
            if actor.start < end <= actor.end:
                return actor
        if (beside := next(_appositions(view, token), None)) is not None:
            return beside
        if token.lower_ in bodies() and (inner := _owner(view, token, rebels=rebels)) is not None:
            return inner
    return None


def _appositions(view: View, head: Token) -> Iterator[ActorMention]:
    for child in head.children:
        if child.dep_ == "appos":
            start, end = tree.noun_phrase(child)
            yield from (a for a in view.actors if a.category == "named" and a.start < end and a.end > start)
