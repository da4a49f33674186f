"""Which numbers count nobody: years, ages, times, shares, measures, money, names such as "Flight 370"."""

from __future__ import annotations

import re

from services.extractor.coding.numbers.lexicon import number_words, plain

_NOT = number_words().not_a_count
_BEFORE = re.compile(r"([^\s,;:()\"“”]{1,20})?(?:\s{1,3}([^\s,;:()\"“”]{1,20}))?\s{0,3}\Z")
_AFTER = re.compile(r"[\s\u2010-\u2013-]{0,3}([^\W\d_](?:[^\W\d_]|[.'\u2019](?=[^\W_])){0,24}|[%°.])")
_AGE_AFTER = re.compile(
    r"\s{0,2}-?\s{0,2}(?:years?|yrs?|months?)\s{0,2}-?\s{0,2}olds?(?![^\W_])|-?year-?olds?", re.IGNORECASE
)
_AGED = re.compile(
    r"(?:\b(?:aged|ages|age|as young as|as old as|born in|turned)\s{1,3}(?:between\s{1,3}|about\s{1,3})?"
    r"(?:\d{1,3}\s{1,3}(?:and|to|or)\s{1,3})?)\Z",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:who|he|she)\s(?:was|is)\s(?:just\s|only\s|then\s|now\s|about\s)?\Z", re.IGNORECASE)
_AGE_ENDS = re.compile(r"[,.;)]|\s(?:when|at the time|and|but)\b")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|of|during|late|early|mid|after|before|to|year|and|for|through|between)\s{1,3}|"
    r"[,(/.'\u2019\u2013-]\s{0,2})\Z",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"\s{1,3}(?:[a-z]{3,20}s|people|men|women|children|troops|police|civilian\w{0,2})(?![^\W_])")
_GLUED_BEFORE = re.compile(r"(?:[^\W\d_]-?|[\d/:.#@_]|\d,)\Z")
_GLUED_AFTER = re.compile(r"(?::\d|/\d|(?:st|nd|rd|th|s|[^\W\d_])(?![a-z]{12})|[\u2010\u2011-](?=[^\W\d_])|'s|,\d{3})")
_STREET = re.compile(r"\s[A-Z][\w'.-]{1,20}\s(?:[A-Z][\w'.-]{1,20}\s)?(\w{2,9})")
_HEADWORDS = re.compile(r"(?:day|night|way|thing|side)s?\Z")


def _is_year(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if len(word) != 4 or not word.isdecimal() or not 1800 <= int(word) <= 2099:
        return False
    left = text[max(0, start - 12) : start]
    return bool(_YEAR_BEFORE.search(left)) or not _YEAR_AFTER.match(text, end)


def _is_age(text: str, start: int, end: int) -> bool:
    if _AGE_AFTER.match(text, end) or _AGED.search(text[max(0, start - 40) : start]):
        return True
    if _WAS.search(text[max(0, start - 20) : start]) and _AGE_ENDS.match(text, end):
        return True  # "who was 17, was shot"
    number = text[start:end]
    # "Ahmed, 25, was" and "Ahmed (25)": set off by commas after a capitalised word.
    inside = re.search(r"(?:^|\s)[A-Z][^\s,]*(?:,\s|\s\()\Z", text[max(0, start - 30) : start])
    return number.isdecimal() and int(number) < 120 and inside is not None and text[end : end + 1] in (",", ")")


def _named(text: str, start: int) -> bool:
    found = _BEFORE.search(text[max(0, start - 45) : start])
    if not found:
        return False
    first, second = plain(found[1] or ""), plain(found[2] or "")
    last = second or first
    if last in _NOT.money or last.endswith(("$", "€", "£", "¥", "₹")):
        return True
    return last in _NOT.before or f"{first} {second}" in _NOT.before


def _measured(text: str, end: int) -> bool:
    found = _AFTER.match(text, end)
    if not found:
        return False
    word = plain(found[1]).rstrip(".")
    if word == "m" and text[end : end + 1].isspace():  # "5 m", but not "5 M23 rebels"
        return True
    if word in ("second", "third", "half", "quarter", "point") and text[end : end + 1].isspace() and word != "half":
        return False  # "two second-hand cars" is rare, "the three third-country nationals" a count
    return word in _NOT.after


def is_count(text: str, start: int, end: int, value: int | None) -> bool:  # noqa: PLR0911 - one test a line
    """Whether the cardinal at `start:end` can count people or things; `value` is what it writes."""
    if value is None:
        return False
    digits = text[start].isdecimal()
    if digits and _GLUED_BEFORE.search(text[max(0, start - 2) : start]):
        return False
    if _GLUED_AFTER.match(text, end) or _measured(text, end) or _is_age(text, start, end):
        return False
    if digits and (_is_year(text, start, end) or _named(text, start)):
        return False
    if digits and (street := _STREET.match(text, end)) and plain(street[1]) in _NOT.street:
        return False
    word = plain(text[start:end])
    following = _AFTER.match(text, end)
    after = plain(following[1]) if following else ""
    if word == "one":
        return after not in _NOT.after_one or (_HEADWORDS.search(after) is None and after in ("or", "more"))
    return not (word == "no" and after in _NOT.after_no)
