"""Where in a text a number can begin, so that its pattern is tried there alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import chain

from services.extractor.coding.numbers.lexicon import number_words
from services.extractor.coding.reading.words import WordFinder, letters

_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"[\s-]{1,3}\Z")
_SCALES = ("hundred", "dozen", "thousand", "million", "billion")


def _longest(phrase: str) -> str:
    """The rarest word of a phrase: "a number of" is looked for by "number"."""
    return max(letters(phrase).split(), key=len)


@cache
def _finder() -> tuple[WordFinder, tuple[bool, ...], int]:
    """The finder of words that open or make a number, which of them make one, and how far before them it may begin."""
    words = number_words()
    phrases = (*words.fixed, *words.vague, *words.vague_factors)
    singles = (*words.units, *words.teens, *words.tens, *_SCALES)
    bounds = (*words.lower, *words.upper, *words.about)
    makers = {*singles, *map(_longest, phrases)}
    finder = WordFinder(chain(makers, bounds, phrases, ("a", "an", "the", "between")))
    reach = 2 * max(map(len, bounds)) + max(map(len, phrases)) + 3 * 12
    return finder, tuple(word in makers for word in finder.words), reach


def starts(text: str) -> Iterator[int]:
    """Every place of `text` where a number may begin, in order: a word that can open one, with a number in reach."""
    finder, makes, reach = _finder()
    hits = [(start, makes[number], finder.words[number]) for number, start, _ in finder.find(text)]
    hits += [(match.start(), True, "") for match in _DIGITS.finditer(text)]
    hits.sort()
    makers = [start for start, maker, _ in hits if maker]
    last = -1
    for start, _, word in hits:
        at = bisect_left(makers, start)
        if at == len(makers) or makers[at] - start > reach:
            continue
        if word == "hundred" and (blanks := _BLANKS.search(text, max(start - 3, 0), start)):
            yield from range(max(blanks.start(), last + 1), start)  # "-hundred" is read with its hyphen
        yield start
        last = start
