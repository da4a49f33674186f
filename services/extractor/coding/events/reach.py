"""Whom an act of words reaches, where its object is nobody itself: those named in its matter, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.extractor.coding.reading.tokens import Token

_MATTER = frozenset(
    (
        "dobj",
        "dative",
        "prep",
        "agent",
        "pobj",
        "pcomp",
        "xcomp",
        "ccomp",
        "oprd",
        "attr",
        "acl",
        "poss",
        "appos",
        "acomp",
        "relcl",
        "prt",
        "advmod",
    )
)
_WITHIN = frozenset(("nsubj", "nsubjpass"))
_NAMING = frozenset(("compound", "amod", "nmod"))
_ASIDE = frozenset(
    (
        "after",
        "before",
        "during",
        "since",
        "until",
        "amid",
        "following",
        "despite",
        "because",
        "as",
        "than",
        "without",
        "like",
    )
)
_PLACING = frozenset(("in", "at", "near", "inside", "within"))
_DEEPEST = 7
_PRONOUNS = frozenset(
    ("it", "they", "he", "she", "we", "i", "who", "which", "that", "this", "its", "their", "his", "her", "our", "my")
)


def layers(head: Token, end: int, *, places: bool) -> Iterator[list[Token]]:
    """Tokens below the head that may name somebody, by their distance.

    Places come last: those of what it is about ("arrests in Chad"), and with `places` the deed's own ("deployed in
    Chad"). What stands before `end`, the characters of the trigger, is none: "took part in talks".
    """
    later: list[Token] = []
    level = [head]
    for _ in range(_DEEPEST):
        below = [t for token in level for c in token.children if _leads_on(token, c, head) for t in _with_peers(c)]
        placing = [c for c in below if c.dep_ == "prep" and c.lower_ in _PLACING and c.idx >= end]
        later += [c for c in placing if places or c.head is not head]
        level = [c for c in below if c not in placing]
        named = [t for t in level if t.dep_ not in ("prep", "agent", "prt", "advmod") and t.lower_ not in _PRONOUNS]
        if named:
            yield named
    yield [t for prep in later for t in tree.prepositions(prep.head, prep.lower_) if t.head is prep]


def _leads_on(token: Token, child: Token, head: Token) -> bool:
    if child.dep_ == "prep":
        return child.lower_ not in _ASIDE and (child.lower_ != "by" or token is not head)
    if child.dep_ in _NAMING:
        return child.text[:1].isupper()
    if child.dep_ in _WITHIN:
        return token is not head or child.dep_ == "nsubjpass"
    return child.dep_ in _MATTER


def _with_peers(child: Token) -> list[Token]:
    """The word with those coordinated with it: as near as it is."""
    return tree.with_conjuncts(child) if child.dep_ in tree.NOMINAL or child.dep_ == "prep" else [child]


def speaker_for(verb: Token) -> list[Token]:
    """Whom "it" or "they" as subject of the clause stands for: who says it, or the subject of the clause above."""
    for above in tree.ancestors(verb):
        subjects = [t for s in tree.children(above, "nsubj", "nsubjpass") for t in tree.with_conjuncts(s)]
        named = [t for t in subjects if t.lower_ not in _PRONOUNS]
        if named:
            return named
    return []
