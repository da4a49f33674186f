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
        "conj",
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
_PRONOUNS = frozenset(("it", "they", "he", "she", "we", "i", "who", "which", "that", "this"))


def layers(head: Token, *, places: bool) -> Iterator[list[Token]]:
    """Tokens below the head that may name somebody, by their distance; places (`in Iraq`) last, where they count."""
    later: list[Token] = []
    level = [head]
    for _ in range(_DEEPEST):
        below = [c for token in level for c in token.children if _leads_on(token, c, head)]
        later += [c for c in below if c.dep_ == "prep" and c.lower_ in _PLACING]
        level = [c for c in below if c.dep_ != "prep" or c.lower_ not in _PLACING]
        named = [t for t in level if t.dep_ not in ("prep", "agent", "prt", "advmod") and t.lower_ not in _PRONOUNS]
        if named:
            yield named
    if places:
        yield [t for prep in later for t in tree.prepositions(prep.head, prep.lower_) if t.head is prep]


def _leads_on(token: Token, child: Token, head: Token) -> bool:
    if child.dep_ == "prep":
        return child.lower_ not in _ASIDE and (child.lower_ != "by" or token is not head)
    if child.dep_ in _NAMING:
        return child.text[:1].isupper()
    if child.dep_ in _WITHIN:
        return token is not head
    if child.dep_ == "conj":
        return not tree.is_verbal(child)
    return child.dep_ in _MATTER


def speaker_for(verb: Token) -> list[Token]:
    """Whom "it" or "they" as subject of the clause stands for: who says it, or the subject of the clause above."""
    for above in tree.ancestors(verb):
        subjects = [t for s in tree.children(above, "nsubj", "nsubjpass") for t in tree.with_conjuncts(s)]
        named = [t for t in subjects if t.lower_ not in _PRONOUNS]
        if named:
            return named
    return []
