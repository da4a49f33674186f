"""Entries of a word list that stand in a text as whole words, the longest first, by one automaton."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


def whole_words(
    automaton: AhoCorasick, words: Sequence[str], known: Collection[str], folded: str, at: int = 0
) -> Iterator[tuple[str, int, int]]:
    """The longest entries from left to right; where one ends within a word, the shorter ones that it hides.

    In "the militia clashed" the entry "militia clash" hides "clashed". `known` holds the entries of `words`.
    """
    for index, first, last in automaton.find_matches_as_indexes(folded[at:] if at else folded):
        start, end, word = first + at, last + at, words[index]
        if not _inside_word(folded, start, end):
            yield word, start, end
        elif " " in word:
            shorter = word.rpartition(" ")[0]
            while shorter and (shorter not in known or _inside_word(folded, start, start + len(shorter))):
                shorter = shorter.rpartition(" ")[0]
            if shorter:
                yield shorter, start, start + len(shorter)
            yield from whole_words(automaton, words, known, folded, start + len(shorter or word.partition(" ")[0]))
            return


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())
