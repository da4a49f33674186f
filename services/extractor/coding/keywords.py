"""The words of an article that tell which incident it is about: names, numbers, and what any other report lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml
from pydantic import BaseModel, ConfigDict

from services.extractor.coding.people import people
from services.extractor.coding.reading.titlecase import is_title_case

LEAD = 1500
"""Characters of the text that are read: news tells who, where and when at its head."""
MOST = 100
"""Keywords kept of an article, those that come first."""
MOST_PEOPLE = 20
"""Of these, people."""
_SHORTEST = 4
_TOKEN = re.compile(r"[^\W\d_][\w'\u2019.-]*[^\W_]|[^\W\d_]|\d[\d:.,/-]*\d|\d|[.!?\u201c\u201d\"]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENS = frozenset('.!?\u201c\u201d"')


class _Common(BaseModel):
    """The file keywords.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: frozenset[str]
    words: frozenset[str]


@cache
def _common() -> _Common:
    text = files("services.extractor.coding").joinpath("keywords.yaml").read_text(encoding="utf-8")
    return _Common.model_validate(yaml.safe_load(text))


def keywords(title: str | None, text: str) -> list[str]:
    """At most 100 keywords, each once, by first appearance.

    They are names with their capitals ("Maiduguri"), pairs of names that stand together ("David McCray"), numbers in
    digits but for years, and uncommon words in small letters. Last stand those whom the text tells by name and age, or
    as identified ("McCray, David").
    """
    lead = text[:LEAD]
    found = dict.fromkeys(_read(lead))
    if title:
        told = list(_read(title))
        if is_title_case(title):  # its capitals tell no names
            told = [word if word in found else word.lower() for word in told if " " not in word or word in found]
        found = dict.fromkeys([*(w for w in told if _tells(w)), *found])
    told = list(_people(text))[:MOST_PEOPLE]
    return [*list(found)[: MOST - len(told)], *told]


def _people(text: str) -> Iterator[str]:
    names = _common().names
    for first, last in people(text):
        if names.isdisjoint((first.lower(), last.lower())):
            yield f"{last}, {first}"


def _read(text: str) -> Iterator[str]:
    """The keywords of running text, with repeats."""
    opening = True
    run: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0].isupper():
            run.append(_plain(token))
            continue
        if run:
            yield from _names(run, opening=opening)
            run = []
        opening = token in _OPENS
        if token.isalpha() and token.islower():  # most words
            if _tells(token):
                yield token
        elif token[0].isdigit():
            if not _YEAR.fullmatch(token):
                yield token
        elif token[0].isalpha() and _tells(word := _plain(token)):
            yield word
    yield from _names(run, opening=opening)


def _plain(token: str) -> str:
    return token.replace("\u2019", "'").removesuffix("'s").rstrip(".'")


def _names(run: list[str], *, opening: bool) -> Iterator[str]:
    """The names in a run of capitalised words; a single word that opens a sentence need be none."""
    if opening and len(run) == 1:
        word = run[0].lower()
        if _tells(word):
            yield word
        return
    known = [word for word in run if word.lower() not in _common().names]
    yield from (word for word in known if len(word) > 1)
    for first, second in pairwise(run):
        if {first.lower(), second.lower()}.isdisjoint(_common().names):
            yield f"{first} {second}"


def _tells(word: str) -> bool:
    return (len(word) >= _SHORTEST and word not in _common().words) or not word.islower()
