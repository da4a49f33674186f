"""What an article is news of: where it opens with something else, the violence told further down is past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.words import INCIDENT_MODALITIES
from services.extractor.coding.dates.expr import Day, Relative, Weekday, Weekend
from services.extractor.coding.events import tree
from services.extractor.coding.events.known import taken_as_known
from services.extractor.coding.events.lead import does_something, tells_of_burial, tells_other_news
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.sentences import Sentence
    from services.extractor.coding.reading.tokens import Token

# Sentences of the text that an article opens with; one where it opens with what came of old deeds.
_OPENING = 2
_VIOLENT = frozenset(("ASSAULT", "PROTEST"))
# Finds, arrests, surrenders, releases: the deeds of those held, freed or given up lie behind them.
_AFTERMATH = frozenset(("arrest", "weapons_seizure", "capitulation", "surrender", "release", "investigate", "sentence"))
# "In the wake of the gun battle", "the motive behind the ambush": what is so named is known already.
_BESIDE = frozenset(
    ("after", "following", "since", "over", "about", "behind", "into", "regarding", "concerning", "for", "of")
)
_HARM = frozenset(("death", "injury"))
_BODIES = ("body", "bodies", "corpse", "corpses")
_KNOWN = frozenset(("the", "this", "that", "these", "those", "last"))


def fade(drafts: Sequence[Draft], whole: Sequence[Sentence], views: Sequence[View]) -> None:
    """Makes history of the deeds that an article which opens with other news mentions in passing, in place."""
    text = [s for s in whole if s.part == "text"]
    done = [d for d in drafts if d.modality in INCIDENT_MODALITIES and d.domain == "violence"]
    if not done or not text:
        return
    other = any(_is_aftermath(d, text[0].index) for d in drafts) or tells_other_news(text[0], views)
    goes_on = len(text) > 1  # of a single sentence nobody can say what it would have gone on to tell
    other = other or (goes_on and _recalls(text[0], drafts, views))
    freed = _frees(text[0].text)
    behind = [other or (freed and "abduction" in d.names) for d in done]
    last = {True: text[0].index, False: text[:_OPENING][-1].index}
    known = other and goes_on and not tells_of_burial(text[0], views)
    if any(_opens(d, last[b], beside=known) for d, b in zip(done, behind, strict=True)):
        return
    for draft, past in zip(done, behind, strict=True):
        told = [m for m in draft.mentions if _is_violent(m) or (m.background and _is_known(m))]
        bare = _is_undated(draft, told, text[0]) and (past or not draft.tolls)
        if told and bare and not any(_opens_anew(m) for m in told):
            draft.modality, draft.cue = "historical", (told[0].view, told[0].token)


def _recalls(lead: Sentence, drafts: Sequence[Draft], views: Sequence[View]) -> bool:
    """True where the first sentence asserts no violence, but only recalls, plans or fears it: its news is another."""
    view = next((v for v in views if v.sentence.index == lead.index), None)
    if view is None or not does_something(lead, views):
        return False
    here = [(d, m) for d in drafts if d.domain == "violence" for m in d.mentions if m.view is view]
    return bool(here) and all(_is_behind(d) or taken_as_known(m) for d, m in here)


def _is_behind(draft: Draft) -> bool:
    """True for what is past or only feared; "have clashed", without a day, may be news all the same."""
    past = draft.modality == "historical" and (draft.cue is None or draft.cue[1].dep_ != "aux")
    return past or draft.modality == "hypothetical"


def _is_undated(draft: Draft, told: Sequence[Mention], lead: Sentence) -> bool:
    """True where no day is told but the day of the news that the deed is named beside."""
    when = draft.when
    if when is None:
        return not any(_has_day(m) for m in draft.mentions)
    if when.mention is None or not all(_beside_news(m, lead) and m.view is when.view for m in told):
        return False
    day = when.view.head_of(when.mention.start, when.mention.end)
    return not any(m.token.is_ancestor(day) or _runs_on(m, day) for m in draft.mentions if m.view is when.view)


def _beside_news(mention: Mention, lead: Sentence) -> bool:
    return _is_known(mention) or (mention.view.sentence.index <= lead.index and taken_as_known(mention))


def _runs_on(mention: Mention, day: Token) -> bool:
    """True for a day behind a deed that no verb parts from it: "of the children taken from Gao on Sunday gathered"."""
    between = mention.view.doc.tokens[mention.token.i + 1 : day.i]
    return bool(between) and not any(tree.is_verbal(token) for token in between)


def _has_day(mention: Mention) -> bool:
    """True for a day below the deed, though the calendar does not know it: no_news has told what is long past."""
    days = (d for d in mention.view.dates if isinstance(d.expr, Day | Weekday | Weekend | Relative))
    heads = [mention.view.head_of(d.start, d.end) for d in days]
    return any(mention.token.is_ancestor(day) or (not mention.verbal and _runs_on(mention, day)) for day in heads)


def _frees(opening: str) -> bool:
    """True for a sentence in which somebody is freed, rescued or found."""
    return any(word in cues()["freeing"].verb_forms for word in opening.lower().split())


def _is_aftermath(draft: Draft, first: int) -> bool:
    """True for an arrest, a find, a surrender or a release that the first sentence tells of as done."""
    if draft.modality not in INCIDENT_MODALITIES or not draft.names <= _AFTERMATH:
        return False
    return any(m.view.sentence.index <= first and not m.background for m in draft.mentions)


def _opens(draft: Draft, last: int, *, beside: bool) -> bool:
    """True where the article opens with the deed or with its dead and hurt; `beside` other news, not as known."""
    here = [m for m in draft.mentions if m.view.sentence.index <= last]
    if beside and here and all(taken_as_known(m) for m in here):
        return False
    early = [m for m in here if _is_violent(m) or _is_new(m)]
    harmed = any(t.kind in ("killed", "injured") and v.sentence.index <= last for v, t in draft.tolls)
    return harmed or any(not _is_known(m) for m in early)


def _is_known(mention: Mention) -> bool:
    """True for a deed that is named as known beside other news: "security was heightened following the attack"."""
    noun = mention.token
    if mention.verbal or noun.dep_ != "pobj" or noun.head.lower_ not in _BESIDE or _tells_harm(mention.view):
        return False
    if noun.head.head.lower_ in ("responsibility", "credit"):
        return False  # a claim is news of the deed
    return any(c.lower_ in _KNOWN for c in noun.children)


def _tells_harm(view: View) -> bool:
    """True where the sentence tells of dead or hurt: what they come of is its news."""
    return any(cls.name in _HARM for t in view.triggers for cls, _ in t.readings) or bool(view.tolls)


def _is_violent(mention: Mention) -> bool:
    return (
        mention.cls.plover in _VIOLENT and not mention.attributive and not mention.cls.weak and not mention.background
    )


def _is_new(mention: Mention) -> bool:
    """True for bodies that are found, and for a deed that a lead brings in: "broke up a camp after a gun battle"."""
    if mention.cls.name == "death":
        return not mention.verbal and mention.text.lower().endswith(_BODIES)
    violent = mention.cls.plover in _VIOLENT and not mention.attributive and not mention.cls.weak
    brought = any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in mention.token.children)
    return violent and mention.background and brought


def _opens_anew(mention: Mention) -> bool:
    """True in a sentence that the text itself sets apart from what came before: "Separately, …"."""
    opening = mention.view.sentence.text[:40].lower()
    return any(opening.startswith(word) for word in cues()["apart"].words)
