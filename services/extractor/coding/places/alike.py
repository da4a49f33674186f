"""Finds the town that a name written otherwise stands for: "Kafr Zaita" is Kafr Zayta, by what all spellings share.

Only where the towns' names are carried over from Arabic script, in which every paper writes vowels, articles and
double letters as it likes, and only within the country that the article tells of.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from services.extractor.coding.places import curated
from services.extractor.coding.places.fold import fold
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.places.model import Candidate

COUNTRIES: Final = frozenset(("SYR", "IRQ", "YEM", "LBY", "SDN", "LBN", "JOR", "PSE", "SAU", "EGY"))
_ARTICLES: Final = frozenset(
    ("al", "el", "as", "ash", "ar", "an", "at", "ad", "az", "ez", "es", "ed", "er", "en", "ul")
)
_SOUNDS: Final = (("kh", "x"), ("gh", "g"), ("sh", "c"), ("ch", "c"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("q", "k"))
_SOFT: Final = re.compile(r"[aeiouywh'\x00]")
_TWICE: Final = re.compile(r"(.)\1+")
_LEAST: Final = 4
"""Consonants below which a name is like too many."""
_NEAR: Final = 0.65


def alike(name: str, country: str) -> Candidate | None:
    """The one town of `country` that `name` may be another spelling of; None where there are none or several."""
    if country not in COUNTRIES:
        return None
    bones = _bones(name)
    if len(bones) < _LEAST:
        return None
    plain = _plain(name)
    found = [c for c in _towns(country).get(bones, ()) if SequenceMatcher(None, plain, _plain(c.name)).ratio() >= _NEAR]
    return found[0] if len({(c.name, c.admin1) for c in found}) == 1 else None


@cache
def _towns(country: str) -> dict[str, tuple[Candidate, ...]]:
    found: dict[str, list[Candidate]] = {}
    for town in (*load().towns_of(country), *_curated(country)):
        found.setdefault(_bones(town.name), []).append(town)
    return {bones: tuple(towns) for bones, towns in found.items()}


def _curated(country: str) -> list[Candidate]:
    names = [name for row in curated.localities() if row.kind == "town" for name in row.names]
    return [c for name in names for c in load().lookup(_key(name)) if c.kind == "town" and c.country == country]


def _key(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name).replace("'", "")))


def _plain(name: str) -> str:
    return "".join(w for w in _key(name).split() if w not in _ARTICLES)


def _bones(name: str) -> str:
    """What spellings share: the consonants, and that a vowel stands first."""
    plain = _plain(name)
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    return ("a" if plain[:1] in {*"aeiou"} else "") + _TWICE.sub(r"\1", _SOFT.sub("", plain))
