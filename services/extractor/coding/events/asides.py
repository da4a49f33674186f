"""Days that a sentence tells of something else than the deed: of who told of it, of its toll, of a thing in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.dates.expr import DateMention
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token


_ISSUED = frozenset(("released", "published", "issued", "launched", "unveiled", "obtained", "seen", "posted", "aired"))


def of_another(mention: Mention, date: DateMention) -> bool:
    """True for a day told in passing of somebody or something: "buses that had waited since Friday were hit"."""
    for token in tree.ancestors(mention.view.head_of(date.start, date.end)):
        if token.i == mention.token.i or token.is_ancestor(mention.token):
            return False
        if token.lower_ in cues()["dated"].words:
            return True  # "in breach of a truce agreed in May"
        if token.dep_ == "acl" and token.lower_ in _ISSUED and not token.is_ancestor(mention.token):
            return True  # "said in a report released today"
        if token.dep_ == "relcl":
            noun = tree.first_conjunct(token.head)
            if not mention.verbal and mention.token.is_ancestor(noun) and _is_deed(mention.view, token):
                return False  # "the blast at a mosque that killed nine a day earlier"
            return noun.i != mention.token.i and not noun.is_ancestor(mention.token)
    return False


def _is_deed(view: View, verb: Token) -> bool:
    return any(t.start <= verb.idx < t.end for t in view.triggers)


def of_counting(mention: Mention, date: DateMention) -> bool:
    """True for the day on which the dead were counted: "the toll of the blast rose to nine on Tuesday"."""
    toll = next((t for t in (mention.token, *tree.ancestors(mention.token)) if t.lower_ == "toll"), None)
    return toll is not None and not toll.is_ancestor(mention.view.head_of(date.start, date.end))


def of_saying(mention: Mention, date: DateMention) -> bool:
    """True for the day on which somebody told of it or spoke against it ("police said on Tuesday"): it may be older."""
    head = mention.view.head_of(date.start, date.end)
    if mention.token.is_ancestor(head):
        return False  # "claimed Sunday's attack"
    verb = next((t for t in tree.ancestors(head) if tree.is_verbal(t)), None)
    told = verb is not None and (cues()["saying"].has_verb(verb) or cues()["reacting"].has_verb(verb))
    return told and verb is not mention.token
