"""Words that point back: whom "the group", "the army" and "they" stand for, where only one of those named fits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.extractor.coding.actors.find import ActorMention, find_actors
from services.extractor.coding.actors.knowledge import generic
from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.sentences import Sentence
    from services.extractor.coding.reading.tokens import Token

_FIGHTERS = frozenset(("Rebel group", "Political militia", "Identity militia"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_SINGULAR = frozenset(("he", "she", "him", "her", "his"))
_PLURAL = frozenset(("they", "them", "their"))
PRONOUNS = _SINGULAR | _PLURAL | {"it", "its"}
_OBJECTS = frozenset(("dobj", "pobj", "dative"))
# A group or country that was named farther back than this is looked for no more.
_FAR = 4
_BACK = re.compile(r"\b(?:the|this|that|these|those) $", re.IGNORECASE)
_OF = re.compile(r" (?:of|from|belonging to|affiliated (?:to|with)|linked (?:to|with)) (?:the )?")
_MANY = re.compile(r"(?:\b(?:men|women|people|children|police|troops|staff|personnel|forces)|[^s]s)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """An actor and the sentence that names it."""

    sentence: Sentence
    actor: ActorMention


class Memory:
    """What an article names, sentence by sentence. Sentences that the gate held back are read when asked for."""

    def __init__(self, sentences: Sequence[Sentence], views: Sequence[View]) -> None:
        self._sentences = {s.index: s for s in sentences}
        self._views = {v.sentence.index: v for v in views}
        self._read: dict[int, list[ActorMention]] = {}
        self.suffered: set[str] = set()
        """Names of those to whom something was done so far."""

    def group(self, view: View, head: Token, *, doer: bool = False) -> Named | None:
        """The armed group meant by "the group" or "the rebels": the last one named, if no other stands beside it.

        `doer` asks for one to whom nothing was done: "the attackers" are not whom they attacked.
        """
        here = {m.country for m in view.actors if m.category == "country"}
        for sentence, mentions in self._back(view, head.idx, next(iter(here)) if len(here) == 1 else None):
            fighters = [m for m in mentions if m.kind in _FIGHTERS and not _of_other(sentence.text, m, mentions)]
            names = {m.name for m in fighters}
            if names:
                named = [m for m in fighters if m.category == "named"]
                sole = len(names) == 1 and bool(named) and not (doer and names <= self.suffered)
                return Named(sentence, named[-1]) if sole else None
        return None

    def country(self, view: View, head: Token) -> str | None:
        """The country whose army "the army" is: the last one that acted, if no other stands beside it."""
        for _, mentions in self._back(view, head.idx):
            found = {m.country for m in mentions if m.category in ("state", "country") and m.country is not None}
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None

    def pronoun(self, view: View, head: Token) -> tuple[View, Token] | Named | None:
        """Whom a pronoun stands for: one of a clause before, the subject of the sentence before, or who else fits."""
        suffers = head.dep_ in _OBJECTS or head.dep_ == "nsubjpass"
        by = head.dep_ == "pobj" and head.head.lower_ == "by"  # nobody does it to himself
        for noun in () if by else _earlier(head, suffers=suffers):
            if noun.i < head.i and _agrees(head, view, noun):
                return view, noun
        before = self._views.get(view.sentence.index - 1)
        if before is None or before.sentence.part != view.sentence.part:
            return self._only(view, head)
        fitting = [t for t in _nouns(before) if _agrees(head, before, t)]
        wanted = ("nsubj", "nsubjpass") if by else ("nsubjpass",) if head.dep_ == "nsubjpass" else ("nsubj",)
        if not suffers or by:  # "The dead were farmers. They …": who did it is told elsewhere
            fitting = [t for t in fitting if not _fell(t)]
        subjects = [t for t in fitting if t.dep_ in wanted]
        others = [t for t in fitting if t not in subjects]
        first, second = (others, subjects) if head.dep_ in _OBJECTS and not by else (subjects[:1], others)
        chosen = first or second
        return (before, chosen[0]) if len(chosen) == 1 else None

    def _only(self, view: View, head: Token) -> Named | None:
        """The one who fits in a sentence before that was not parsed."""
        sentence = self._sentences.get(view.sentence.index - 1)
        if sentence is None or sentence.part != view.sentence.part:
            return None
        fitting = [m for m in self._actors(sentence.index) if _fits(head.lower_, m.text, m.category)]
        return Named(sentence, fitting[0]) if len(fitting) == 1 else None

    def _back(self, view: View, at: int, country: str | None = None) -> Iterator[tuple[Sentence, list[ActorMention]]]:
        """Sentences and their actors: the sentence before the character, then the sentences before, the nearest first.

        `country` tells which ELN is meant where a sentence does not.
        """
        index = view.sentence.index
        yield view.sentence, [m for m in view.actors if m.end <= at]
        for earlier in range(index - 1, max(index - 1 - _FAR, -1), -1):
            if earlier in self._sentences:
                sentence = self._sentences[earlier]
                found = self._actors(earlier)
                yield sentence, find_actors(sentence.text, country) if country is not None and not found else found

    def _actors(self, index: int) -> list[ActorMention]:
        if index in self._views:
            return self._views[index].actors
        if index not in self._read:
            self._read[index] = find_actors(self._sentences[index].text)
        return self._read[index]


def _earlier(pronoun: Token, *, suffers: bool) -> Iterator[Token]:
    """Who is told of in the clauses above a pronoun's: its own subject is not whom an object means."""
    own = tree.clause_of(pronoun)
    shared = not tree.children(own, "nsubj", "nsubjpass")
    for clause in tree.ancestors(own):
        if suffers:
            yield from tree.children(clause, "dobj", "nsubjpass")
            yield from tree.prepositions(clause, "on", "upon", "at", "against")
        subjects = tree.children(clause, "nsubj", "nsubjpass")
        if not (suffers and shared):
            yield from subjects
        shared = shared and not subjects


def definite(head: Token) -> bool:
    """True for "the rebels", not for "the rebels of the east", "three rebels"."""
    return any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in head.children)


def _agrees(pronoun: Token, view: View, noun: Token) -> bool:
    """Whether a pronoun may stand for a noun, by number; a pronoun says nothing of another, and people are no "it"."""
    if noun.lower_ in PRONOUNS:
        return False
    start, end = tree.noun_phrase(noun)
    joined = any(c.dep_ == "conj" for c in noun.children)
    category = next((m.category for m in view.actors if start < m.end and m.start < end), None)
    people = category == "generic" and pronoun.lower_ in ("it", "its")
    return not people and _fits(pronoun.lower_, view.sentence.text[start:end], category, many=joined)


def _fell(noun: Token) -> bool:
    """True for "the dead", "the injured persons", "the victims"."""
    words = (noun.lower_, *(c.lower_ for c in noun.children if c.dep_ == "amod"))
    return any(w.rstrip("s") in _FALLEN or w in cues()["suffered"].words for w in words)


_FALLEN = frozenset(("victim", "deceased", "dead", "casualtie", "survivor", "bodie", "hostage"))


def _fits(pronoun: str, words: str, category: str | None, *, many: bool = False) -> bool:
    plural = many or bool(_MANY.search(words))
    body = category in ("named", "state", "country")
    if pronoun in _PLURAL:
        return plural or body
    if pronoun in _SINGULAR:
        return not plural and not body
    return not plural or body


def _nouns(view: View) -> list[Token]:
    """The heads of the phrases that stand for actors in the sentence, from left to right."""
    found: dict[int, Token] = {}
    for mention in view.actors:
        head = view.head_of(mention.start, mention.end)
        while head.dep_ in _INNER or (head.dep_ == "pobj" and head.head.lower_ == "of"):
            head = head.head
        found.setdefault(head.i, head)
    return [found[i] for i in sorted(found)]


_INNER = frozenset(("compound", "amod", "nmod", "poss", "appos", "prep"))


def _of_other(text: str, mention: ActorMention, mentions: list[ActorMention]) -> bool:
    """True for a description that points back itself or that a name follows: "fighters of the Kachin army"."""
    if mention.category != "generic":
        return False
    if _BACK.search(text, max(0, mention.start - 7), mention.start):
        return True
    if any(m.category == "named" and _OF.fullmatch(text, mention.end, m.start) for m in mentions):
        return True
    own = mention.text.lower().removesuffix("s") in generic().alone  # "the group has fighters"
    return own and any(m.category == "named" and m.end < mention.start for m in mentions)
