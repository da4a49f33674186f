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


class _Blanks(dict[int, str | int]):
    """A blank for each character that is no letter or digit, worked out when first met."""

    def __missing__(self, point: int) -> str | int:
        self[point] = found = point if chr(point).isalnum() else " "
        return found


_BLANKS = _Blanks()


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...], tuple[tuple[Pattern, ...], ...]]:
    """The automaton of all patterns, with blanks beside their letters: no word is found inside another."""
    table = patterns()
    padded = [f"{' ' * key[0].isalnum()}{key.translate(_BLANKS)}{' ' * key[-1].isalnum()}" for key in table]
    return AhoCorasick(padded), tuple(table), tuple(table.values())


def _spans(folded: str) -> list[tuple[int, int, int]]:
    """Start, end (below nought, so that the longer comes first) and pattern of each match, sorted."""
    automaton, keys, _ = _automaton()
    spans = []
    for index, at, _ in automaton.find_matches_as_indexes(f" {folded.translate(_BLANKS)} ", overlapping=True):
        key = keys[index]
        start = at if key[0].isalnum() else at - 1
        if folded.startswith(key, start):
            spans.append((start, -start - len(key), index))
    spans.sort()
    return spans


def scan(text: str) -> list[Word]:
    """The words of the lexicon in `text`, by place, without overlap; of two that overlap the first, then the longer."""
    table = _automaton()[2]
    folded, cased = fold(text), fold_accents(text)
    words: list[Word] = []
    free = 0
    for start, minus_end, index in _spans(folded):
        if start < free:
            continue
        end = -minus_end
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
