"""Splits an article's title and text into sentences with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Part = Literal["text", "title"]

# A longer stretch without a full stop (tables, lost punctuation) is cut at a space: parsing time stays bounded.
MAX_SENTENCE = 1500

_ABBREVIATIONS = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "sgt", "capt", "cpl", "pvt", "cmdr", "adm", "brig", "rev", "fr", "hon", "gov", "sen", "rep", "pres", "st", "no", "vs", "etc", "jr", "sr", "inc", "ltd", "co", "corp", "dept", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "approx", "est", "al", "govt", "op", "nos", "insp", "supt", "ie", "eg", "cf", "vol", "mt"]
)
_END = re.compile(
    r"[.!?…]+[\"'”’)\]»]*(?=\s+[\"'“‘(\[«¡¿]*[A-Z0-9À-ÞЀ-Я])|\n\s*\n|\r\n\s*\r\n|(?<=[.!?\"”’:])[ \t]*\n|\n(?=\s*[-•*–])|[.!?](?=[A-Z][a-z]+ [a-z])"
)
_LAST_WORD = re.compile(r"(\S+)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` of the article's part `part`; `index` counts over the whole article, the title first."""

    part: Part
    start: int
    end: int
    text: str
    index: int


def _real_end(text: str, start: int, match: re.Match[str]) -> bool:
    """False after an abbreviation or initial, whose full stop ends no sentence."""
    mark = match.group()
    if not mark.startswith(".") or mark.startswith(".."):
        return True
    word = _LAST_WORD.search(text, max(start, match.start() - 30), match.start())
    if word is None:
        return True
    last = word.group(1).strip("\"'“‘([").lower()
    if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last != "i"):
        return False
    # U.S. or a.m.: a capital after it may or may not open a sentence; a following verb-like capital is rare, so go on
    return not re.fullmatch(r"(?:[a-z]\.)+[a-z]", last)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match.end() <= start or not _real_end(text, start, match):
            continue
        yield from _cut(text, start, match.end())
        start = match.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        middle = space if space > start else start + MAX_SENTENCE
        yield start, middle
        start = middle
    yield start, end


def split(title: str | None, text: str) -> list[Sentence]:
    """The sentences of title and text, blank ones left out, white space at their ends trimmed."""
    found: list[Sentence] = []
    parts: list[tuple[Part, str]] = [("title", title)] if title else []
    parts.append(("text", text))
    for part, whole in parts:
        for start, end in _bounds(whole):
            piece = whole[start:end]
            stripped = piece.strip()
            if stripped:
                at = start + len(piece) - len(piece.lstrip())
                found.append(Sentence(part, at, at + len(stripped), stripped, len(found)))
    return found
