"""Whether two deeds of one sentence have a place each: "shelled Gao and raided Menaka" tells of two events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.places.nesting import lies_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.where import Located
    from services.extractor.coding.places.model import PlaceMention
    from services.extractor.coding.reading.tokens import Token

# A sentence with more places than these is a list.
_FEW = 8
_COARSE = frozenset(("admin1", "region", "country"))
# Clauses beside another that tell of something else, where they have a subject of their own.
_BESIDE = frozenset(("ccomp", "parataxis"))
_MEANWHILE = frozenset(("while", "whereas"))


def elsewhere(one: Mention, mine: Sequence[Located], other: Mention, theirs: Sequence[Located]) -> bool:
    """True where the two are coordinated and each clause has a place that neither lies in, nor is, the other's."""
    return own_places(one, mine, other, theirs) is not None


def own_places(
    one: Mention, mine: Sequence[Located], other: Mention, theirs: Sequence[Located]
) -> tuple[list[PlaceMention], list[PlaceMention]] | None:
    """The places of each of the two clauses, if they are told apart; else null."""
    if not mine or not theirs or not 1 < len(one.view.places) <= _FEW:
        return None
    if any(m.cls.weak or m.attributive for m in (one, other)):
        return None
    if (node := beside(one.token, other.token)) is not None:
        here, there = _without(one, mine, node), _within(theirs, node)
    elif (node := beside(other.token, one.token)) is not None:
        here, there = _within(mine, node), _without(other, theirs, node)
    else:
        return None
    apart = bool(here and there) and not any(_may_be_one(p, q) for p in _finest(here) for q in _finest(there))
    return (here, there) if apart else None


def beside(one: Token, other: Token) -> Token | None:
    """The head of the clause or phrase that `other` stands in, where it is told beside `one`, not as a part of it."""
    above = {one.i, *(t.i for t in tree.ancestors(one))}
    node = other
    while node.i not in above and node.dep_ != "ROOT":
        if _apart(node):
            return node
        node = node.head
    return None


def _apart(node: Token) -> bool:
    own = bool(tree.children(node, "nsubj", "nsubjpass"))
    if node.dep_ == "conj":
        return own or bool(tree.children(node, "dobj")) or not tree.is_verbal(node)
    if node.dep_ == "advcl":
        return own and any(c.lower_ in _MEANWHILE for c in tree.children(node, "mark", "advmod"))
    if node.dep_ == "relcl":  # "the group, which had claimed a bombing in Xyz": an earlier deed
        return any(c.lower_ == "had" for c in tree.children(node, "aux"))
    return own and node.dep_ in _BESIDE


def _within(places: Sequence[Located], node: Token) -> list[PlaceMention]:
    return [p.mention for p in places if _below(p, node)]


def _without(mention: Mention, places: Sequence[Located], node: Token) -> list[PlaceMention]:
    clause = tree.clause_of(mention.token)
    return [p.mention for p in places if _below(p, clause) and not _below(p, node)]


def _finest(places: list[PlaceMention]) -> list[PlaceMention]:
    """Without the regions and countries that the text names the others in."""
    outer = {start for p in places for start in p.qualifiers}
    return [p for p in places if p.start not in outer] or places


def _below(place: Located, node: Token) -> bool:
    head = place.view.head_of(place.mention.start, place.mention.end)
    return head.i == node.i or node.is_ancestor(head)


def _may_be_one(one: PlaceMention, other: PlaceMention) -> bool:
    """One name, one within the other, or a name that is not in the data beside a region that it may lie in."""
    if one.start in other.qualifiers or other.start in one.qualifiers:
        return True
    here, there = one.candidates[0], other.candidates[0]
    kinds = {here.kind, there.kind}
    if "unknown" in kinds and kinds & _COARSE:
        return True
    if kinds == {"town"}:
        return here.name == there.name
    return here.name == there.name or lies_in(here, there) or lies_in(there, here)
