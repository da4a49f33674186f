"""What is told of a state of things, and not of a deed: wars of years, weapons of war, lists of allegations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_PERFECT = frozenset(("has", "have", "had", "'ve", "been"))
_SPANS = frozenset(("year", "years", "decade", "decades", "generations", "centuries"))
_BE = frozenset(("is", "are", "was", "were", "be"))
_MAX_STEPS = 4


def state_of_things(mention: Mention) -> Token | None:
    """The word that shows that no single deed is told; null where none does."""
    if mention.cls.domain != "violence" or mention.cls.frame == "crowd":
        return None
    return (
        _for_years(mention)
        or _as_means(mention.token)
        or _listed(mention.token)
        or _wished_over(mention)
        or _whose(mention)
    )


def _wished_over(mention: Mention) -> Token | None:
    """`end` in "called for an end to attacks on hospitals"."""
    noun = tree.first_conjunct(mention.token)
    if mention.verbal or noun.dep_ != "pobj" or noun.head.lower_ != "to":
        return None
    return noun.head.head if noun.head.head.lower_ in ("end", "halt", "stop") else None


def _whose(mention: Mention) -> Token | None:
    """`survivors` in "survivors of the bombing rallied": they march for what was done before."""
    noun = mention.token
    if mention.verbal:
        return None
    for _ in range(_MAX_STEPS):
        if noun.dep_ != "pobj" or noun.head.lower_ not in ("of", "in"):
            return None
        noun = noun.head.head
        if noun.lower_ in cues()["bereaved"].words and noun.dep_ == "nsubj":
            return noun if _in_crowd(mention, noun.head) else None
    return None


def _in_crowd(mention: Mention, verb: Token) -> bool:
    triggers = (t for t in mention.view.triggers if t.start <= verb.idx < t.end)
    return any(cls.frame == "crowd" for t in triggers for cls, _ in t.readings)


def _for_years(mention: Mention) -> Token | None:
    """`years` in "has fought the state for 16 years", "have waged war for decades"."""
    verb = mention.token if mention.verbal else mention.token.head
    if verb.dep_ == "advcl":
        verb = verb.head  # "has fought them for years, killing thousands"
    if not any(c.dep_ in ("aux", "auxpass") and c.lower_ in _PERFECT for c in verb.children):
        return None
    return next((t for t in tree.prepositions(verb, "for") if t.lower_ in _SPANS), None)


def _as_means(noun: Token) -> Token | None:
    """`used` in "rape is used as a weapon of war"."""
    verb = noun.head
    if noun.dep_ not in ("nsubjpass", "nsubj", "dobj") or verb.lower_ not in ("used", "using", "use", "uses"):
        return None
    return verb if any(t.lower_ in cues()["means"].words for t in tree.prepositions(verb, "as")) else None


def _listed(token: Token) -> Token | None:
    """`allegations` in "the killing of a man and the rape of two are among the allegations"."""
    child = tree.first_conjunct(token)
    for steps, above in enumerate(tree.ancestors(child)):
        if child.dep_ in ("nsubj", "attr") and above.lower_ in _BE:
            told = [*tree.children(above, "attr"), *tree.prepositions(above, "among")]
            told += [t for a in told for t in tree.prepositions(a, "of")]
            return next((t for t in told if t.lower_ in cues()["alleged"].words), None)
        if steps >= _MAX_STEPS or tree.is_verbal(above):
            return None
        child = tree.first_conjunct(above)
    return None
