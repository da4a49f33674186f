"""Cuts a sentence into words, with each number mention as one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.extractor.coding.numbers import NumberMention
from services.extractor.coding.numbers.lexicon import plain

_TOKEN = re.compile(r"[^\W_]+(?:[-.'\u2019][^\W_]+)*|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Token:
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
            # "IS", the group, is not the verb.
            name = word == "IS" and not shouted
            found.append(Token(match.start(), match.end(), "i.s." if name else plain(word), word[0].isupper()))
        if number:
            found.append(Token(number.start, number.end, "#", capital=False, number=number))
            position = number.end
    return found
