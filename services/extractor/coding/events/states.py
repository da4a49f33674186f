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
    return _for_years(mention) or _as_means(mention.token) or _listed(mention.token)


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
