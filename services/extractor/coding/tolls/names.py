"""People told by their names: "Ahmed Khan and Bilal Shah were shot dead", "killed Ahmed Khan and two others"."""

from __future__ import annotations

from collections.abc import Sequence

from services.extractor.coding.tolls.lexicon import toll_words
from services.extractor.coding.tolls.single import Group
from services.extractor.coding.tolls.tokens import Token

_LONGEST = 5
_FURTHER = 9
_MORE = frozenset({"more", "other", "others"})
_PARTICLES = frozenset({"bin", "ibn", "bint", "ould", "ag", "al", "el", "de", "da", "van", "von"})
_ARTICLES = frozenset({"al", "el", "ash", "as", "ad", "an", "at"})
_ALIAS = frozenset({"aka", "alias", "also", "known", "nicknamed"})


def named_before(row: Sequence[Token], at: int) -> Group | None:
    """The names that end with token `at`, two or more of two words each, with "and" before the last."""
    last, count, end = at, 0, at
    while True:
        begin = _begin(row, end)
        if end - begin < 1 or (count and end - begin >= _LONGEST):
            break
        count, first = count + 1, begin
        joint = begin - 1
        if joint < 1 or row[joint].word not in ("and", ",") or (count == 1 and row[joint].word != "and"):
            break
        end = joint - 1 - (row[joint - 1].word == ",")
    return Group(first, last, count, count, count, None) if count > 1 else None


def _begin(row: Sequence[Token], end: int) -> int:
    """The first token of the capitalised words that end at `end`; `end + 1` where it is none."""
    begin = end + 1
    # "Said" within a sentence is a name; "In" at its head is none
    while begin > 0 and row[begin - 1].capital and (begin > 1 or row[0].word not in toll_words().stops):
        begin -= 1
    return begin


def named_behind(sentence: str, row: Sequence[Token], at: int) -> Group | None:
    """The people named from token `at` on: "Ahmed Khan", "Ahmed Khan, a commander, and eight more militants"."""
    end, count = at, 0
    last = at
    while True:
        begin = end
        while end < len(row) and (row[end].capital or _goes_on(row, end)) and end - begin < _LONGEST:
            end += 1
        end = _other_name(row, end)
        behind = toll_words().person(row[end].word) if end < len(row) else None
        if end - begin < 2 or (behind is not None and behind[1]):
            break
        count, last = count + 1, end - 1
        if end + 1 < len(row) and row[end].word in ("and", ","):
            end += 1 + (row[end + 1].word == "and")
        else:
            break
    if count == 0:
        return None
    name = sentence[row[at].start : row[last].end]
    more = _more(row, last + 1)
    if more is not None:
        place, number = more
        total = count + number
        return Group(at, place, total, total, total, None)
    return Group(at, last, count, count, count, name if count == 1 else None)


def _goes_on(row: Sequence[Token], at: int) -> bool:
    """A small word within a name: "Karim al-Rih", "Ahmed bin Said"."""
    word = row[at].word
    small = word in _PARTICLES or word.partition("-")[0] in _ARTICLES
    return small and at + (word in _PARTICLES) < len(row) and (word not in _PARTICLES or row[at + 1].capital)


def _other_name(row: Sequence[Token], at: int) -> int:
    """Where a further name of the same person ends: "Karim Daoud, aka Abu Zayd"."""
    begin = at + (at + 1 < len(row) and row[at].word in (",", "("))
    while begin < len(row) and row[begin].word in _ALIAS:
        begin += 1
    if begin == at or row[begin - 1].word not in _ALIAS:
        return at
    end = begin
    while end < len(row) and (row[end].capital or _goes_on(row, end)) and end - begin < _LONGEST:
        end += 1
    return end + (end < len(row) and row[end].word == ")") if end > begin else at


def _more(row: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The number before "more" or "others" that "and" adds a little further on."""
    for place in range(at, min(at + _FURTHER, len(row) - 2)):
        number = row[place + 1].number
        if row[place].word == "and" and number is not None and row[place + 2].word in _MORE and number.best:
            return place + 2, number.best
        if row[place].word in (".", ";"):
            break
    return None
