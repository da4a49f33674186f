"""Phrases in the passive: "the talks were broken off" is found as "broken off the talks" would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.matcher import matcher
from services.extractor.coding.lexicon.triggers import DIPLOMACY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.extractor.coding.events.view import View
    from services.extractor.coding.lexicon.triggers import TriggerClass
    from services.extractor.coding.reading.tokens import Token

# Classes of other deeds that are told by what they were done to: "two drones were shot down", "a curfew was imposed".
_ALSO = frozenset(
    (
        *("pact", "ceasefire", "interception", "weapons_seizure", "base", "curfew", "martial_law", "handover"),
        *("upheaval", "group_change", "dispersal", "chemical", "airstrike"),
    )
)
# Characters of a subject that are read: what a phrase lets stand between its verb and its object is shorter.
_LONGEST = 60


def passives(view: View) -> Iterator[tuple[Token, Token, int, TriggerClass]]:
    """Verb, its subject, the end of the verb's words and the class of each phrase of the sentence in the passive."""
    for subject in view.doc:
        if subject.dep_ != "nsubjpass":
            continue
        verb = subject.head
        words = [verb, *(c for c in tree.children(verb, "prt", "advmod") if c.i == verb.i + 1)]
        said = " ".join(t.text for t in words)
        about = view.sentence.text[subject.left_edge.idx : verb.idx][:_LONGEST]
        for trigger in matcher().find(f"{said} {about}"):
            verbs = [cls for cls, part in trigger.readings if part == "verb"]
            whole = trigger.start == 0 and trigger.end > len(said) + 1
            if whole and verbs and (verbs[0].domain == DIPLOMACY or verbs[0].name in _ALSO):
                yield verb, subject, words[-1].idx + len(words[-1].text), verbs[0]
            break
