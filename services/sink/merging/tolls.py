"""What several sources' numbers of one kind of harm add up to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Toll

STALE = dt.timedelta(hours=6)
"""A lower number that is older than the newest by so much is an earlier state of a toll that rises."""


@dataclass(frozen=True, slots=True)
class Number:
    """What one source says last, and when its article came."""

    source: str
    toll: Toll
    told: dt.datetime

    @property
    def value(self) -> int | None:
        """The number, else the least that its words allow."""
        return self.toll.best if self.toll.best is not None else self.toll.low


def current(numbers: Sequence[Number]) -> list[Number]:
    """The numbers that stand, in the order given: lower ones from before the newest have been overtaken."""
    if not numbers:
        return []
    newest = max(numbers, key=lambda number: number.told)
    return [
        number for number in numbers if (number.value or 0) >= (newest.value or 0) or newest.told - number.told < STALE
    ]


def add_up(numbers: Sequence[Number]) -> Toll | None:
    """One toll: the number that most sources give (of as many, the newest), between the least and the most told.

    `numbers` has one for each independent source. None for none.
    """
    standing = current(numbers)
    if not standing:
        return None
    votes = Counter(number.value for number in standing)
    chosen = max(standing, key=lambda number: (number.toll.best is not None, votes[number.value], number.told)).toll
    lows = [n for number in standing if (n := _least(number.toll)) is not None]
    highs = [_most(number.toll) for number in standing]
    known = [high for high in highs if high is not None]
    return chosen.model_copy(
        update={
            "low": min(lows) if lows else None,
            "high": max(known) if len(known) == len(highs) else None,
        }
    )


def _least(toll: Toll) -> int | None:
    return toll.low if toll.low is not None else toll.best


def _most(toll: Toll) -> int | None:
    """The most that the words allow: a plain number means itself, "at least" and "dozens" are open."""
    return toll.high
