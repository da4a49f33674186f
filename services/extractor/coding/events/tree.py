"""Questions to a dependency tree that several stages ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.extractor.coding.reading.tokens import Token

NOMINAL = frozenset(
    (
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "poss",
        "compound",
        "attr",
        "appos",
        "nmod",
        "npadvmod",
        "oprd",
        "dative",
        "intj",
    )
)
VERBAL = frozenset(("ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"))
CLAUSAL = VERBAL | {"conj"}
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_AUXILIARIES = frozenset(("aux", "auxpass", "neg"))


def children(token: Token, *deps: str) -> list[Token]:
    """Children that hang on by one of `deps`."""
    return [child for child in token.children if child.dep_ in deps]


def with_conjuncts(token: Token) -> list[Token]:
    """The token and all that is coordinated below it."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found.extend(with_conjuncts(child))
    return found


def first_conjunct(token: Token) -> Token:
    """The token that heads the coordination `token` stands in."""
    while token.dep_ == "conj":
        token = token.head
    return token


def ancestors(token: Token) -> Iterator[Token]:
    """The governors of a token from the next to the root."""
    while token.dep_ != "ROOT" and token.head.i != token.i:
        token = token.head
        yield token


def clause_of(token: Token) -> Token:
    """The verb (or head of a verbless clause) that the token belongs to; the token itself if it is one."""
    while not is_verbal(token) and token.head.i != token.i:
        token = token.head
    return token


def is_verbal(token: Token) -> bool:
    """True for the head of a clause."""
    if token.dep_ == "conj":
        return any(c.dep_ in SUBJECTS or c.dep_ in _AUXILIARIES for c in token.children) or is_verbal(token.head)
    if token.dep_ in ("ROOT", "pcomp"):
        return True
    return token.dep_ in VERBAL


def prepositions(token: Token, *words: str) -> list[Token]:
    """Objects of the prepositions `words` (any, if none is named) below the token, conjuncts included."""
    found: list[Token] = []
    for prep in token.children:
        if prep.dep_ not in ("prep", "agent", "dative") or (words and prep.lower_ not in words):
            continue
        for obj in prep.children:
            if obj.dep_ in ("pobj", "pcomp"):
                found.extend(with_conjuncts(obj))
            elif obj.dep_ == "prep":  # "from near X", "out of X"
                found.extend(o for inner in children(obj, "pobj") for o in with_conjuncts(inner))
    return found


_QUANTITIES = frozenset(
    (
        *(
            "dozens",
            "scores",
            "hundreds",
            "thousands",
            "tens",
            "lot",
            "lots",
            "number",
            "numbers",
            "quantity",
            "quantities",
            "amount",
        ),
        *(
            "group",
            "groups",
            "couple",
            "pair",
            "series",
            "majority",
            "half",
            "part",
            "parts",
            "some",
            "most",
            "all",
            "several",
        ),
        *(
            "many",
            "one",
            "two",
            "three",
            "pieces",
            "piece",
            "kilograms",
            "kilos",
            "kg",
            "kgs",
            "grams",
            "tonne",
            "tonnes",
            "ton",
            "tons",
            "pounds",
            "litres",
            "liters",
            "bags",
            "sacks",
            "packets",
            "consignment",
            "shipment",
            "stockpile",
            "pile",
            "range",
        ),
    )
)


def counted(tokens: list[Token]) -> list[Token]:
    """The tokens, and in the place of those that only count what they count: "dozens of shops", "a lot of rifles"."""
    found = []
    for token in tokens:
        inner = prepositions(token, "of") if token.lower_ in _QUANTITIES or token.lower_.isdigit() else []
        found += [t for n in inner for t in (n, *(prepositions(n, "of") if n.lower_ in _QUANTITIES else []))] or [token]
    return found


def noun_phrase(token: Token) -> tuple[int, int]:
    """Characters of the noun phrase headed by the token, without clauses, appositions and prepositions below it."""
    if token.phrase is None:
        left = token
        for child in token.children:
            if child.i < token.i and child.dep_ in _PREMODIFIERS and (edge := child.left_edge).i < left.i:
                left = edge
        while left.i < token.i and (left.is_punct or left.dep_ == "cc"):
            left = left.nbor(1)
        token.phrase = left.idx, token.idx + len(token)
    return token.phrase


_PREMODIFIERS = frozenset(
    ("det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "predet", "npadvmod")
)


def distance(a: Token, b: Token) -> int:
    """Number of steps between two tokens of one tree; 99 across trees."""
    up: dict[int, int] = {a.i: 0}
    for steps, token in enumerate(ancestors(a), 1):
        up[token.i] = steps
    if b.i in up:
        return up[b.i]
    for steps, token in enumerate(ancestors(b), 1):
        if token.i in up:
            return steps + up[token.i]
    return 99
