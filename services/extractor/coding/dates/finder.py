"""Finds the date expressions of a text and joins those that tell of one date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from services.extractor.coding.dates.expr import (
    DateExpr,
    DateMention,
    Day,
    Month,
    Range,
    Relative,
    Since,
    Stretch,
    Weekday,
    Year,
)
from services.extractor.coding.dates.lexicon import time_words
from services.extractor.coding.dates.patterns import RECURRING, RULES, Rule
from services.extractor.coding.dates.windows import Places, Trigger, windows
from services.extractor.coding.numbers.lexicon import plain

_BESIDE = re.compile(r"\s{0,2},?\s{0,2}\(?\s{0,1}(?:on\s{1,2})?(?:the\s{1,2})?\Z")
_JOINT = re.compile(
    r"\s{0,2}(?:[-\u2010-\u2014]|\b(?:to|until|till|through|into|and)\b)\s{0,2}(?:the\s{1,2}|on\s{1,2}|in\s{1,2})?\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(between|from|overnight(?: from)?|the night (?:of|between))\s{1,3}(?:the\s{1,3})?\Z", re.IGNORECASE
)
_SINCE = re.compile(r"\b(?:ever\s{1,2})?since\s{1,3}(?:the\s{1,3})?\Z", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:around|about|circa|approximately|on or about|(?:in |during )?the week of|week of)\s{1,3}(?:the\s{1,3})?\Z",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(r"\s{0,2}\((?:the\s)?week of\)", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:since|in|on|of|during|until|till|by|from|throughout|before|after|to|between|through|for|the|dated)\s{1,3}",
    re.IGNORECASE,
)
_POINTS = (Day, Month, Year, Weekday)
_RECURRING: tuple[Trigger, ...] = ("unit", "weekday", "month")


@cache
def _rules(kinds: frozenset[Trigger]) -> tuple[Rule, ...]:
    """The rules that wait for triggers of these kinds, in their order."""
    return tuple(rule for rule in RULES if rule.trigger in kinds)


def _matches(text: str, rule: Rule, places: Places) -> Iterator[re.Match[str]]:
    for start, end in places:
        if rule.holds is None or rule.holds.search(text, start, end):
            yield from rule.pattern.finditer(text, start, end)


def _raw(text: str) -> list[DateMention]:
    """Matches of all patterns; of overlapping ones the longest."""
    found: list[DateMention] = []
    places = windows(text)
    for rule in _rules(frozenset(places)):
        for match in _matches(text, rule, places[rule.trigger]):
            expr = rule.reader(match)
            if expr is not None:
                found.append(_without_lead(text, _mention(text, match.start(), match.end(), expr)))
    for start, end in (place for kind in _RECURRING for place in places.get(kind, ())):
        found += [
            replace(_mention(text, match.start(), match.end(), Stretch()), recurring=True)
            for match in RECURRING.finditer(text, start, end)
            if not _names_a_paper(text, match)
        ]
    if len(found) < 2:
        return found
    found.sort(key=lambda mention: (mention.start - mention.end, mention.start))
    starts: list[int] = []
    kept: list[DateMention] = []
    for mention in found:
        at = bisect_left(starts, mention.start)
        if (at and kept[at - 1].end > mention.start) or (at < len(kept) and kept[at].start < mention.end):
            continue
        starts.insert(at, mention.start)
        kept.insert(at, mention)
    return kept


def _names_a_paper(text: str, match: re.Match[str]) -> bool:
    """True for the "Daily" of the Daily Star: a capital, and another on the word that it stands before."""
    after = text[match.end() : match.end() + 2].lstrip()
    return match[0].isalpha() and match[0].istitle() and after[:1].isupper()


def _mention(text: str, start: int, end: int, expr: DateExpr) -> DateMention:
    while end > start and text[end - 1] in ". " and not text[start:end].endswith("a.m."):
        end -= 1
    return DateMention(start, end, text[start:end], expr, duration=isinstance(expr, Stretch | Since))


def _without_lead(text: str, mention: DateMention) -> DateMention:
    """The mention without the preposition that its pattern needed, where it is a point of time."""
    lead = _LEAD.match(mention.text)
    if lead is None or not isinstance(mention.expr, _POINTS):
        return mention
    start = mention.start + lead.end()
    again = _LEAD.match(text[start : mention.end])
    start += again.end() if again else 0
    return DateMention(start, mention.end, text[start : mention.end], mention.expr, duration=mention.duration)


def _one_day(text: str, left: DateMention, right: DateMention) -> DateMention | None:
    """Weekday and day of the month side by side: "Tuesday, January 16", "16 January (Tuesday)"."""
    gap = text[left.end : right.start]
    if not _BESIDE.fullmatch(gap):
        return None
    pair = (left.expr, right.expr)
    day = next((e for e in pair if isinstance(e, Day)), None)
    weekday = next((e for e in pair if isinstance(e, Weekday)), None)
    if day is None or weekday is None:
        return None
    end = right.end + (1 if "(" in gap and text[right.end : right.end + 1] == ")" else 0)
    return _mention(text, left.start, end, replace(day, part=weekday.part))


def _range(text: str, left: DateMention, right: DateMention) -> DateMention | None:
    """Two dates with a joint between them: "from Monday to Wednesday", "3 May - 5 June 2016"."""
    joint = text[left.end : right.start]
    if not (isinstance(left.expr, _POINTS) and isinstance(right.expr, _POINTS) and _JOINT.fullmatch(joint)):
        return None
    opening = _BETWEEN.search(text[max(0, left.start - 24) : left.start])
    if "and" in joint and not (opening and opening[1].lower() in ("between", "the night between")):
        return None
    first, last = left.expr, right.expr
    if type(first) is not type(last):
        return None
    if isinstance(first, Day | Month) and isinstance(last, Day | Month):
        first = replace(first, year=first.year or last.year)
        last = replace(last, year=last.year or first.year)
    start = left.start - len(opening[0]) if opening else left.start
    return _mention(text, start, right.end, Range(first, last))


def _joined(text: str, mentions: list[DateMention]) -> list[DateMention]:
    for join in (_one_day, _range):
        merged: list[DateMention] = []
        for mention in mentions:
            both = join(text, merged[-1], mention) if merged else None
            if both:
                merged[-1] = both
            else:
                merged.append(mention)
        mentions = merged
    return mentions


def _alone(mention: DateMention) -> bool:
    """Whether the mention stands without a neighbour: "Sat" and "Sun" are other words too."""
    if not isinstance(mention.expr, Weekday):
        return True
    word = mention.text.rstrip(".").split()[-1] if mention.text.split() else ""
    return plain(word).rstrip(".") not in time_words().doubtful_weekdays


def _placed(text: str, mention: DateMention) -> DateMention:
    """The mention with what stands before it: "since", "around", "the week of"."""
    left = text[max(0, mention.start - 28) : mention.start]
    expr = mention.expr
    since = _SINCE.search(left)
    if since and isinstance(expr, Day | Month | Year | Weekday | Relative):
        return _mention(text, mention.start - len(since[0]), mention.end, Since(expr))
    if isinstance(expr, Day):
        around, suffix = _AROUND.search(left), _WEEK_OF.match(text, mention.end)
        if around or suffix:
            start = mention.start - (len(around[0]) if around else 0)
            return _mention(text, start, suffix.end() if suffix else mention.end, replace(expr, approximate=True))
    if isinstance(expr, Relative) and time_words().relative.get(plain(mention.text)):
        return replace(mention, duration=time_words().relative[plain(mention.text)].duration)
    return mention


def find_dates(text: str) -> list[DateMention]:
    """All date expressions of `text`, in order, without overlaps; offsets in characters.

    Time grows with the length of the text alone.
    """
    mentions = [mention for mention in _joined(text, _raw(text)) if _alone(mention)]
    return [_placed(text, mention) for mention in mentions]
