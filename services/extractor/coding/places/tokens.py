"""Cuts a text into words with their capitals, their gaps and the manner of their line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from services.extractor.coding.places import curated
from services.extractor.coding.places.fold import WORD, fold, word_key

_JOINS: Final = frozenset((" ", "-", "/", " - ", " & ", "  ", "   ", " \x00", "\x00 "))
_INNER: Final = re.compile(r"(?<!Mc)(?<!Mac)(?<=\w)[A-Z]")
_LINE: Final = re.compile(r"[^\n]+")
_SPACES: Final = frozenset((" ", "  ", "   ", " \x00", "\x00 "))
_STOPS: Final = re.compile(r"[.!?:;\n\"\u201c\u201d]|- $")


@dataclass(slots=True)
class Token:
    """A word: `text[start:end]`, without a possessive ending."""

    start: int
    end: int
    key: str
    capital: bool
    """It begins with a capital, or is a numeral-free word of a script without capitals."""
    upper: bool
    """All its letters are capitals, and it has two or more."""
    mixed: bool
    """It has capitals inside: "GoI", "LWEs"."""
    dotted: bool
    possessive: bool
    shouted: bool
    """Its line is all capitals."""
    titled: bool
    """Its line is a headline in which every word has a capital."""


@lru_cache(maxsize=16_384)
def _shape(raw: str) -> tuple[int, str, bool, bool, bool, bool, bool]:
    """What a word is wherever it stands: its length and the middle fields of its token."""
    word = fold(raw)
    possessive = word[-2:] == "'s" and len(word) > 3
    if possessive:
        word, raw = word[:-2], raw[:-2]
    key = word if word.isalnum() else word_key(word)
    upper = len(raw) > 1 and raw.isupper()
    mixed = not upper and not raw[1:].islower() and _INNER.search(raw) is not None
    return len(raw), key, raw[0].isupper(), upper, mixed, "." in raw, possessive


class Words:
    """The words of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.tokens: list[Token] = []
        for line in _LINE.finditer(self.folded):
            self._read(line.start(), line.end())
        self.capitals: Final = [number for number, token in enumerate(self.tokens) if token.capital]
        """The words that begin with a capital, by number."""

    def _read(self, start: int, end: int) -> None:
        words = [match.span() for match in WORD.finditer(self.folded, start, end)]
        raw = [self.text[a:b] for a, b in words]
        letters = [word for word in raw if word[0].isalpha()]
        long = [word for word in letters if len(word) > 3]
        shouted = len(long) > 2 and sum(word.isupper() for word in long) > 0.7 * len(long)
        titled = len(long) > 3 and sum(word[0].isupper() for word in long) > 0.75 * len(long)
        for (begin, _), word in zip(words, raw, strict=True):
            size, key, capital, upper, mixed, dotted, possessive = _shape(word)
            end = begin + size
            self.tokens.append(Token(begin, end, key, capital, upper, mixed, dotted, possessive, shouted, titled))

    def gap(self, left: int, right: int) -> str:
        """The folded text between the words `left` and `right`."""
        return self.folded[self.tokens[left].end : self.tokens[right].start]

    def joined(self, left: int) -> bool:
        """Whether the word after `left` may belong to the same name."""
        if left + 1 >= len(self.tokens) or self.tokens[left].possessive:
            return False
        gap = self.gap(left, left + 1)
        if gap == ". ":
            return self.tokens[left].key in {"st", "mt", "ft", "ste"}
        return gap in _JOINS

    def spaced(self, left: int) -> bool:
        """Whether only blanks stand between the word `left` and the next."""
        return 0 <= left < len(self.tokens) - 1 and self.gap(left, left + 1) in _SPACES

    @cached_property
    def openers(self) -> list[int]:
        """The words that a name can begin with, by number: those with a capital, and articles ("al-")."""
        articles = curated.words().articles
        return [number for number, token in enumerate(self.tokens) if token.capital or token.key in articles]

    @cached_property
    def small(self) -> set[str]:
        """Keys of all words in small letters."""
        return {token.key for token in self.tokens if not token.capital}

    def opens_sentence(self, number: int) -> bool:
        """Whether the word begins the text, a line or a sentence."""
        return number == 0 or _STOPS.search(self.gap(number - 1, number)) is not None


@lru_cache(maxsize=32)
def words_of(text: str) -> Words:
    """The words of a text, which several searches through one sentence share."""
    return Words(text)
