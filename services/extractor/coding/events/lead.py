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
_BE = frozenset(("is", "are", "was", "were", "be"))


def does_something(lead: Sentence, views: Iterable[View]) -> bool:
    """True where the parse finds a deed that the first sentence asserts: no "are traders", no "reports the paper"."""
    verbs = [_verb(v) for v in views if v.sentence.index == lead.index]
    return all(tree.children(verb, *tree.SUBJECTS) and verb.lower_ not in _BE and not _is_tag(verb) for verb in verbs)


def tells_of_burial(lead: Sentence, views: Iterable[View]) -> bool:
    """True where the dead of the deed are buried: that is news of the deed."""
    return any(cues()["burying"].has_verb(_verb(v)) for v in views if v.sentence.index == lead.index)


def tells_other_news(lead: Sentence, views: Iterable[View]) -> bool:
    """True for a first sentence whose news is what somebody said, decided, found or did about deeds of before."""
    view = next((v for v in views if v.sentence.index == lead.index), None)
    if view is None:  # no word of violence stands in it: it was not parsed
        words = {w for w in lead.text.lower().split() if w.endswith(_PAST)}
        return any(words & cues()[name].verb_forms for name in _DONE)
    verb = _verb(view)
    if _is_tag(verb):
        return False
    return any(cues()[name].has_verb(verb) for name in ("saying", *_DONE))


def _is_tag(verb: Token) -> bool:
    """True for the "reports" of "…, reports the paper" that the parse takes for the verb of what is reported."""
    subjects = tree.children(verb, "nsubj")
    return cues()["saying"].has_verb(verb) and len(subjects) > 1 and subjects[0].i < verb.i


def _verb(view: View) -> Token:
    """The main verb of a sentence; of "…, the paper reports" the verb before it."""
    verb = next((t for t in view.doc if t.dep_ == "ROOT"), view.doc[0])
    while cues()["saying"].has_verb(verb):
        told = [c for c in tree.children(verb, "ccomp") if c.i < verb.i]
        if not told:
            break
        verb = told[0]
    return verb
