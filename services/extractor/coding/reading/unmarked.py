"""Finds where sentences begin in a long stretch that has lost its full stops: only capitals tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

LONG = 220
"""Characters from which a stretch without a full stop is looked at: few sentences of news are longer."""

# No sentence of news is so short: what is cut off keeps its doer and its deed.
_SHORTEST = 30
_WORD_BEFORE = re.compile(r"([A-Za-z\u00c0-\u024f0-9]+)\)?$")


class Openers(BaseModel):
    """The contents of `openers.yaml`: words in small letters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sure: frozenset[str]
    before_small: frozenset[str]
    ends_names: frozenset[str]
    never_after: frozenset[str]

    @field_validator("*", mode="before")
    @classmethod
    def _words(cls, value: str) -> frozenset[str]:
        return frozenset(value.split())


@cache
def openers() -> Openers:
    """The words that open sentences."""
    path = files("services.extractor.coding.reading").joinpath("openers.yaml")
    return Openers.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def _pattern() -> re.Pattern[str]:
    words = openers()
    sure, small = (
        "|".join(sorted(w.capitalize() for w in group)) for group in (words.sure, words.before_small | words.ends_names)
    )
    return re.compile(rf"(?<=[\w)]) (?=(?:{sure}) [\w'\u2019]|({small}) [a-z])")


def starts(text: str, begin: int, end: int) -> Iterator[int]:
    """Offsets between `begin` and `end` at which a sentence begins without a full stop before it, in order."""
    if end - begin < LONG:
        return
    last = begin
    for match in _pattern().finditer(text, begin, end):
        at = match.end()
        if at - last >= _SHORTEST and end - at >= _SHORTEST and _opens(text, begin, match, end):
            yield at
            last = at


def _opens(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """False after a word that goes on with what follows, and where what follows may end a name."""
    before = _WORD_BEFORE.search(text, max(begin, match.start() - 40), match.start())
    if before is None or before[1] in openers().never_after:
        return False
    named = match[1] is not None and match[1].lower() in openers().ends_names
    return not (named and before[1][0].isupper() and "," in text[begin:end])
