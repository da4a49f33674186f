"""Turns triggers into mentions of events: which reading of the word holds here, by its place in the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.triggers import DIPLOMACY, TriggerClass

if TYPE_CHECKING:
    from services.extractor.coding.events.view import View
    from services.extractor.coding.lexicon.matcher import Trigger
    from services.extractor.coding.reading.tokens import Token

_DETERMINERS = frozenset(("det", "poss", "nummod", "predet"))


@dataclass(slots=True, eq=False)
class Mention:
    """A trigger that tells of an event: its class, its head token, its characters within the sentence."""

    view: View
    token: Token
    start: int
    end: int
    cls: TriggerClass
    verbal: bool
    attributive: bool = False
    background: bool = False
    """Told as what came before: in an `after …` clause or phrase."""
    governed: TriggerClass | None = None
    """What kind of deed an act of words is about: "refused to *release* them"."""
    absorbed: list[Mention] = field(default_factory=list)
    """Mentions that are no events of their own beside this one; they tell who else is concerned."""
    forced: str | None = None
    """The modality of a deed by the act that it was joined with, where no word beside it says more."""
    spoken_by: list[Token] = field(default_factory=list)
    """Who says what must be done, where nobody is asked outright."""

    @property
    def text(self) -> str:
        """The trigger as the sentence has it."""
        return self.view.sentence.text[self.start : self.end]


def mentions(view: View) -> Iterator[Mention]:
    """The mentions of a sentence from left to right."""
    for trigger in view.triggers:
        if any(d.start <= trigger.start and trigger.end <= d.end for d in view.dates):
            continue  # the month, no march
        if any(a.category == "named" and a.start <= trigger.start and trigger.end <= a.end for a in view.actors):
            continue  # "Liberation" in the name of a front
        if any(p.start <= trigger.start and trigger.end <= p.end for p in view.places):
            continue
        found = _mention(view, trigger)
        if found is not None:
            yield found


def _mention(view: View, trigger: Trigger) -> Mention | None:
    """What the trigger is here: a verb, a noun, an adjective or nothing."""
    token = view.head_of(trigger.start, trigger.end)
    verbs = [cls for cls, part in trigger.readings if part == "verb"]
    nouns = [cls for cls, part in trigger.readings if part == "noun"]
    adjectives = [cls for cls, part in trigger.readings if part == "adjective"]
    single = " " not in view.sentence.text[trigger.start : trigger.end]
    if not single and verbs and not nouns and _only_describes(view.token_at(trigger.start), verbs[0]):
        return None  # "the closed border", "a ban on imports from Chad"
    if nouns and nouns[0].name == "duty":
        is_verbs = token.dep_ == "aux"
        return Mention(view, token.head, trigger.start, trigger.end, nouns[0], verbal=True) if is_verbs else None
    if adjectives:
        return Mention(view, token, trigger.start, trigger.end, adjectives[0], verbal=False, attributive=True)
    if verbs and (attributive := single and token.dep_ == "amod"):
        return Mention(view, token, trigger.start, trigger.end, verbs[0], verbal=True, attributive=attributive)
    if verbs and (_reads_as_verb(token) if (nouns or single) else not _is_name(token, trigger.end)):
        token = _verb_head(view, trigger.start, token)
        return Mention(view, token, trigger.start, trigger.end, verbs[0], verbal=True)
    return Mention(view, token, trigger.start, trigger.end, nouns[0], verbal=False) if nouns else None


def _only_describes(first: Token, cls: TriggerClass) -> bool:
    """True where the first word of a verb's phrase is no verb here."""
    noun = cls.domain == DIPLOMACY and first.dep_ in tree.NOMINAL
    return first.dep_ == "amod" or (
        noun and not tree.children(first, "nsubj", "dobj", "aux", "auxpass", "prt", "agent")
    )


def _verb_head(view: View, start: int, root: Token) -> Token:
    """A phrase begins with its verb; the parser may have taken another word of it for the head."""
    first = view.token_at(start)
    return first if root.i != first.i and first.is_ancestor(root) else root


def _is_name(token: Token, end: int) -> bool:
    """True where the phrase is a noun after all: "a car bomb went off"."""
    return token.dep_ in tree.NOMINAL and token.idx + len(token) == end and not tree.children(token, "dobj", "aux")


def _reads_as_verb(token: Token) -> bool:
    deps = {child.dep_ for child in token.children}
    if token.lower_.endswith("ing") and token.dep_ in ("csubj", "advcl") and not deps & {"dobj", "aux", "mark"}:
        return False  # "Shelling by rebels killed five"
    if deps & {"nsubj", "nsubjpass", "aux", "auxpass", "dobj", "agent", "prt"}:
        return True
    if deps & _DETERMINERS or token.dep_ in tree.NOMINAL:
        return False
    if token.dep_ == "conj":
        return _reads_as_verb(token.head)
    return token.dep_ in tree.VERBAL
