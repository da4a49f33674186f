"""What the words around a name do to its precision: "near", "southern", "between"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from services.extractor.coding.places import curated
from services.extractor.coding.places.model import Modifier

_BEFORE: Final = 70
_FILLER: Final = (
    r"(?:\s+(?:the|a|of|its|adjacent|adjoining|city|town|village|capital|provincial|regional|besieged|province|"
    r"district|rebel-held|government-held|border|southern|northern|eastern|western|port|[a-z]+(?:[ai]n|i|ese|ish|ch)))*"
    r"(?:(?<=capital),|(?<=city),|(?<=town),|(?<=village),)?\s+"
)


@cache
def _near() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w])(?:{'|'.join(map(re.escape, _ordered('nearness')))}){_FILLER}$")


@cache
def _part() -> re.Pattern[str]:
    parts = "|".join(map(re.escape, sorted(curated.words().parts, key=lambda p: (-len(p), p))))
    return re.compile(
        rf"(?:^|[^\w])(?:(?:{parts})(?:ern)?(?:(?:\s+|-)(?:and|{parts}))*(?:\s+(?:parts?|areas?|regions?|countryside|half|suburbs?)\s+of)?"
        rf"|(?:parts?|areas|countryside|suburbs|rural areas) of){_FILLER}$"
    )


def _ordered(name: str) -> list[str]:
    return sorted(getattr(curated.words(), name), key=lambda w: (-len(w), w))


_SIDE: Final = r"(?:'s)?\s+(?:(?:north|south|east|west)\w*\s+)?"
_LAND: Final = re.compile(rf"{_SIDE}(?:countryside|hinterland)\b")
_RURAL: Final = re.compile(
    r"\b(?:rural|(?:countryside|hinterland|rural (?:areas?|parts?|districts?|zones?|outskirts)) (?:of|around|in))"
    rf"{_FILLER}$"
)
_AFTER: Final = re.compile(rf"{_SIDE}(?:suburbs?|outskirts|border|frontier)\b")
# "from" and "towards" alone tell of a way, not of nearness.
_DISTANCE: Final = re.compile(r"(?:\d|\b(?:miles?|km|kilomet\w+|hours?|minutes?))[^.]{0,25}\sfrom\s+(?:the\s+)?$")


def around(folded: str, start: int, end: int) -> Modifier | None:
    """The modifier of the name at `folded[start:end]`, `folded` being a text folded by `fold.fold`."""
    before = folded[max(0, start - _BEFORE) : start]
    near = _near().search(before)
    if near is not None:
        word = near.group(0).strip(" \n.,;:'\"()-").split(" ")[0]
        if word == "between":
            return "between"
        if word not in {"from", "towards", "toward"} or _DISTANCE.search(before):
            return "near"
    if _RURAL.search(before) or _LAND.match(folded, end):
        return "rural"
    if _part().search(before):
        return "part"
    if _AFTER.match(folded, end):
        return "near"
    return None
