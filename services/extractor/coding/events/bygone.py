"""What is told of the past by its very words: wars of long ago, and what studies have counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues, phrases

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.when import Timing
    from services.extractor.coding.reading.tokens import Token

_IN = ("in", "during", "of", "at", "from", "since")


def of_old_wars(mention: Mention) -> Token | None:
    """The name of the war in "killed in the Second World War"; a bomb of that war may go off today."""
    if mention.cls.domain != "violence":
        return None
    text = mention.view.sentence.text
    for _, start, _ in phrases("wars").find_matches_as_indexes(text.lower()):
        before = text[:start].lower().removesuffix("the ").split()
        if before and before[-1] in _IN:
            return mention.view.token_at(start)
    return None


def studied(mention: Mention, timing: Timing) -> Token | None:
    """The study that counts the dead of years: "a study found that 900 people had been killed"; not one day's dead."""
    verb = mention.token
    if mention.cls.domain != "violence" or verb.dep_ != "ccomp":
        return None
    when = timing.when.mention if timing.when is not None else None
    if when is not None and verb.is_ancestor(mention.view.head_of(when.start, when.end)):
        return None
    told = tree.children(verb.head, "nsubj")
    return next((t for t in told if t.lower_ in cues()["studies"].words), None)
