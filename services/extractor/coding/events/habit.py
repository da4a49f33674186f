"""Deeds that are told of as what a kind of people does or suffers, and of no day: "those who attack towns"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from services.extractor.coding.lexicon.triggers import classes, inflection

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention

_WHOEVER = frozenset(("who", "that", "which"))


def is_habit(mention: Mention) -> bool:
    """True for what a kind of people does: "crush those who attack towns"."""
    verb = mention.token
    if not mention.verbal or verb.dep_ != "relcl" or mention.view.sentence.headline or mention.cls.frame == "crowd":
        return False
    if any(c.lower_ == "where" for c in verb.children) and not mention.view.tolls:
        # "a war where women are raped"
        return any(c.dep_ == "auxpass" and c.lower_ in ("is", "are") for c in verb.children)
    if any(c.dep_ in ("aux", "auxpass", "npadvmod", "ccomp") for c in verb.children) or mention.view.tolls:
        return False
    if not verb.head.lower_.endswith("s") and verb.head.lower_ not in ("those", "anyone", "people"):
        return False
    subject = any(c.lower_ in _WHOEVER and c.dep_ == "nsubj" for c in verb.children)
    return subject and verb.lower_ in _presents()


@cache
def _presents() -> frozenset[str]:
    """First words of the verbs of violence in the present, but for those whose past is the same ("hit")."""
    verbs = {v.partition(" ")[0] for cls in classes().values() if cls.domain == "violence" for v in cls.verbs}
    return frozenset(v for v in verbs if v not in inflection().verb_forms(v)[1:])
