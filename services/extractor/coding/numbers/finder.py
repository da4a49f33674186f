"""Finds the numbers of a text that can count people or things, with their bounds and exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extractor.coding.numbers.context import is_count
from services.extractor.coding.numbers.grammar import CARDINAL, value_of
from services.extractor.coding.numbers.lexicon import any_of, number_words, plain
from services.extractor.coding.numbers.starts import starts

_WORDS = number_words()
_LIMIT = 2_000_000_000
"""Larger numbers count nobody, and would not fit a database's integer."""


@dataclass(frozen=True, slots=True)
class NumberMention:
    """One number of the text; `text` is `source[start:end]`, its bound ("at least") included.

    | words | low | best | high |
    | --- | --- | --- | --- |
    | 7, seven, a dozen, both, none | n | n | n |
    | at least 7, more than 7, over 7, 7 or more | 7 | 7 | null |
    | up to 7, as many as 7, fewer than 7 | null | null | 7: only the bound is told |
    | about 7, nearly 7, some 7 | null | 7 | null |
    | between 7 and 9, 7 to 9, 7-9, two or three | 7 | null | 9 |
    | dozens, hundreds, several, many | 12, 100, 3, 3 | null | null, and `vague` (ACLED's codebook) |
    """

    start: int
    end: int
    text: str
    low: int | None
    best: int | None
    high: int | None
    vague: bool = False
    each: bool = False
    """Told of each of several: "two each"."""
    core: tuple[int, int] = (0, 0)
    """Span of the number without its bound."""

    @property
    def value(self) -> int | None:
        """The best number, else the least, else none: what one figure would say."""
        return self.best if self.best is not None else self.low


_Bounds = tuple[int | None, int | None, int | None]
_EDGE = r"(?<![^\W_])"
_END = r"(?![^\W_])"
_BOUND = rf"(?:(?P<lower>{any_of(_WORDS.lower)})|(?P<upper>{any_of(_WORDS.upper)})|(?P<about>{any_of(_WORDS.about)}))"
_AFTER = (
    rf"(?:(?P<lower_after>\s{{0,2}}{any_of(_WORDS.lower_after)})|(?P<about_after>\s{{1,3}}{any_of(_WORDS.about_after)})|"
    rf"(?P<upper_after>\s{{1,3}}{any_of(_WORDS.upper_after)}))(?![^\W_])"
)
_FACTOR = rf"(?P<factor>{any_of(_WORDS.vague_factors)})\s{{1,3}}(?P<scale>dozen|hundred|thousand|million){_END}"
_VAGUE = rf"(?P<vague>{any_of(_WORDS.vague)}){_END}"
_FIXED = rf"(?P<fixed>{any_of(_WORDS.fixed)}){_END}"
_PAIR = (
    rf"(?P<between>between\s{{1,3}})?(?P<first>{CARDINAL}){_END}"
    rf"(?:(?P<joint>\s{{0,2}}[-\u2010-\u2014]\s{{0,2}}|\s{{1,3}}(?:to|or|and)\s{{1,3}}(?:about\s{{1,3}})?)"
    rf"(?P<second>{CARDINAL}){_END})?"
)
_NUMBER = re.compile(
    rf"{_EDGE}(?:{_BOUND}\s{{1,3}})?(?:(?P<about2>{any_of(_WORDS.about)})\s{{1,3}})?(?P<the>the\s{{1,3}})?"
    rf"{_EDGE}(?:{_FACTOR}|{_FIXED}|{_PAIR}|{_VAGUE})(?:{_AFTER})?",
    re.IGNORECASE,
)
_EACH = re.compile(r"\s{1,3}(?:each|apiece)(?![^\W_])", re.IGNORECASE)
_RISE = re.compile(r"\b(?:from|rose|risen|up)\s{1,3}\Z", re.IGNORECASE)
_SOME_NOUN = re.compile(
    r"\s{1,3}(?:[a-z-]{3,20}\s{1,3}){0,2}?(?:[a-z]{3,20}s|people|men|women|children|police)(?![^\W_])"
)


def _bounded(match: re.Match[str], low: int, high: int | None = None) -> _Bounds:
    """Low, best and high of a number, or of a range with another end, under the bound that stands beside it."""
    if high is not None:
        return low, None, high
    if match["lower"] or match["lower_after"]:
        return low, low, None
    if match["upper"] or match["upper_after"]:
        return None, None, low
    if match["about"] or match["about2"] or match["about_after"]:
        return None, low, None
    return low, low, low


def _mention(
    text: str, whole: tuple[int, int], core: tuple[int, int], values: _Bounds, *, vague: bool = False
) -> NumberMention:
    start, end = whole
    low, best, high = values
    if text[start : core[0]].strip().lower() == "the":
        start = core[0]
    each = _EACH.match(text, end) is not None
    return NumberMention(start, end, text[start:end], low, best, high, vague=vague, each=each, core=core)


def _is_range(text: str, match: re.Match[str], first: int | None, second: int | None) -> bool:
    """Whether two cardinals are the ends of one number: "10 to 15", but not "from 7 to 10" nor "3 and 4"."""
    if first is None or second is None or not first < second < _LIMIT:
        return False
    joint = plain(match["joint"]).split(" ")[0]
    if joint == "and":
        return match["between"] is not None
    if joint == "or":
        return second <= 2 * first + 1
    return _RISE.search(text[max(0, match.start() - 6) : match.start()]) is None


def _cardinals(text: str, match: re.Match[str]) -> Iterator[NumberMention]:
    """The mention of a cardinal, or of a range; of two cardinals that are no range, that of the first."""
    first, second = value_of(match["first"]), value_of(match["second"]) if match["second"] else None
    begin, after_first = match.span("first")
    if first is None:
        return
    if _is_range(text, match, first, second):
        end = match.end("second")
        if is_count(text, *match.span("second"), second) and is_count(text, begin, after_first, first):
            yield _mention(text, (match.start(), end), (begin, end), _bounded(match, first, second))
        return
    if match["joint"] and plain(match["joint"]).split(" ")[0] not in ("and", "or", "to"):
        return  # a score, a date or a code: "3-1", "2014-15"
    if first < _LIMIT and is_count(text, begin, after_first, first):
        whole = (begin if match["between"] else match.start(), after_first if match["second"] else match.end())
        yield _mention(text, whole, (begin, after_first), _bounded(match, first))


def _words(text: str, match: re.Match[str]) -> Iterator[NumberMention]:
    """The mention of a word that is a number by itself, or a vague one."""
    whole = match.span()
    if match["factor"]:
        factor = plain(match["factor"])
        least = _WORDS.vague_factors[factor] * _WORDS.scales[plain(match["scale"])]
        core = (match.start("factor"), match.end("scale"))
        some = factor == "some"  # "some hundred people" is about a hundred
        yield _mention(text, whole, core, (None, least, None) if some else (least, None, None), vague=not some)
    elif match["fixed"]:
        value = _WORDS.fixed[plain(match["fixed"])]
        if is_count(text, *match.span("fixed"), value):
            yield _mention(text, whole, match.span("fixed"), _bounded(match, value))
    else:
        word, end = plain(match["vague"]), match.end("vague")
        if (word != "some" or _SOME_NOUN.match(text, end)) and is_count(text, match.start("vague"), end, 1):
            yield _mention(text, whole, match.span("vague"), (_WORDS.vague[word], None, None), vague=True)


def find_numbers(text: str, exclude: Sequence[tuple[int, int]] = ()) -> list[NumberMention]:
    """All numbers of `text` that can count people or things, in order, without overlaps.

    `exclude` are spans whose numbers are known to count nothing, such as dates. The articles "a" and "an" are not
    numbers here ("a soldier"): whoever reads the noun beside them knows.
    """
    barred = sorted(exclude)
    found: list[NumberMention] = []
    position, bar = 0, 0
    for start in starts(text):
        match = _NUMBER.match(text, start) if start >= position else None
        if match is None:
            continue
        mentions = list(_cardinals(text, match) if match["first"] else _words(text, match))
        core_end = (
            match.end("first") if match["joint"] and plain(match["joint"]) in ("and", "or", "to") else match.end()
        )
        position = max(mentions[-1].end if mentions else core_end, match.start() + 1)
        for mention in mentions:
            while bar < len(barred) and barred[bar][1] <= mention.core[0]:
                bar += 1
            if bar == len(barred) or barred[bar][0] >= mention.core[1]:
                found.append(mention)
    return found
