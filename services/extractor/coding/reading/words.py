"""Finds words of a list in a text by one pass of Aho-Corasick: costly patterns are tried only where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

# What Python's re takes for i, s and k when it ignores case.
_ALIKE: Final = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}


class _Letters(dict[int, str]):
    """Each letter in lower case and a blank for all else, worked out when first met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        lower = _ALIKE.get(char, char.lower())
        letter = char.isalnum() and not char.isdecimal()
        self[point] = found = (lower if len(lower) == 1 else char) if letter else " "
        return found


_TABLE: Final = _Letters()


@lru_cache(maxsize=16)
def letters(text: str) -> str:
    """`text` in lower case with a blank for whatever is no letter, and one more blank at each end."""
    return f" {text.translate(_TABLE)} "


class WordFinder:
    """Words of letters alone, compiled; immutable and safe to share between threads."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words: Final = tuple(sorted({part for word in words for part in letters(word).split()[:1]}))
        self._automaton = AhoCorasick([f" {word} " for word in self.words], implementation=Implementation.DFA)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Number, start and end of each whole word of the list in `text`, by place. Linear in the text."""
        found = self._automaton.find_matches_as_indexes(letters(text), overlapping=True)
        return [(number, start, end - 2) for number, start, end in found]
