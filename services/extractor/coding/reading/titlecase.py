"""Gives headlines in Title Case or ALL CAPITALS the letter case of running text, which the parser was trained on."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]*")
# Words that Title Case leaves in lower case, so that they tell nothing.
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "and",
        "or",
        "nor",
        "but",
        "as",
        "from",
        "with",
        "after",
        "over",
        "amid",
        "into",
        "near",
        "is",
        "are",
        "be",
        "his",
        "her",
        "its",
    ]
)


_MOST = 0.8


def is_title_case(text: str) -> bool:
    """True where nearly all words that could stay small are written large."""
    words = [w for w in _WORD.findall(text) if w.lower() not in _SMALL and len(w) > 2]
    if len(words) < 3:
        return len(words) > 1 and all(w.isupper() for w in words)
    large: int = sum(w[0].isupper() for w in words)
    return large > _MOST * len(words)


def running_case(text: str, names: Sequence[tuple[int, int]]) -> str:
    """`text` with all words in lower case but the first and those inside the `names` spans; the length stays."""
    kept = [False] * len(text)
    for start, end in names:
        kept[start:end] = [True] * (end - start)
    upper = text.isupper()
    chars = list(text)
    first = True
    for match in _WORD.finditer(text):
        word = match.group()
        at = match.start()
        named = kept[at]
        if not named and (upper or not word.isupper() or len(word) == 1):
            chars[at : match.end()] = _same_length(word.lower(), word)
        elif named and upper and len(word) > 3:
            chars[at : match.end()] = _same_length(word.capitalize(), word)
        if first and not named:
            chars[at] = text[at]
        first = False
    return "".join(chars)


def _same_length(changed: str, word: str) -> str:
    return changed if len(changed) == len(word) else word
