"""Number words as data: `words.yaml`, checked and turned into look-up tables and regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

# Letters outside ASCII that Python's re takes for i, s and k when it ignores case.
_FOLD = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"})


class NotACount(BaseModel):
    """Neighbours that turn a number into a measure, a name, a time or a sum of money."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: frozenset[str]
    after_one: frozenset[str]
    after_no: frozenset[str]
    before: frozenset[str]
    money: frozenset[str]
    street: frozenset[str]


class NumberWords(BaseModel):
    """The contents of `words.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    fixed: dict[str, int]
    vague: dict[str, int]
    vague_factors: dict[str, int]
    lower: list[str]
    upper: list[str]
    about: list[str]
    lower_after: list[str]
    about_after: list[str]
    upper_after: list[str]
    not_a_count: NotACount


@cache
def number_words() -> NumberWords:
    """The checked file; a pydantic ValidationError names what is wrong in it."""
    text = files("services.extractor.coding.numbers").joinpath("words.yaml").read_text(encoding="utf-8")
    return NumberWords.model_validate(yaml.safe_load(text))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, single spaces and plain quotes: the form in which the data files write a word."""
    return " ".join(text.translate(_FOLD).lower().replace("\u2019", "'").split())


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression for one of the phrases, the longest first, any white space between their words."""
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\s{1,3}".join(re.escape(w) for w in phrase.split()) for phrase in longest_first) + ")"
