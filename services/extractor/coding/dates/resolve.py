"""Reckons date expressions against the calendar, as readers of news do."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from services.extractor.coding.dates.expr import (
    DateExpr,
    Day,
    FromEvent,
    Month,
    MonthPart,
    Range,
    Relative,
    Since,
    Stretch,
    Weekday,
    Weekend,
    Year,
)
from services.extractor.coding.dates.lexicon import Unit

Precision = Literal["day", "week", "month", "year"]
SLACK = 2
"""Days that a date may lie after publication and still be past: time zones, and copy dated ahead."""
_COARSER: dict[Unit, Precision] = {"day": "week", "week": "month", "month": "year", "year": "year"}
_THIRDS: dict[MonthPart, tuple[int, int]] = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_MONTHS_OF: dict[MonthPart, tuple[int, int]] = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A span of days, both ends included."""

    start: dt.date
    end: dt.date
    precision: Precision


def _days(first: dt.date, last: dt.date, precision: Precision) -> Resolved:
    return Resolved(min(first, last), max(first, last), precision)


def _month_span(year: int, month: int, within: MonthPart | None = None) -> tuple[dt.date, dt.date]:
    longest = calendar.monthrange(year, month)[1]
    first, last = _THIRDS[within] if within else (1, longest)
    return dt.date(year, month, first), dt.date(year, month, min(last, longest))


def _clip(first: dt.date, last: dt.date, published: dt.date | None, *, future: bool) -> tuple[dt.date, dt.date]:
    """What is told as past ended by the day of publication."""
    if published is None or future or first > published:
        return first, last
    return first, min(last, published)


def _day(expr: Day, published: dt.date | None, *, future: bool) -> Resolved | None:
    day: dt.date | None
    if expr.year is not None:
        day = dt.date(expr.year, expr.month, expr.day)
    elif published is None:
        return None
    else:
        years = (
            range(published.year, published.year + 9) if future else range(published.year + 1, published.year - 9, -1)
        )
        latest = published + dt.timedelta(days=SLACK)
        days = (
            dt.date(year, expr.month, expr.day)
            for year in years
            if dt.MINYEAR <= year <= dt.MAXYEAR and expr.day <= calendar.monthrange(year, expr.month)[1]
        )
        day = next((d for d in days if (d >= published if future else d <= latest)), None)
    if day is None:
        return None
    if expr.approximate:
        return _days(day - dt.timedelta(days=3), day + dt.timedelta(days=3), "week")
    return Resolved(day, day, "day")


def _month(expr: Month, published: dt.date | None, *, future: bool) -> Resolved | None:
    year = expr.year
    if year is None:
        if published is None:
            return None
        year = published.year
        if future or expr.which == "next":
            year += expr.month < published.month or (expr.which == "next" and expr.month == published.month)
        elif expr.which == "this":
            pass
        elif expr.month > published.month or (expr.which in ("last", "previous") and expr.month == published.month):
            year -= 1
    first, last = _clip(*_month_span(year, expr.month, expr.within), published, future=future or expr.which == "next")
    return Resolved(first, last, "month")


def _year(expr: Year, published: dt.date | None, *, future: bool) -> Resolved:
    low, high = _MONTHS_OF[expr.within] if expr.within else (1, 12)
    first, last = dt.date(expr.year, low, 1), _month_span(expr.year, high)[1]
    return Resolved(*_clip(first, last, published, future=future), "year")


def _weekday(expr: Weekday, published: dt.date | None, anchor: dt.date | None, *, future: bool) -> Resolved | None:
    from_anchor = expr.which in ("previous", "following") and anchor is not None
    reference = anchor if from_anchor else published
    if reference is None:
        return None
    back = (reference.weekday() - expr.weekday) % 7
    if expr.which == "this":
        day = reference + dt.timedelta(days=expr.weekday - reference.weekday())
        if day > reference and not future and expr.part is not None:
            day -= dt.timedelta(days=7)
    elif expr.which in ("next", "following") or (future and expr.which is None):
        day = reference + dt.timedelta(days=(7 - back) if back or expr.which else 0)
    elif expr.which in ("last", "previous"):
        day = reference - dt.timedelta(days=back or 7)
    else:
        day = reference - dt.timedelta(days=back)
    return Resolved(day, day, "day")


def _weekend(expr: Weekend, published: dt.date | None, *, future: bool) -> Resolved | None:
    if published is None:
        return None
    saturday = published - dt.timedelta(days=(published.weekday() - 5) % 7)
    if expr.which == "next" or (future and published.weekday() < 5):
        saturday += dt.timedelta(days=7)
    elif expr.which in ("last", "previous") and published.weekday() >= 5:
        saturday -= dt.timedelta(days=7)
    sunday = saturday + dt.timedelta(days=1)
    return Resolved(saturday, sunday if saturday > published else min(sunday, published), "day")


def _months_on(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _shifted(reference: dt.date, unit: Unit, offset: int, *, approximate: bool) -> Resolved:
    if approximate and offset:
        near = _shifted(reference, unit, offset // 2 if offset > 0 else -(-offset // 2), approximate=False)
        far = _shifted(reference, unit, offset * 2, approximate=False)
        return Resolved(min(near.start, far.start), max(near.end, far.end), _COARSER[unit])
    if unit == "day":
        day = reference + dt.timedelta(days=offset)
        return Resolved(day, day, "day")
    if unit == "week":
        monday = reference - dt.timedelta(days=reference.weekday()) + dt.timedelta(days=7 * offset)
        return Resolved(monday, monday + dt.timedelta(days=6), "week")
    if unit == "month":
        first = _months_on(reference, offset)
        return Resolved(*_month_span(first.year, first.month), "month")
    year = reference.year + offset
    return Resolved(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _relative(expr: Relative, published: dt.date | None, *, future: bool) -> Resolved | None:
    if published is None:
        return None
    if expr.window:
        precision: Precision = "day" if expr.window < 3 else "week"
        return Resolved(published - dt.timedelta(days=expr.window), published, precision)
    told = _shifted(published, expr.unit, expr.offset, approximate=expr.approximate)
    if expr.offset > 0 or future:
        return told
    return Resolved(*_clip(told.start, told.end, published, future=False), told.precision)


def _from_event(expr: FromEvent, anchor: dt.date | None) -> Resolved | None:
    if anchor is None:
        return None
    if (
        expr.unit == "week" and not expr.approximate
    ):  # "a week after" is about seven days on, not the next Monday to Sunday
        middle = anchor + dt.timedelta(days=7 * expr.offset)
        return _days(middle - dt.timedelta(days=3), middle + dt.timedelta(days=3), "week")
    return _shifted(anchor, expr.unit, expr.offset, approximate=expr.approximate)


def _range(expr: Range, published: dt.date | None, anchor: dt.date | None, *, future: bool) -> Resolved | None:
    last = resolve(expr.last, published, anchor, future=future)
    if last is None:
        return None
    # The first end lies before the last one: "from Saturday to Monday", "28 December to 3 January".
    if isinstance(expr.first, Weekday):
        first = resolve(expr.first, last.start, anchor)
    else:
        first = resolve(expr.first, last.end, anchor)
    if first is None or first.start > last.end:
        return None
    days = (last.end - first.start).days
    told: Precision = "day" if days < 3 else "week" if days < 10 else "month" if days < 62 else "year"
    return Resolved(first.start, last.end, told)


def _since(expr: Since, published: dt.date | None, anchor: dt.date | None) -> Resolved | None:
    start = resolve(expr.start, published, anchor)
    if start is None or published is None or start.start > published:
        return None
    days = (published - start.start).days
    return Resolved(start.start, published, "week" if days < 10 else "month" if days < 62 else "year")


def resolve(  # noqa: C901, PLR0911 - one branch a kind of expression
    expr: DateExpr, published: dt.date | None, event_anchor: dt.date | None = None, *, future: bool = False
) -> Resolved | None:
    """The days that `expr` tells, or None where they cannot be known.

    `published` is the day of publication: without it only dates with their year are known. `event_anchor` is the day
    of the other event that "a day after" and "the same night" lean on. `future` says that the sentence tells of
    what is to come: a bare weekday is then the next one, else the latest on or before publication. Past months and
    years end at publication. Dates beyond the calendar (years 1 to 9999) give None.
    """
    try:
        match expr:
            case Day():
                return _day(expr, published, future=future)
            case Month():
                return _month(expr, published, future=future)
            case Year():
                return _year(expr, published, future=future)
            case Weekday():
                return _weekday(expr, published, event_anchor, future=future)
            case Weekend():
                return _weekend(expr, published, future=future)
            case Relative():
                return _relative(expr, published, future=future)
            case FromEvent():
                return _from_event(expr, event_anchor)
            case Range():
                return _range(expr, published, event_anchor, future=future)
            case Since():
                return _since(expr, published, event_anchor)
            case Stretch():
                return None
    except (OverflowError, ValueError):  # a day before year 1 or after 9999
        return None
