"""The verbs that say no more than that a deed was done, begun or came about: "launched an assault", "erupted"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token


def support(mention: Mention) -> list[Token]:
    """The light verbs above the word of an event, which show the event with it."""
    if mention.attributive:
        return []
    verb = mention.token if mention.verbal else _light(mention)
    found = [] if mention.verbal or verb is None else [verb]
    if verb is not None and verb.dep_ == "xcomp" and cues()["begun"].has_verb(verb.head):
        found.append(verb.head)  # "began to shell"
    return [v for v in found if v.lower_ not in _BARE]


def _light(mention: Mention) -> Token | None:
    noun = tree.first_conjunct(mention.token)
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in cues()["containers"].words:
        noun = tree.first_conjunct(noun.head.head)
    verb = noun.head
    done = noun.dep_ in ("dobj", "nsubjpass") and cues()["light"].has_verb(verb)
    came = noun.dep_ == "nsubj" and cues()["happen"].has_verb(verb)
    return verb if done or came else None


# Forms that show nothing.
_BARE = frozenset(
    ("is", "was", "were", "are", "be", "been", "did", "do", "does", "done", "made", "make", "give", "gave", "given")
)
