"""Which words before a name say that it is a place's: "in", "near the", "in eastern", "on the outskirts of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.places import curated

if TYPE_CHECKING:
    from services.extractor.coding.places.tokens import Words


def located(words: Words, first: int) -> bool:
    """Whether "in", "at", "near" or the like stands before the word `first`, at most "the" or "eastern" between."""
    before = before_part(words, first)
    if before >= 0 and words.tokens[before].key in {"the", "a", "an"} and words.spaced(before):
        before -= 1
    return places(words, before)


def places(words: Words, before: int) -> bool:
    """Whether the word `before` is "in" or the like, or "of" after a word for a side of a place: "the edge of"."""
    if before < 0 or not words.spaced(before):
        return False
    if words.tokens[before].key in curated.words().locatives:
        return True
    of = words.tokens[before].key == "of" and before > 0 and words.spaced(before - 1)
    return of and words.tokens[before - 1].key in curated.words().sides


def owned(words: Words, first: int) -> str | None:
    """What follows must stand behind if it is to tell where the word `first` lies: after "market of" or "raid on"."""
    before = first - 1
    if before < 1 or not (words.spaced(before) and words.spaced(before - 1)):
        return None
    known, key, link = curated.words(), words.tokens[before - 1].key, words.tokens[before].key
    if link == "of" and key in known.grounds:
        return "in"
    return "," if link in {"of", "on"} and key in known.onsets else None


def before_part(words: Words, first: int) -> int:
    """The word before `first`, and before "eastern" or "central" in small letters."""
    before = first - 1
    while before > 0 and words.tokens[before].key in curated.words().parts and words.spaced(before):
        if words.tokens[before].capital:
            break
        before -= 1
    return before
