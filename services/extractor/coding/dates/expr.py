"""What a date expression says, before it is reckoned against the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.extractor.coding.dates.lexicon import Part, Unit

Which = Literal["last", "this", "next", "previous", "following"]
MonthPart = Literal["early", "mid", "late"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month: "18 January 2024", or "Jan 18" without its year."""

    month: int
    day: int
    year: int | None = None
    part: Part | None = None
    approximate: bool = False
    """Told as "around" the day, or as the week of it."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month: "in May", "late August 2021", "last May"."""

    month: int
    year: int | None = None
    within: MonthPart | None = None
    which: Which | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year: "in 2014", "late 2014"."""

    year: int
    within: MonthPart | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 0 Monday to 6 Sunday: "on Thursday", "last Monday", "early Friday"."""

    weekday: int
    which: Which | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday: "over the weekend"."""

    which: Which | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """So many units from the day of publication: "yesterday", "three days ago", "last week"."""

    unit: Unit
    offset: int
    part: Part | None = None
    approximate: bool = False
    window: int = 0
    """Units that it looks back over from there: 1 for "overnight", 2 for "the past two days"."""


@dataclass(frozen=True, slots=True)
class FromEvent:
    """So many units from another event: "a day after", "two days earlier", "the same day", "hours after"."""

    unit: Unit
    offset: int
    part: Part | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From one date to another: "May 3-5", "from Monday to Wednesday", "between 3 and 5 May"."""

    first: Day | Month | Year | Weekday
    last: Day | Month | Year | Weekday


@dataclass(frozen=True, slots=True)
class Since:
    """From a date until publication: "since 2011"."""

    start: Day | Month | Year | Weekday | Relative


@dataclass(frozen=True, slots=True)
class Stretch:
    """A long or recurring time that is no day of an event: "for decades", "every year", "10th anniversary"."""


DateExpr = Day | Month | Year | Weekday | Weekend | Relative | FromEvent | Range | Since | Stretch


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression of a text: `text` is `source[start:end]`."""

    start: int
    end: int
    text: str
    expr: DateExpr
    duration: bool = False
    """It spans weeks or more, and marks history rather than an event's day."""
    recurring: bool = False
    """It comes again ("every year") or commemorates ("the 10th anniversary")."""
