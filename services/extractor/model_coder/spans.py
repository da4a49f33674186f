"""Looks quotes up in the article: what stands there gets its span, what does not is nobody's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from schemas.event import Evidence
from services.extractor.coding.reading.sentences import Sentence

MAX_QUOTE = 600
"""Longest quote in characters; no field needs more."""
# Models write these alike, whatever the article has.
_ALIKE = {char: f"[{group}]" for group in ("'\u2018\u2019\u02bc`", '"\u201c\u201d\u201e\u00ab\u00bb') for char in group}
_ALIKE |= dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014", "[-\u2010-\u2014]")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a sentence."""

    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The article's own words."""
        return self.sentence.text[self.start : self.end]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with another stretch of the sentence."""
        return start < self.end and end > self.start

    def evidence(self, field: str) -> Evidence:
        """Evidence for `field`, in the article's own offsets."""
        at = self.sentence.start
        return Evidence(field=field, in_=self.sentence.part, start=at + self.start, end=at + self.end, text=self.text)


@lru_cache(maxsize=1024)
def _pattern(quote: str) -> re.Pattern[str] | None:
    words = quote.split()
    if not words or len(quote) > MAX_QUOTE:
        return None
    body = r"\s+".join("".join(_ALIKE.get(char, re.escape(char)) for char in word) for word in words)
    # whole words: "war" does not stand in "toward"
    before = r"(?<!\w)" if re.match(r"\w", words[0]) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", words[-1]) else ""
    return re.compile(before + body + after)


def find(quote: str, number: int, sentences: Sequence[Sentence]) -> Span | None:
    """Where the quote stands: in the sentence of that number, else in the one nearest to it; null where in none.

    White space, quotation marks and dashes may be of another kind; everything else is exact, upper case too.
    Time grows with the lengths of the article and the quote.
    """
    pattern = _pattern(quote)
    if pattern is None:
        return None
    home = min(max(number, 0), len(sentences) - 1)
    for index in sorted(range(len(sentences)), key=lambda i: (abs(i - home), i)):
        if (match := pattern.search(sentences[index].text)) is not None:
            return Span(sentences[index], match.start(), match.end())
    return None
