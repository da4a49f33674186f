"""The regular expressions of date expressions, each with the reader of its match and the trigger that it waits for."""

from __future__ import annotations

import re
from typing import NamedTuple

from services.extractor.coding.dates import readers as read
from services.extractor.coding.dates.lexicon import time_words
from services.extractor.coding.dates.windows import Trigger
from services.extractor.coding.numbers.grammar import CARDINAL
from services.extractor.coding.numbers.lexicon import any_of

_WORDS = time_words()
# White space is bounded everywhere, so that no text makes a search back-track far.
_S = r"\s{1,3}"
_EDGE = r"(?<![^\W_])"
_END = r"(?![^\W_])"
_MONTH = rf"{any_of(_WORDS.months)}{_END}\.?"
_WEEKDAY = rf"{any_of(_WORDS.weekdays)}{_END}\.?"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![^\W_])"
_YEAR = r"(?:1[89][0-9]{2}|20[0-9]{2})(?![^\W_])"
_HYPHEN = r"[-\u2010-\u2014]"
_TO = rf"(?:\s{{0,3}}{_HYPHEN}\s{{0,3}}|{_S}(?:to|and|or|until|till|through){_S}(?:the{_S})?)"
_AND_YEAR = rf"(?:(?:,\s{{0,3}}|{_S}|{_HYPHEN})(?P<y>{_YEAR}))?"
_WHICH = (
    r"(?:(?P<which>last|past|this|this past|next|coming|this coming|previous|the previous|following|the following)"
    r"\s{1,3})?"
)
_WITHIN = (
    rf"(?:(?P<within>early|mid|middle|late|beginning|start|end)"
    rf"(?:{_S}|{_HYPHEN}|{_S}of{_S}(?:the{_S})?(?:month{_S}of{_S})?))?"
)
_PART = any_of(_WORDS.parts)
_OF_PART = (
    rf"(?:(?:(?:in|during|on){_S})?(?:the{_S})?(?:(?:pre-?dawn|small|wee|early|early morning|late){_S})?"
    rf"(?P<before>late|early|hours|{_PART})(?:{_S}(?:hours|time))?{_S}(?:(?:of|on){_S})?)?"
)
_COUNT = rf"(?:(?P<n>{CARDINAL}|{any_of(_WORDS.vague_counts)}|an?|one|the|the{_S}next){_S})?"
_SOME = rf"(?:{CARDINAL}|{any_of(_WORDS.vague_counts)})"
_UNIT = r"(?P<unit>minute|hour|day|night|week|fortnight|month|year|decade)s?(?![^\W_])"
_MORE = rf"(?:(?:more{_S}than|over|at{_S}least|nearly|almost|about|around|some|less{_S}than){_S})?"
_DIRECTION = rf"(?P<dir>ago|back|earlier|before|prior to|prior|previously|later|after|following|afterwards?){_END}"
_BEFORE_YEAR = (
    r"(?:in|since|during|until|till|by|of|from|before|after|throughout|to|between|through|for)"
    rf"(?:{_S}the{_S}year)?{_S}"
)
_FEAST = any_of(_WORDS.feasts).replace("'", "['\u2019]")
_NO_SPAN = rf"(?!{_HYPHEN}[0-9]|,[0-9])"
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days"


# "On May 3 and 12 people died": the second figure counts people.
_NO_COUNT = (
    r"(?!,[0-9]|\s{1,2}(?:[a-z]{3,15}\s)?(?:people|persons|civilians|soldiers|men|women|children|militants|others|police|"
    r"troops|fighters|rebels|villagers)\b)"
)


class Rule(NamedTuple):
    """A pattern, the reader of its match, the trigger that it waits for, and what every match holds."""

    pattern: re.Pattern[str]
    reader: read.Reader
    trigger: Trigger
    holds: re.Pattern[str] | None
    """Quick to look for; where it is not there, the pattern need not be tried."""


def _rule(reader: read.Reader, trigger: Trigger, pattern: str, holds: str = "") -> Rule:
    quick = re.compile(holds, re.IGNORECASE) if holds else None
    return Rule(re.compile(_EDGE + pattern, re.IGNORECASE), reader, trigger, quick)


RULES = (
    _rule(
        read.read_day,
        "month",
        rf"(?P<m>{_MONTH})(?:{_S}|{_HYPHEN})(?P<d>{_DAY})(?:{_TO}(?P<d2>{_DAY}){_NO_COUNT})?{_AND_YEAR}",
    ),
    _rule(
        read.read_day,
        "month",
        rf"(?P<d>{_DAY})(?:(?:{_TO}|,\s{{1,2}})(?P<d2>{_DAY}))?"
        rf"(?:{_S}(?:day{_S})?(?:of{_S})?|{_HYPHEN})(?P<m>{_MONTH}){_AND_YEAR}",
    ),
    _rule(
        read.read_feast, "unit", rf"(?:on{_S})?(?P<f>{_FEAST}){_END}(?:,?{_S}(?P<y>{_YEAR}))?(?!{_S}weekend)", _FEAST
    ),
    _rule(
        read.read_iso,
        "year",
        r"(?P<y>(?:1[89]|20)[0-9]{2})(?P<sep>[-/.])(?P<m>[01]?[0-9])(?P=sep)(?P<d>[0-3]?[0-9])(?![0-9/-])",
    ),
    _rule(
        read.read_numeric,
        "year",
        r"(?<![0-9/.,-])(?P<a>[0-3]?[0-9])(?P<sep>[-/.])(?P<b>[0-3]?[0-9])(?P=sep)(?P<y>(?:1[89]|20)[0-9]{2})(?![0-9/-])",
    ),
    _rule(read.read_numeric, "year", rf"(?:on|dated){_S}(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])(?P<y>)(?![0-9/-])"),
    _rule(
        read.read_month,
        "month",
        rf"(?:(?P<in>in|since|during|until|till|by|of|from|throughout){_S}(?:the{_S})?)?{_WITHIN}{_WHICH}"
        rf"(?P<m>{_MONTH})(?:(?:{_S}of)?,?\s{{1,3}}(?P<y>{_YEAR}))?",
    ),
    _rule(
        read.read_year,
        "year",
        rf"(?:{_BEFORE_YEAR})?(?P<within>early|mid|late|end|beginning)(?:{_S}of)?(?:{_S}|{_HYPHEN})(?P<y>{_YEAR}){_NO_SPAN}",
    ),
    _rule(read.read_year, "year", rf"{_BEFORE_YEAR}(?P<within>)(?P<y>{_YEAR}){_NO_SPAN}"),
    _rule(read.read_year, "year", rf"the{_S}(?P<within>)(?P<y>{_YEAR})(?=\s[a-z])"),
    _rule(
        read.read_weekday,
        "weekday",
        rf"(?:on{_S})?{_WHICH}{_OF_PART}(?P<w>{_WEEKDAY})"
        rf"(?:(?:{_S}|{_HYPHEN})(?:early{_S}|late{_S})?(?P<after>{_PART}){_END})?",
    ),
    _rule(read.read_weekend, "unit", rf"(?:(?:over|at|on|during|in){_S})?(?:the{_S})?{_WHICH}weekend{_END}", "weekend"),
    _rule(read.read_relative, "unit", rf"(?P<r>{any_of(_WORDS.relative)}){_END}"),
    _rule(
        read.read_to_event,
        "unit",
        rf"(?:on{_S}|in{_S})?(?P<r>{any_of(_WORDS.to_event)}){_END}(?!{_S}(?:day|yesterday|tomorrow))",
    ),
    _rule(
        read.read_ago,
        "unit",
        rf"{_COUNT}{_UNIT}{_S}{_DIRECTION}(?!{_S}(?:day|yesterday|tomorrow|week|month|year){_END})",
        rf"(?:minute|hour|day|night|week|fortnight|month|year|decade)s?{_S}"
        rf"(?:ago|back|earlier|before|prior|previously|later|after|following|afterwards?){_END}",
    ),
    _rule(
        read.read_window,
        "unit",
        rf"(?:(?:in|over|during|within|for|of|throughout){_S})?(?:the{_S}|its{_S})?(?:past|last|previous|preceding){_S}"
        rf"{_COUNT}{_UNIT}",
        r"past|last|previous|preceding",
    ),
    _rule(read.read_stretch, "unit", rf"for{_S}{_MORE}{_COUNT}(?:weeks|months|years|decades){_END}"),
    _rule(
        read.read_stretch,
        "unit",
        rf"(?:in{_S}|after{_S})?{_MORE}{_SOME}{_S}(?:weeks|months|years|decades){_S}of{_END}",
        rf"(?:weeks|months|years|decades){_S}of{_END}",
    ),
    _rule(read.read_stretch, "unit", rf"{any_of(_WORDS.durations)}{_END}"),
    _rule(
        read.read_early_hours, "unit", rf"(?:in{_S})?the{_S}early{_S}(?:morning{_S})?hours{_END}(?!{_S}(?:of|on){_END})"
    ),
)
"""All patterns of date expressions."""

RECURRING = re.compile(
    rf"{_EDGE}(?:(?:every|each|most){_S}(?:other{_S})?(?:{_WEEKDAY}|{any_of(_WORDS.months)}|weekend|ramadan)|"
    rf"(?:on{_S})?{_DAYS}(?:{_S}and{_S}{_DAYS})?|"
    rf"(?:[a-z0-9-]{{1,15}}{_S})?anniversar(?:y|ies)(?:{_S}of)?|{any_of(_WORDS.recurring)}){_END}",
    re.IGNORECASE,
)
"""What comes again, or commemorates."""
