"""An actor as a phrase of the text tells it, and the phrases that stand for actors that no file knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from services.extractor.coding.actors import ActorMention
from services.extractor.coding.actors.fold import fold_accents
from services.extractor.coding.actors.knowledge import generic
from services.extractor.coding.actors.lexicon import plurals
from services.extractor.coding.actors.names import of_role
from services.extractor.coding.events import tree
from services.extractor.coding.events.coreference import PRONOUNS
from services.extractor.coding.lexicon.things import things

if TYPE_CHECKING:
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.sentences import Sentence
    from services.extractor.coding.reading.tokens import Token

POINTING = PRONOUNS | {"who", "which", "that", "this"}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as one phrase names it; characters within the sentence."""

    sentence: Sentence
    start: int
    end: int
    name: str
    kind: str | None
    country: str | None
    code: str | None
    category: str
    origin: bool = False
    """A thing by its country ("Israeli shells"): it does harm for that country, and suffers none for it."""
    civil: bool = False
    """A member, worker or leader of a party, by the word that names them."""
    derived: bool = False
    """Named or given its country by other words of the article than its own."""

    @property
    def mention(self) -> str:
        """The words of the text."""
        return self.sentence.text[self.start : self.end]


def party_of(sentence: Sentence, actor: ActorMention, start: int, end: int) -> Party:
    """The party of a mention, shown by these characters."""
    return Party(sentence, start, end, actor.name, actor.kind, actor.country, actor.code, actor.category)


def as_protester(party: Party) -> Party:
    """People who demonstrate are protesters to ACLED, whatever they are called: "hundreds of Kenyans marched"."""
    if party.kind != "Civilians" or not party.name.startswith("Civilians"):
        return party
    return replace(party, name=party.name.replace("Civilians", "Protesters", 1), kind="Protesters")


_MEN = frozenset(("men", "people", "persons", "individuals", "strangers", "riders", "motorcyclists", "bikers"))


def as_gunmen(party: Party) -> Party:
    """Men of whom all that is told is that they shot somebody are gunmen: "two men on a motorbike shot a teacher"."""
    if party.kind != "Civilians" or party.country is not None or party.mention.lower().split()[-1] not in _MEN:
        return party
    armed = of_role("armed", None)
    return replace(party, name=armed.name, kind=armed.kind, code=armed.code)


def phrase(view: View, head: Token) -> tuple[int, int]:
    """Characters of the head's phrase, without the end of a trigger that the parse put into it: "shot dead two men"."""
    start, end = tree.noun_phrase(head)
    if start < view.newsroom_end <= head.idx:  # "TUPELO, Miss. - A teenager": the parser takes the dateline for a part
        start = next((t.idx for t in view.doc if t.idx >= view.newsroom_end and t.text.isalnum()), head.idx)
    return next((t.end + 1 for t in view.triggers if t.start < start < t.end < head.idx), start), end


def property_of(view: View, heads: Iterable[Token]) -> list[Party]:
    """The phrases that stand for property ("two gas wells", "a mosque"), named by their own words."""
    found = []
    for head in heads:
        if head.lower_ in things()["property"]:
            start, end = tree.noun_phrase(head)
            if any(a.start < end and a.end > start and a.category in ("named", "state") for a in view.actors):
                continue
            words = [t for t in head.subtree if start <= t.idx < end and t.dep_ in ("compound", "amod", "nmod")]
            told = [t for t in words if not any(s.start <= t.idx < s.end for s in view.triggers)]
            if len(told) < len(words):  # "setting ablaze two shops", "burning vehicles": what was done is no part of it
                words, start = told, min(t.idx for t in (*told, head))
            name = " ".join(t.text for t in (*words, head)).lower()
            found.append(Party(view.sentence, start, end, name, None, None, None, "thing"))
    return found


def strangers(view: View, heads: Iterable[Token]) -> list[Party]:
    """The phrases that name somebody whom no file knows, by their own words: "the Jura Farmers' League"."""
    found = []
    for head in heads:
        start, end = tree.noun_phrase(head)
        if head.lower_ in POINTING or head.idx < view.newsroom_end or not _is_proper(view, head):
            continue
        if any(d.start < end and d.end > start for d in view.dates):
            continue
        words = [t for t in head.subtree if start <= t.idx < end and t.dep_ not in ("det", "poss", "punct", "case")]
        name = fold_accents(" ".join(t.text for t in words))
        if name.isascii():
            found.append(Party(view.sentence, start, end, name, None, None, None, "stranger"))
    return found


def persons(view: View, heads: Iterable[Token]) -> list[Party]:
    """Those told by their full name, or as members of a body that no file knows: civilians, for all that is told."""
    found = []
    for head in heads:
        start, end = phrase(view, head)
        aimed = head.dep_ == "pobj" and head.head.lower_ in ("on", "at", "against", "upon")
        if aimed or head.lower_ in POINTING or any(d.start < end and d.end > start for d in view.dates):
            continue
        full = bool(tree.children(head, "compound")) or any(c.text.isdigit() for c in tree.children(head, "appos"))
        if head.lower_ in members() or (full and head.text[:1].isupper() and _is_proper(view, head)):
            civilians = of_role("civilians", None)
            found.append(
                Party(view.sentence, start, end, civilians.name, civilians.kind, None, civilians.code, "person")
            )
    return found


@cache
def members() -> frozenset[str]:
    """Nouns for people of a party or body."""
    return frozenset(form for word in generic().members for form in plurals(word))


def _is_proper(view: View, head: Token) -> bool:
    """True for a name: a capital that the sentence's beginning does not explain, and no place's."""
    if head.dep_ not in tree.NOMINAL | {"conj"}:
        return False
    capitals = [t for t in (head, *tree.children(head, "compound")) if t.text[:1].isupper() and t.idx > 0]
    known = [(p.start, p.end) for p in view.places] + [(a.start, a.end) for a in view.actors]
    return bool(capitals) and not any(start <= t.idx < end for t in capitals for start, end in known)
