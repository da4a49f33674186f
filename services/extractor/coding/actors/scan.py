"""Finds the lexicon's words in a text: whole words, right case, longest first, each letter used once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from services.extractor.coding.actors.fold import fold, fold_accents
from services.extractor.coding.actors.knowledge import generic
from services.extractor.coding.actors.lexicon import Case, Meaning, Pattern, patterns

_SHOUT = 20  # characters to each side in which some small letter shows that capitals mean something


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the text and all that it may mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[Pattern, ...], ...]]:
    table = patterns()
    return AhoCorasick(list(table)), tuple(table.values())


def scan(text: str) -> list[Word]:
    """The words of the lexicon in `text`, by place, without overlap; of two that overlap the first, then the longer."""
    automaton, table = _automaton()
    folded, cased = fold(text), fold_accents(text)
    spans = [
        (start, end, index)
        for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True)
        if _whole(folded, start, end)
    ]
    spans.sort(key=lambda span: (span[0], -span[1]))
    words: list[Word] = []
    free = 0
    for start, end, index in spans:
        if start < free:
            continue
        meanings = tuple(
            dict.fromkeys(
                pattern.meaning
                for pattern in table[index]
                if _case_fits(pattern.cased, pattern.case, cased, start, end)
            )
        )
        if meanings:
            words.append(Word(start, end, meanings))
            free = end
    return words


def _whole(folded: str, start: int, end: int) -> bool:
    """Neither end cuts through a word."""
    if start and folded[start - 1].isalnum() and folded[start].isalnum():
        return False
    return not (end < len(folded) and folded[end].isalnum() and folded[end - 1].isalnum())


def _case_fits(pattern: str, case: Case, cased: str, start: int, end: int) -> bool:
    if case == "any":
        return True
    if case == "exact":
        return cased[start:end] == pattern and (_told_apart(pattern) or not _shouted(cased, start, end))
    return cased[start].isupper() or not cased[start].isalpha()


@cache
def _told_apart(abbreviation: str) -> bool:
    """Whether an abbreviation is no word even where all is in capitals: PKK is none, IS, US and WHO are."""
    return len(abbreviation) > 2 and abbreviation not in generic().capital_traps


def _shouted(cased: str, start: int, end: int) -> bool:
    """Whether all letters around are capitals, so that capitals tell nothing: "WHAT IS TO COME"."""
    around = cased[max(0, start - _SHOUT) : start] + cased[end : end + _SHOUT]
    letters = [char for char in around if char.isalpha()]
    return len(letters) > 3 and all(char.isupper() for char in letters)
