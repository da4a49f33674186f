"""Which sentences are worth parsing: those that hold a trigger, and for diplomacy somebody to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.actors.find import find_actors
from services.extractor.coding.events.kinds import ARMED
from services.extractor.coding.events.owning import tells_claim
from services.extractor.coding.lexicon.matcher import matcher
from services.extractor.coding.lexicon.triggers import VIOLENCE

if TYPE_CHECKING:
    from services.extractor.coding.reading.sentences import Sentence

_ABLE = frozenset(("named", "state", "country"))


def passes(sentence: Sentence) -> bool:
    """True where the sentence can tell of an event."""
    if tells_claim(sentence.text):
        return True
    triggers = matcher().find(sentence.text)
    if any(cls.domain == VIOLENCE for t in triggers for cls, _ in t.readings):
        return True
    return bool(triggers) and any(
        a.category in _ABLE or a.country is not None or a.kind in ARMED for a in find_actors(sentence.text)
    )
