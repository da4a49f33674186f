"""Who did it and to whom where the parse hung the phrase elsewhere, or the text tells it of the weapon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

# "At least 19 villagers", "more than 30 farmers": what a number opens with.
_ABOUT = frozenset(
    ("at", "more", "about", "around", "nearly", "almost", "over", "some", "up", "roughly", "approximately")
)
_OPENING = frozenset(("det", "nummod", "amod", "compound", "poss", "quantmod", "nmod"))


def stray_agents(head: Token) -> list[Token]:
    """The `by …` phrase that the parse hung on a neighbour: "the abduction of a judge by gunmen"."""
    for token in head.subtree:
        if token.lower_ == "by" and token.i > head.i and token.head.i != head.i:
            inner = (a for a in tree.ancestors(token) if head.is_ancestor(a))
            if not any(tree.is_verbal(a) or a.dep_ == "appos" for a in inner):
                return [t for o in tree.children(token, "pobj") for t in tree.with_conjuncts(o)]
    return []


def wielders(instruments: list[Token]) -> list[Token]:
    """Who planted, fired or drove what did it: "a missile fired by rebels"."""
    found: list[Token] = []
    for token in instruments:
        for participle in tree.children(token, "acl", "relcl"):
            for verb in (participle, *tree.children(participle, "xcomp")):
                if cues()["wielding"].has_verb(verb):
                    found += tree.prepositions(verb, "by")
    return found


def lost_subject(verb: Token) -> list[Token]:
    """Who stands right before a verb of a main clause that the parse took for a noun: "Militants shot dead six"."""
    if verb.dep_ not in ("ROOT", "ccomp"):
        return []
    return [t for t in tree.children(verb, "amod", "compound", "nmod") if t.i < verb.i][-1:]


def acts(mention: Mention) -> bool:
    """True for "shot dead six people" where the parse sees no object: a phrase follows, and no preposition."""
    return mention.verbal and not tree.children(mention.token, "auxpass", "agent") and bool(next_phrase(mention))


def next_phrase(mention: Mention) -> list[Token]:
    """The noun whose phrase begins right after a trigger of several words, wherever the parse hung it."""
    following = mention.view.token_at(mention.end + 1)
    if following.lower_ == "," and following.i + 1 < len(mention.view.doc.tokens):
        following = mention.view.doc.tokens[following.i + 1]
        if not following.text[:1].isupper():
            return []
    counted = following.lower_ in _ABOUT and following.dep_ in ("advmod", "quantmod", "prep")
    if " " not in mention.text or not 0 < following.idx - mention.end < 3:
        return []
    if following.dep_ not in _OPENING and not counted:
        return []
    noun = following
    while (noun.dep_ in _OPENING or noun.dep_ == "advmod") and noun.head.i > noun.i:
        noun = noun.head
    quoted = noun.dep_ == "nsubj" and noun.head is mention.token.head and cues()["saying"].has_verb(noun.head)
    if (
        noun.i == following.i
        or noun.dep_ not in tree.NOMINAL
        or (noun.dep_ in tree.SUBJECTS | {"nsubjpass"} and not quoted)
    ):
        return []
    if any(d.start <= noun.idx < d.end for d in mention.view.dates):
        return []
    return [noun] if quoted else tree.with_conjuncts(noun)  # "…, an official and a teacher said" is no list of victims
