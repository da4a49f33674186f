"""Turns triggers into mentions of events: which reading of the word holds here, by its place in the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.passive import passives
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.triggers import DIPLOMACY, TriggerClass

if TYPE_CHECKING:
    from services.extractor.coding.events.view import View
    from services.extractor.coding.lexicon.matcher import Trigger
    from services.extractor.coding.reading.tokens import Token

_DETERMINERS = frozenset(("det", "poss", "nummod", "predet"))
_PREMODIFIERS = _DETERMINERS | {"amod", "compound"}


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
    inverted: bool = False
    """A phrase in the passive: its object stands before it."""
    governed: TriggerClass | None = None
    """What kind of deed an act of words is about: "refused to *release* them"."""
    absorbed: list[Mention] = field(default_factory=list)
    """Mentions that are no events of their own beside this one; they tell who else is concerned."""
    forced: str | None = None
    """The modality of a deed by the act that it was joined with, where no word beside it says more."""
    held: bool = False
    """It tells that a person was captured."""
    spoken_by: list[Token] = field(default_factory=list)
    """Who says what must be done, where nobody is asked outright."""

    @property
    def text(self) -> str:
        """The trigger as the sentence has it."""
        return self.view.sentence.text[self.start : self.end]


def mentions(view: View) -> Iterator[Mention]:
    """The mentions of a sentence from left to right, those in the passive first."""
    inverted = list(passives(view))
    for verb, _, end, cls in inverted:
        yield Mention(view, verb, verb.idx, end, cls, verbal=True, inverted=True)
    told = {t.i for verb, subject, *_ in inverted for t in (verb, subject)}
    for trigger in view.triggers:
        if _in_a_name(view, trigger):
            continue
        found = _mention(view, trigger)
        if (
            found is not None
            and found.token.i not in told
            and not _means_else(view, trigger.start, trigger.end, found.token)
        ):
            yield found


def _mention(view: View, trigger: Trigger) -> Mention | None:
    """What the trigger is here: a verb, a noun, an adjective or nothing."""
    token = view.head_of(trigger.start, trigger.end)
    verbs = [cls for cls, part in trigger.readings if part == "verb"]
    nouns = [cls for cls, part in trigger.readings if part == "noun"]
    adjectives = [cls for cls, part in trigger.readings if part == "adjective"]
    single = " " not in view.sentence.text[trigger.start : trigger.end]
    if not single and verbs and not nouns and _only_describes(view, view.token_at(trigger.start), verbs[0]):
        return None  # "the closed border", "a ban on imports from Chad"
    if nouns and nouns[0].name == "duty":
        is_verbs = token.dep_ == "aux"
        return Mention(view, token.head, trigger.start, trigger.end, nouns[0], verbal=True) if is_verbs else None
    if adjectives:
        return Mention(view, token, trigger.start, trigger.end, adjectives[0], verbal=False, attributive=True)
    if len(verbs) > 1 and verbs[0].name == "finding" and not _arms(token):
        verbs = verbs[1:]  # "confiscated farms" is no find of weapons
    if verbs and (attributive := single and token.dep_ == "amod"):
        return Mention(view, token, trigger.start, trigger.end, verbs[0], verbal=True, attributive=attributive)
    if verbs and (
        _reads_as_verb(token) or (not nouns and _lost_verb(token))
        if (nouns or single)
        else not _is_name(token, view.token_at(trigger.start), trigger.end)
    ):
        token = _verb_head(view, trigger.start, token)
        return Mention(view, token, trigger.start, trigger.end, verbs[0], verbal=True)
    return Mention(view, token, trigger.start, trigger.end, nouns[0], verbal=False) if nouns else None


def _in_a_name(view: View, trigger: Trigger) -> bool:
    """True within a date (the month, no march), the name of a group or a place, and after "anti"."""
    spans = [(d.start, d.end) for d in view.dates] + [(p.start, p.end) for p in view.places]
    spans += [(a.start, a.end) for a in view.actors if a.category == "named" and not _acts(view, trigger)]
    if any(start <= trigger.start and trigger.end <= end for start, end in spans):
        return True
    before = view.sentence.text[max(trigger.start - 8, 0) : trigger.start].lower()
    return before.endswith(("anti-", "anti ", "counter-", "counter "))


def _acts(view: View, trigger: Trigger) -> bool:
    """True for a verb that somebody does, though its word could end a name: "the UN peacekeepers patrol the town"."""
    token = view.head_of(trigger.start, trigger.end)
    return bool(tree.children(token, "nsubj")) and any(part == "verb" for _, part in trigger.readings)


def _arms(verb: Token) -> bool:
    objects = [t for c in tree.children(verb, "dobj", "nsubjpass") for t in tree.with_conjuncts(c)]
    return any(t.lower_ in things()["weapon"] for t in objects)


def _only_describes(view: View, first: Token, cls: TriggerClass) -> bool:
    """True where the first word of a verb's phrase is no verb here."""
    if first.dep_ == "amod" and not any(t.dep_ in tree.SUBJECTS for t in view.doc):
        return False  # "attackers lobbed grenades": a sentence without another verb, where the parse is wrong
    noun = cls.domain == DIPLOMACY and first.dep_ in tree.NOMINAL
    return first.dep_ == "amod" or (
        noun and not tree.children(first, "nsubj", "dobj", "aux", "auxpass", "prt", "agent")
    )


def _means_else(view: View, start: int, end: int, token: Token) -> bool:
    """The month, and who demonstrates something: neither marches nor protests."""
    word = view.sentence.text[start:end]
    if word == "March" and not (token.dep_ == "ROOT" and start == 0 and tree.children(token, "nsubj", "prep")):
        return not tree.children(token, "det", "poss", "nsubj", "amod")
    if word.lower() in ("die in", "sit in", "walk out"):
        return True  # a die-in has its hyphen
    if word.lower().startswith("rall") and tree.prepositions(token, "behind", "round", "around"):
        return True
    if word.lower() in ("hang", "hangs", "hung", "hanging") and not tree.children(
        token, "dobj", "auxpass", "nsubjpass"
    ):
        return True
    if word.lower() in _STRUGGLED and any(c.lower_ in _HELPFUL for c in tree.children(token, "xcomp", "advcl")):
        return True  # "fought to save the whales"
    shows = word.lower() in ("demonstrate", "demonstrates", "demonstrated", "demonstrating")
    told = any(c.lower_ in ("that", "how", "why") for t in tree.children(token, "ccomp") for c in t.children)
    return shows and bool(tree.children(token, "dobj", "ccomp")) and (told or not _goes_on_where(view, end))


_STRUGGLED = frozenset(("fight", "fights", "fought", "fighting", "battle", "battles", "battled", "battling"))
_HELPFUL = frozenset(
    (
        *("save", "rescue", "contain", "extinguish", "douse", "survive", "stay", "overcome", "preserve", "restore"),
        *("revive", "treat", "prove", "finish", "qualify", "win", "avoid", "resuscitate", "reunite", "cope"),
    )
)


def _goes_on_where(view: View, end: int) -> bool:
    """`demonstrated outside …`: a word of place or of what it is about stands next."""
    following = view.sentence.text[end:].lstrip().lower().split(" ", 1)[0]
    return following in _WHERE


_WHERE = frozenset(("in", "at", "near", "outside", "against", "across", "around", "along", "for", "on", "through"))


def _verb_head(view: View, start: int, root: Token) -> Token:
    """A phrase begins with its verb; the parser may have taken another word of it for the head."""
    first = view.token_at(start)
    return first if root.i != first.i and first.is_ancestor(root) else root


def _is_name(token: Token, first: Token, end: int) -> bool:
    """True where the phrase is a noun after all: "a car bomb went off", "a military camp outside the town"."""
    if first.dep_ == "amod" and first.lower_.endswith("ed") and first.i != token.i:
        return False  # "attackers lobbed grenades", where the parse takes the verb for an adjective
    if first.i != token.i and first.head.i == token.i:
        return False  # "a settler shot dead a man", where the parse takes "shot" for a noun
    if first.dep_ in tree.NOMINAL and any(c.dep_ in _PREMODIFIERS for c in first.children):
        return True
    return token.dep_ in tree.NOMINAL and token.idx + len(token) == end and not tree.children(token, "dobj", "aux")


def _lost_verb(token: Token) -> bool:
    """True for "members of the congregation clashed with", where the parse takes the verb for the last noun of them."""
    if token.dep_ != "pobj" or not token.lower_.endswith("ed"):
        return False
    beside = any(c.i == token.i - 1 for c in tree.children(token, "compound", "nmod"))
    return beside and any(p.i > token.i for p in tree.children(token, "prep"))


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
