"""Reads what the patterns match: each reader gives an expression, or None where the match is no date after all."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from services.extractor.coding.dates.expr import (
    DateExpr,
    Day,
    FromEvent,
    Month,
    MonthPart,
    Range,
    Relative,
    Stretch,
    Weekday,
    Weekend,
    Which,
    Year,
)
from services.extractor.coding.dates.lexicon import Part, Unit, time_words
from services.extractor.coding.numbers.grammar import value_of
from services.extractor.coding.numbers.lexicon import plain

Reader = Callable[[re.Match[str]], "DateExpr | None"]

_WORDS = time_words()
_WHICHES: dict[str, Which] = {
    "last": "last", "past": "last", "this": "this", "this past": "last", "next": "next", "coming": "next",
    "this coming": "next", "previous": "previous", "following": "following",
}  # fmt: skip
_WITHINS: dict[str, MonthPart] = {
    "early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid", "late": "late",
    "end": "late",
}  # fmt: skip
# "In May 25 people were killed" tells no day.
_IN = re.compile(r"\b(?:in|since|during|of|last|late|early)\s{1,3}\Z", re.IGNORECASE)
# "On the night of May 3 and killed five": a part of a day is of a day.
_PART_OF = re.compile(r"\b(?:night|eve|evening|morning|afternoon|dawn|day|hours) of\s{1,3}\Z", re.IGNORECASE)
_PEOPLE_FOLLOW = re.compile(
    r"\s{1,2}(?:(?!and |or )[a-z]{3,15}\s)?"
    r"(?:people|persons|civilians|soldiers|men|women|children|militants|others|police|troops|fighters|"
    r"rebels|killed|dead|were|km|miles|kilomet)",
    re.IGNORECASE,
)


def month_of(word: str) -> int:
    """Number of the month that the word names."""
    return _WORDS.months[plain(word).rstrip(".")]


def _lower_doubtful(word: str) -> bool:
    return word[:1].islower() and plain(word).rstrip(".") in _WORDS.doubtful_months


def _valid(year: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2000, month)[1]


def _number(text: str) -> int:
    return int(re.sub(r"[^0-9].*", "", text, flags=re.DOTALL))


def _counts_people(match: re.Match[str]) -> bool:
    left = match.string[max(0, match.start() - 16) : match.start()]
    if _IN.search(left) is None or _PART_OF.search(left) is not None:
        return False
    return _PEOPLE_FOLLOW.match(match.string, match.end()) is not None


def read_day(match: re.Match[str]) -> DateExpr | None:
    """A day of the month, or two of one month."""
    year = int(match["y"]) if match["y"] else None
    month, first = month_of(match["m"]), _number(match["d"])
    if year is None and _lower_doubtful(match["m"]):
        return None
    month_first = match.start("m") < match.start("d")
    if month_first and year is None and match["d"].isdecimal() and _counts_people(match):
        return None
    if not _valid(year, month, first):
        return None
    if not match["d2"]:
        return Day(month, first, year)
    second = _number(match["d2"])
    if second <= first or not _valid(year, month, second):
        return Day(month, first, year) if year is None else None
    return Range(Day(month, first, year), Day(month, second, year))


def read_feast(match: re.Match[str]) -> DateExpr:
    """A feast that has its day of the year."""
    month, day = _WORDS.feasts[plain(match["f"])]
    return Day(month, day, int(match["y"]) if match["y"] else None)


def read_iso(match: re.Match[str]) -> DateExpr | None:
    """Year, month and day in figures."""
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return Day(month, day, year) if _valid(year, month, day) else None


def read_numeric(match: re.Match[str]) -> DateExpr | None:
    """Day and month in figures, only where one cannot be the other."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"]) if match["y"] else None
    day, month = (a, b) if a > 12 or a == b else (b, a)
    if (a <= 12 and b <= 12 and a != b) or not _valid(year, month, day):
        return None
    return Day(month, day, year)


def read_month(match: re.Match[str]) -> DateExpr | None:
    """A month."""
    word = plain(match["m"]).rstrip(".")
    which = plain(match["which"] or "").removeprefix("the ")
    told = match["y"] or match["within"] or which or match["in"]
    if not told and (word in _WORDS.doubtful_months or not match["m"][:1].isupper()):
        return None
    if _lower_doubtful(match["m"]) and not match["y"]:
        return None
    within = _WITHINS.get(plain(match["within"] or ""))
    return Month(_WORDS.months[word], int(match["y"]) if match["y"] else None, within, _WHICHES.get(which))


def read_year(match: re.Match[str]) -> DateExpr:
    """A year."""
    return Year(int(match["y"]), _WITHINS.get(plain(match["within"] or "")))


def _part(before: str | None, after: str | None) -> Part | None:
    word, left = plain(after or ""), plain(before or "")
    if word in _WORDS.parts:
        return _WORDS.parts[word]
    if left in _WORDS.parts:
        return _WORDS.parts[left]
    return {"early": "morning", "hours": "morning", "late": "night"}.get(left)  # type: ignore[return-value]  # literals


def read_weekday(match: re.Match[str]) -> DateExpr | None:
    """A day of the week."""
    word, which = plain(match["w"]).rstrip("."), plain(match["which"] or "").removeprefix("the ")
    if word in _WORDS.doubtful_weekdays and not match["w"][:1].isupper():
        return None
    return Weekday(_WORDS.weekdays[word], _WHICHES.get(which), _part(match["before"], match["after"]))


def read_weekend(match: re.Match[str]) -> DateExpr:
    """A weekend."""
    return Weekend(_WHICHES.get(plain(match["which"] or "")))


def read_relative(match: re.Match[str]) -> DateExpr:
    """A phrase of `words.yaml` told from publication."""
    told = _WORDS.relative[plain(match["r"])]
    return Relative(told.unit, told.offset, told.part, window=told.window)


def read_to_event(match: re.Match[str]) -> DateExpr:
    """A phrase of `words.yaml` told from another event."""
    told = _WORDS.to_event[plain(match["r"])]
    return FromEvent(told.unit, told.offset, told.part)


def _counted(match: re.Match[str]) -> tuple[Unit, int, bool] | None:
    """Unit, number and whether it is approximate, of "two days", "several weeks", "hours"."""
    unit, word = match["unit"].lower(), plain(match["n"] or "")
    plural = match.string[match.end("unit") : match.end("unit") + 1].lower() == "s"
    if word in _WORDS.vague_counts:
        count, vague = _WORDS.vague_counts[word], word not in ("a couple of", "a couple", "couple of")
    elif word in ("", "a", "an", "the", "the next"):
        count, vague = (3, True) if plural else (1, False)
    else:
        count, vague = value_of(word) or 0, False
    if not 0 < count <= 3000:
        return None
    if unit in ("minute", "hour"):
        days = 0 if unit == "minute" else round(count / 24) if not vague else 0
        return "day", days, True
    if unit == "fortnight":
        return "week", 2 * count, vague
    if unit == "decade":
        return "year", 10 * count, vague
    return ("day" if unit == "night" else unit), count, vague  # type: ignore[return-value]  # the rest are units


def read_ago(match: re.Match[str]) -> DateExpr | None:
    """So many units before publication, or from another event."""
    counted = _counted(match)
    if counted is None:
        return None
    unit, count, vague = counted
    word = plain(match["dir"])
    if word in ("ago", "back"):
        return Relative(unit, -count, approximate=vague and (unit != "day" or count > 1))
    return FromEvent(
        unit, -count if word in ("earlier", "before", "prior", "previously", "prior to") else count, None, vague
    )


def read_window(match: re.Match[str]) -> DateExpr | None:
    """So many units up to publication; what is longer than a week is a stretch."""
    counted = _counted(match)
    if counted is None:
        return None
    unit, count, vague = counted
    if unit == "day" and count <= 7:
        return Relative("day", 0, approximate=vague and count > 1, window=max(count, 1))
    if unit == "week" and count == 1 and not vague:
        return Relative("day", 0, approximate=True, window=7)
    return Stretch()


def read_stretch(_match: re.Match[str]) -> DateExpr:
    """A long or recurring time."""
    return Stretch()


def read_early_hours(_match: re.Match[str]) -> DateExpr:
    """The early hours of the day that the story is about."""
    return FromEvent("day", 0, "morning")
