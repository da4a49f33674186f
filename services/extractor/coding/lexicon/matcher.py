"""Finds the words of all trigger classes in a text: one pass of Aho-Corasick, then word boundaries and gaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from services.extractor.coding.lexicon.scan import whole_words
from services.extractor.coding.lexicon.triggers import TriggerClass, classes, inflection, traps

Part = Literal["verb", "noun", "adjective"]
GAP = " * "
MAX_GAP_WORDS = 4
# A word between: its dots are those of numbers and abbreviations, no sentence's end.
# Nor does it open another clause: "captured when pirates boarded a tanker" captures no tanker.
_NO_GAP = r"(?!(?:when|while|after|before|who|whom|which|that|because|until|where)\b)"
_GAP_WORD = rf"{_NO_GAP}(?:[^\s.;:]|\.(?=\w)|(?<=\.\w)\.)+"


# "anti-coup protesters", "post-war": named after a deed, none themselves.
_PREFIXES = ("anti-", "pro-", "post-", "pre-", "non-")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: as which class, as which part of speech, and what must follow."""

    cls: TriggerClass
    part: Part
    tail: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger in a text: characters `start` to `end`, its readings, the longest first."""

    start: int
    end: int
    readings: tuple[tuple[TriggerClass, Part], ...]


def fold(text: str) -> str:
    """Lower case, character by character, so that offsets stay: a character that would grow is kept."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.replace("\u2019", "'").replace("\u2011", "-").replace("\u00a0", " ").replace("\n", " ")


class Matcher:
    """All trigger words, compiled; immutable and safe to share between threads."""

    def __init__(self) -> None:
        self._kept = lru_cache(maxsize=128)(self._find)  # gate and view ask for the same sentence
        self._readings: dict[str, list[Reading]] = defaultdict(list)
        for cls in classes().values():
            self._add_class(cls)
        for phrase in traps():
            for form in (*inflection().noun_forms(phrase), *inflection().verb_forms(phrase)):
                self._readings.setdefault(form.lower(), []).clear()
        self._words = sorted(self._readings)
        self._sorted = {word: _sorted(readings) for word, readings in self._readings.items()}
        self._shorter = {word: _shorter(word, self._readings) for word in self._words}
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def _add_class(self, cls: TriggerClass) -> None:
        for phrase in cls.verbs:
            self._add_verb(cls, phrase)
        for pairs in cls.pairs:
            for verb in pairs.verbs:
                self._add_forms(cls, verb, _tail(pairs.objects))
        for phrase in cls.nouns:
            for form in inflection().noun_forms(phrase):
                self._add(form, Reading(cls, "noun"))
        for word in cls.adjectives:
            self._add(word, Reading(cls, "adjective"))

    def _add(self, form: str, reading: Reading) -> None:
        """A verb stands without its hyphen only where it can be no noun: "machine gunned", not "machine guns"."""
        self._readings[form.lower()].append(reading)
        noun = reading.part == "verb" and not form.endswith(("ed", "ing"))
        if "-" in form and " " not in form and not noun:
            self._readings[form.lower().replace("-", " ")].append(reading)

    def _add_verb(self, cls: TriggerClass, phrase: str) -> None:
        head, _, tail = phrase.partition(GAP)
        self._add_forms(cls, head, _tail([tail]) if tail else None)

    def _add_forms(self, cls: TriggerClass, head: str, tail: re.Pattern[str] | None) -> None:
        for form in inflection().verb_forms(head):
            self._add(form, Reading(cls, "verb", tail))

    def find(self, text: str) -> list[Trigger]:
        """The triggers of `text` from left to right, none within another. Time grows with the text's length."""
        return list(self._kept(text))

    def _find(self, text: str) -> tuple[Trigger, ...]:
        return tuple(self.find_folded(fold(text)))

    def find_folded(self, folded: str) -> Iterator[Trigger]:
        """As `find`, for a text that `fold` has been through."""
        taken = 0
        for found, start, end in whole_words(self._automaton, self._words, self._readings, folded):
            if start < taken or folded[:start].endswith(_PREFIXES):
                continue
            taken = end
            word: str | None = found
            while word is not None:  # "pulled out of" begins no phrase here: "pulled out" may stand for itself
                reach, readings = self._read(folded, word, start + len(word))
                if readings:
                    taken = reach
                    unique = {(cls.name, part): (cls, part) for cls, part in readings}
                    yield Trigger(start, reach, tuple(unique.values()))
                    break
                word = self._shorter[word]

    def _read(self, folded: str, word: str, end: int) -> tuple[int, list[tuple[TriggerClass, Part]]]:
        """Where the word's longest reading ends, and its readings; none where what must follow does not."""
        readings, followed = self._sorted[word]
        whole = [
            (len(found[1]), reading, found.end())
            for tail, reading in followed
            if (found := tail.match(folded, end)) is not None
        ]
        if not whole:
            return end, readings
        _, best, reach = max(whole, key=lambda one: one[0])  # "threw a petrol bomb" says more than "threw a bomb"
        return reach, [(best.cls, best.part), *readings]

    def holds(self, folded: str) -> bool:
        """True if there is any trigger."""
        return next(self.find_folded(folded), None) is not None


def _sorted(
    readings: Iterable[Reading],
) -> tuple[list[tuple[TriggerClass, Part]], list[tuple[re.Pattern[str], Reading]]]:
    """The readings of a word alone, and those that something must follow."""
    alone = [(reading.cls, reading.part) for reading in readings if reading.tail is None]
    return alone, [(reading.tail, reading) for reading in readings if reading.tail is not None]


def _shorter(word: str, known: Mapping[str, list[Reading]]) -> str | None:
    """The longest known phrase that the word begins with, where it is a phrase that something must follow."""
    if not known[word] or any(reading.tail is None for reading in known[word]):
        return None  # a trap, or read as it is
    parts = word.split(" ")
    return next((p for n in range(len(parts) - 1, 0, -1) if (p := " ".join(parts[:n])) in known), None)


def _tail(objects: Iterable[str]) -> re.Pattern[str]:
    """What must follow a verb: one of the objects, with a few words between."""
    last = "|".join(sorted((re.escape(o.lower()) for o in objects), key=len, reverse=True))
    return re.compile(rf"(?:[ ,]+{_GAP_WORD}){{0,{MAX_GAP_WORDS}}}?[ -]+({last})(?:s|es)?\b")


@cache
def matcher() -> Matcher:
    """The one matcher of a process; building it takes some tens of milliseconds."""
    return Matcher()
