"""Cuts a sentence into words, with each number mention as one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from services.extractor.coding.numbers import NumberMention
from services.extractor.coding.numbers.lexicon import plain

# Quotation marks part nothing: `"neutralised" 12 fighters`.
_QUOTES = frozenset("\"'\u2018\u2019\u201c\u201d`")
_TOKEN = re.compile(r"[^\W_]+(?:[-.'\u2019][^\W_]+)*|[^\w\s]|_")


NUMBER = "#"
"""The word of a whole number mention."""


class Token(NamedTuple):
    """A word, a mark, or a whole number mention."""

    start: int
    end: int
    word: str
    """Lower case."""
    capital: bool
    number: NumberMention | None = None


def tokens(sentence: str, numbers: Sequence[NumberMention]) -> list[Token]:
    """The tokens of `sentence` in order; `numbers` are its number mentions, in order, with offsets into it."""
    found: list[Token] = []
    position, shouted = 0, sentence.isupper()
    for number in [*numbers, None]:
        end = number.start if number else len(sentence)
        for match in _TOKEN.finditer(sentence, position, max(end, position)):
            word = match[0]
            if word in _QUOTES:
                continue
            # "IS", the group, is not the verb.
            folded = "i.s." if word == "IS" and not shouted else word.lower() if word.isascii() else plain(word)
            found.append(Token(match.start(), match.end(), folded, word[0].isupper()))
        if number:
            found.append(Token(number.start, number.end, NUMBER, capital=False, number=number))
            position = number.end
    return found
