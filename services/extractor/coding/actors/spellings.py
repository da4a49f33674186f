"""The spellings of one name: what type-setting drops from it, and how its Arabic and Urdu words are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from services.extractor.coding.actors.knowledge import generic

_MOST = 48
"""Spellings of one name at most."""


def spellings(alias: str) -> list[str]:
    """The name itself first, then its other spellings, each once."""
    found = dict.fromkeys([alias])
    for family in _families():
        for known in list(found):
            for other in _swapped(known, family):
                if len(found) < _MOST:
                    found.setdefault(other)
    return [way for known in found for way in careless(known)]


def _swapped(alias: str, family: tuple[str, ...]) -> Iterator[str]:
    """The name with each other spelling of a word in it."""
    pattern = _pattern(family)
    if pattern.search(alias):
        yield from (pattern.sub(word, alias) for word in family)


def careless(alias: str) -> Iterator[str]:
    """The name, and what careless type-setting makes of it: no hyphen, no brackets, no apostrophe."""
    yield alias
    if "-" in alias:
        yield alias.replace("-", "")
    if "(" in alias:
        yield alias.replace("(", "").replace(")", "")
    if "'" in alias:
        yield alias.replace("'", "")
        yield alias.replace("'", " ")


@cache
def _families() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(family) for family in generic().spellings)


@cache
def _pattern(family: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(family, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z'])" for word in longest))
