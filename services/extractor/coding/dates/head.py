"""Reads the head of an article: its dateline ("KABUL, Jan 18 (Reuters) -") and a full date of publication."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from services.extractor.coding.dates.expr import Day
from services.extractor.coding.dates.finder import find_dates
from services.extractor.coding.dates.lexicon import time_words
from services.extractor.coding.dates.readers import month_of
from services.extractor.coding.numbers.lexicon import any_of, plain

_HEAD = 400
_DATELINE = 160
_GAPPED = 5
_SEPARATOR = re.compile(
    r"\s{0,3}(?:-{2,3}|[\u2014\u2015\u2012])\s{0,3}(?:\[[A-Za-z ]{1,20}\]\s{0,3})?|\s{1,3}[-\u2013]\s{1,3}|"
    r"(?<=\))[-\u2013:]\s{0,3}|:(?=[ \t\n\u00a0])\s{0,3}|(?<=[A-Z]{3})-\s{1,3}|"
    r"[ \u00a0]{3,12}(?=[\"\u201c]?[A-Z])"
)
_PLACE = re.compile(
    r"[^\W\d_a-z][^\W\d_]*(?:(?:[-'\u2019]|\.(?=[^\W_])|\.?\s{1,2})(?:(?:al|el|ez|as|es|ad|de|du|la|le|of|and|the|au|in|near|ul|i|e)[\s-]|"
    r"[^\W\d_a-z])[^\W\d_]*|-[^\W\d_]+){0,5}\.?"
)
_SHORT_YEAR = re.compile(
    rf"(?<!\d)(?P<d>[0-3]?\d)\s{{1,2}}(?P<m>{any_of(time_words().months)})\.?\s{{1,2}}(?P<y>\d\d)(?!\d)", re.IGNORECASE
)
_FIGURES = re.compile(r"\d\d")
_LABEL = re.compile(
    rf"(?:^|\n|[.|\u2022]\s{{0,3}}|\s{{2}})\s{{0,8}}\(?(?:(?:{any_of(time_words().published)})\s{{0,3}}:?\s{{0,3}}){{1,2}}(?:(?:on|at)\s{{1,2}})?\Z",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:on|since|in|of|from|until|till|by|between|around|to|the|and|about|before|after|during|dated|late|early|for)\s{0,3}\Z",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"([A-Za-z0-9 .,]{8,30})\n\s{0,8}")
_AGENCY = re.compile(r"\b[A-Z]{2,10}\)?[\s,:|-]{1,4}\Z")


class Dateline(NamedTuple):
    """The dateline of a text."""

    body_start: int
    """Offset of the first character of the story."""
    span: tuple[int, int]
    """The dateline without its dash."""
    places: tuple[str, ...]
    """Its place words in order, such as ("SAN SALVADOR",) or ("Goma", "DR Congo"); empty for "(CNN) --"."""


@lru_cache(maxsize=16)
def _full_dates(text: str) -> tuple[tuple[int, int, dt.date], ...]:
    """Days with their year in `text`, also "12 Apr 89", whose century is that of 1950 to 2049."""
    if _FIGURES.search(text) is None:
        return ()
    found = [
        (mention.start, mention.end, dt.date(mention.expr.year, mention.expr.month, mention.expr.day))
        for mention in find_dates(text)
        if isinstance(mention.expr, Day) and mention.expr.year is not None and not mention.expr.approximate
    ]
    for match in _SHORT_YEAR.finditer(text):
        year = int(match["y"])
        try:
            day = dt.date(year + (2000 if year < 50 else 1900), month_of(match["m"]), int(match["d"]))
        except ValueError:
            continue
        found.append((match.start(), match.end(), day))
    return tuple(sorted(found))


def _place_words(head: str) -> tuple[str, ...] | None:
    """The places of a dateline without its dates and brackets; None where other words stand in it."""
    places = []
    for part in re.split(r"[,/;|]", head):
        name = part.strip(" .\t\n\u00a0")
        if not name:
            continue
        if not _PLACE.fullmatch(name) or plain(name) in time_words().no_place or len(name) > 40:
            return None
        places.append(name)
    return tuple(places) if len(places) <= 4 else None


def _without(head: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        head = head[:start] + "," + head[end:]
    return head


def _read(head: str, separator: str) -> tuple[str, ...] | None:
    """Place words of `head`, the text before a separator; None where it is no dateline."""
    dates = [(m.start, m.end) for m in find_dates(head)] + [m.span() for m in _SHORT_YEAR.finditer(head)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(dates):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    without_dates = _without(head, merged)
    bare = re.sub(r"[(\[][^()\[\]]{1,60}[)\]]", ",", without_dates)
    bracketed = bare != without_dates
    places = _place_words(bare)
    if places is None or not (places or bracketed):
        return None
    words = sum(len(place.split()) for place in places)
    told = bracketed or bool(merged) or bare.strip().isupper()
    if (
        not separator
    ):  # a gap alone ends only what looks like a dateline: "QAMISHLI     Two men …", "Gao, Mali     Two …"
        return places if 0 < words <= _GAPPED and (bare.strip().isupper() or len(places) > 1) else None
    if separator.startswith(":"):
        return places if (places and words <= 3) or bracketed else None
    # "Syrian Army - what we know" is a headline: without a date or an agency only a short name is a place.
    return places if told or words <= 4 else None


def strip_dateline(text: str) -> Dateline | None:
    """The dateline at the head of `text`, or None.

    Knows "KABUL, Jan 18 (Reuters) -", "BAGHDAD (AP) —", "(CNN) --", "Islamabad:", "DAMASCUS —",
    "San Salvador, 12 Apr 89 (ACAN-EFE) -- [Text]" and "(Juba, 18 February 2020) The …". The first
    dash or colon within 160 characters decides. Place words may be any capitalised words: ask a gazetteer.
    """
    begin = len(text) - len(text.lstrip())
    window = text[begin : begin + _DATELINE]
    bracket = re.match(r"\(([^()]{3,60})\)\s{0,3}(?![-\u2013\u2014:,])", window)
    if bracket and _full_dates(bracket[1]):
        places = _read(bracket[1], "-")
        if places:
            return Dateline(begin + bracket.end(), (begin, begin + len(bracket[0].rstrip())), places)
    for separator in _SEPARATOR.finditer(window):
        head = window[: separator.start()]
        if not head.strip() or "\n\n" in head:
            return None
        places = _read(head, separator[0].strip())
        if places is not None:
            start, end = begin + separator.end(), begin + len(head)
            line = _DATE_LINE.match(text, start)  # "BOR - 8 Dec 2020", and the story on the next line
            if line and _full_dates(line[1]):
                start, end = line.end(), line.end(1)
            return Dateline(start, (begin, end), places) if start < len(text) else None
        if not _full_dates(head) and "(" not in head and len(head) > 40:
            return None
    return None


def find_publication_date(text: str) -> tuple[dt.date, int, int] | None:
    """The day of publication that the head of `text` tells with its year, and the span that tells it; or None.

    It stands at the very head, on a line of its own, in the dateline, after "Posted:" and its like, or after an
    agency's letters; a date behind a preposition ("On 22 April 2022, armed men …") tells of an event.
    """
    head = text[:_HEAD]
    dates = _full_dates(head)
    if not dates:
        return None
    dateline = strip_dateline(text)
    for start, end, day in dates:
        left, right = head[:start], head[end:]
        if _LABEL.search(left):
            return day, start, end
        if _PREPOSITION.search(left):
            continue
        own_line = not left.rpartition("\n")[2].strip() and (
            not right.strip(" .") or right.lstrip(" .,").startswith("\n")
        )
        at_head = not left.strip(" \t\n(|[-") and not re.match(r"\s{0,2}(?:,|was|is|marks|attack|the)", right)
        in_dateline = dateline is not None and dateline.span[0] <= start and end <= dateline.span[1]
        after_agency = _AGENCY.search(left) is not None and re.match(r"[\s,.|-]{1,4}(?:[A-Z\"“(]|\d|$)", right)
        after_place = re.search(r"(?:^|\n)\s{0,4}[A-Z][\w' ,-]{1,40}\s[-\u2013\u2014]\s\Z", left) and right.lstrip(
            " ."
        ).startswith("\n")
        if own_line or at_head or in_dateline or after_agency or after_place:
            return day, start, end
    return None
