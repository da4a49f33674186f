"""The verb that says no more than that the noun's deed was done or came about: "launched an assault", "erupted"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token


def support(mention: Mention) -> Token | None:
    """The light verb above a noun of an event, which shows the event with it; null for all else."""
    if mention.verbal or mention.attributive:
        return None
    noun = tree.first_conjunct(mention.token)
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in cues()["containers"].words:
        noun = tree.first_conjunct(noun.head.head)
    verb = noun.head
    done = noun.dep_ in ("dobj", "nsubjpass") and cues()["light"].has_verb(verb)
    came = noun.dep_ == "nsubj" and cues()["happen"].has_verb(verb)
    return verb if (done or came) and verb.lower_ not in _BARE else None


# Forms that show nothing.
_BARE = frozenset(
    ("is", "was", "were", "are", "be", "been", "did", "do", "does", "done", "made", "make", "give", "gave", "given")
)
