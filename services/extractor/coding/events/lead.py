"""What the first sentence of an article is about, where that is no violence: a speech, a meeting, a court, a find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.sentences import Sentence
    from services.extractor.coding.reading.tokens import Token

# Groups of verbs that an article opens with whose news is what somebody did about deeds of before.
_DONE = ("urging", "suspect", "dealing")
_PAST = ("ed", "met")


def tells_other_news(lead: Sentence, views: Iterable[View]) -> bool:
    """True for a first sentence whose news is what somebody said, decided, found or did about deeds of before."""
    view = next((v for v in views if v.sentence.index == lead.index), None)
    if view is None:  # no word of violence stands in it: it was not parsed
        words = {w for w in lead.text.lower().split() if w.endswith(_PAST)}
        return any(words & cues()[name].verb_forms for name in _DONE)
    verb = _verb(view)
    return any(cues()[name].has_verb(verb) for name in ("saying", *_DONE))


def _verb(view: View) -> Token:
    """The main verb of a sentence; of "…, the paper reports" the verb before it."""
    verb = next((t for t in view.doc if t.dep_ == "ROOT"), view.doc[0])
    while cues()["saying"].has_verb(verb):
        told = [c for c in tree.children(verb, "ccomp") if c.i < verb.i]
        if not told:
            break
        verb = told[0]
    return verb
