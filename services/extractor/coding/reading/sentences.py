"""Splits an article's title and text into sentences with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from services.extractor.coding.reading.unmarked import starts

Part = Literal["text", "title"]

# A longer stretch without a full stop (tables, lost punctuation) is cut at a space: parsing time stays bounded.
MAX_SENTENCE = 1500

# Marks as news writes them: typewriter quotes, curly ones, and the dashes of lists.
_CLOSING = "\"'\u201d\u2019)\\]\u00bb"
_OPENING = "\"'\u201c\u2018(\\[\u00ab\u00a1\u00bf"
_END = re.compile(
    rf"[.!?\u2026]+[{_CLOSING}]*(?=\s+[{_OPENING}]*[A-Z0-9\u00c0-\u00de\u0400-\u042f])"
    r"|\n\s*\n|\r\n\s*\r\n"
    r"|(?<=[.!?\"\u201d\u2019:])[ \t]*\n"
    r"|\n(?=\s*[-\u2022*\u2013])"
    r"|[.!?](?=[A-Z][a-z]+ [a-z])"  # a lost space
)
_LAST_WORD = re.compile(r"(\S+)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of the article's `part`; `index` counts over the whole article, the title first."""

    part: Part
    start: int
    end: int
    text: str
    index: int
    headline: bool = False
    """The title, or what the text repeats of it before the story begins."""


@cache
def _abbreviations() -> frozenset[str]:
    path = files("services.extractor.coding.reading").joinpath("abbreviations.txt")
    return frozenset(path.read_text(encoding="utf-8").split())


def _real_end(text: str, start: int, match: re.Match[str]) -> bool:
    """False after an abbreviation or initial, whose full stop ends no sentence."""
    mark = match.group()
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    word = _LAST_WORD.search(text, max(start, match.start() - 30), match.start())
    if word is None:
        return True
    last = word.group(1).strip("\"'\u201c\u2018([").lower()
    if last in _abbreviations() or (len(last) == 1 and last.isalpha() and last != "i"):
        return False
    # U.S. or a.m.: a capital after it may or may not open a sentence; a following verb-like capital is rare, so go on
    return not re.fullmatch(r"(?:[a-z]\.)+[a-z]", last)


def _bounds(text: str, begin: int = 0) -> Iterator[tuple[int, int]]:
    start = begin
    for match in _END.finditer(text, begin):
        if match.end() <= start or not _real_end(text, start, match):
            continue
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch, in pieces where it is longer than sentences are."""
    for begin in starts(text, start, end):
        yield from _bounded(text, start, begin)
        start = begin
    yield from _bounded(text, start, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        middle = space if space > start else start + MAX_SENTENCE
        yield start, middle
        start = middle
    yield start, end


def _pieces(text: str, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in cuts:
        yield from _bounds(text[:cut], start)
        start = cut
    yield from _bounds(text, start)


def split(title: str | None, text: str, cuts: Sequence[int] = ()) -> list[Sentence]:
    """The sentences of title and text, blank ones left out, white space at their ends trimmed.

    At the offsets `cuts` of the text, in order, a sentence begins, whatever stands before them.
    """
    found: list[Sentence] = []
    parts: list[tuple[Part, str]] = [("title", title)] if title else []
    parts.append(("text", text))
    for part, whole in parts:
        for start, end in _pieces(whole, cuts if part == "text" else ()):
            piece = whole[start:end]
            stripped = piece.strip()
            if stripped:
                at = start + len(piece) - len(piece.lstrip())
                headline = part == "title" or (bool(cuts) and at < cuts[-1])
                found.append(Sentence(part, at, at + len(stripped), stripped, len(found), headline))
    return found
