"""Bare plurals that a number before them counts too: "eighteen traders and shoppers died"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from services.extractor.coding.tolls.lexicon import toll_words
from services.extractor.coding.tolls.tokens import Token

if TYPE_CHECKING:
    from services.extractor.coding.tolls.single import Group

# What follows where both are counted; another verb tells what the second do: "killed four soldiers and rebels fled".
_GOES_ON = frozenset(
    (
        *(",", ".", "in", "on", "at", "by", "when", "who", "after", "during"),
        *("died", "perished", "dead", "killed", "wounded", "injured", "hurt"),
    )
)


def with_others(sentence: str, row: Sequence[Token], group: Group) -> Group:
    """The group of a number with the bare plural that "and" adds to it, if nothing is told of that alone."""
    last = group.last + 2
    if not group.who or row[group.first].number is None or group.low == 1 or last >= len(row):
        return group
    words, behind = toll_words(), row[last + 1].word if last + 1 < len(row) else "."
    found = words.person(row[last].word)
    goes_on = behind in _GOES_ON or behind in words.passive_auxiliaries
    if row[last - 1].word != "and" or found is None or not found[1] or not goes_on:
        return group
    return replace(group, last=last, who=sentence[row[group.first + 1].start : row[last].end])
