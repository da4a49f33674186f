"""Which mention the text names as what another lies in: "Goma, North Kivu", "Pakistan's Balochistan province"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from services.extractor.coding.places.model import PlaceMention
from services.extractor.coding.places.tokens import Words

_PART: Final = r"(?:north|south|east|west|central|upper|lower|rural|mid|far)[\w-]*"
_KINDS: Final = r"(?:city|town|village|district|capital|province|state|region|area|suburb|governorate)"
_SPOT: Final = (
    r"(?:area|neighbou?rhood|quarter|suburb|camp|district|village|town|side|section|centre|center|heart|outskirts)"
)
# What a town is called on the way to its name: "in the western part of the rebel-held Yemeni port of Mocha".
_LONG: Final = (
    rf"(?: {_SPOT})?,? (?:in|of|within|inside|on|at) (?:the )?(?:(?:[a-z-]+ ){{0,2}}{_SPOT} (?:of|in) )?"
    rf"(?:the |a )?(?:(?:{_PART}|[a-z]+(?:an|i|ese|ish)|rebel-held|besieged|coastal|port|capital|border) ){{0,3}}"
    rf"(?:(?:{_KINDS}|countryside|outskirts|suburbs) of (?:the )?)?"
)
_OUTER_AFTER: Final = re.compile(
    rf",? (?:in|of|within|inside)(?: the)?(?: (?:neighbou?ring|same|restive|troubled|volatile|disputed))?"
    rf"(?: {_PART}){{0,2}}(?: (?:parts?|countryside|outskirts|suburbs|areas?|{_KINDS}) of(?: the)?)? "
    rf"|, (?:in )?(?:the )?(?:{_PART} )?| \(|, (?:a |an )?[a-z-]{{0,14}} ?{_KINDS} (?:in|of) (?:the )?"
    rf"|(?: (?!(?:and|or|but|while|as) )[a-z]+){{0,2}} (?:under|of|in) (?:the )?"
    rf"(?:(?:limits|jurisdiction|area|territory) of (?:the )?)?"
    rf"|,? (?:with)?in the (?:limits|jurisdiction|area|territory) of (?:the )?"
    rf"|{_LONG}"
)
# Unknown names and kinds between: "Xarm area of Lower Xarmoli in Gao Region".
_CHAIN: Final = re.compile(
    r"(?: \([^)]{1,40}\)|,? (?:near|in|of|under|the|area|areas|tehsil|block|locality|limits|sector|headquarters"
    r"|village|town|forest|subdivision|sub-division|mandal|upazila|panchayat|ward|[A-Z][\w'-]*)){1,8}"
    r" (?:in|of|under) (?:the )?"
)
# A small place and the one beside it are of one district: "Xarm village, near the town of Yarmo in Gao Region".
_NEAR: Final = re.compile(
    r",?(?: (?!(?:and|or|but|while|as) )[a-z]+){0,2} near (?:the )?(?:(?:town|village|city) of )?"
)
_OUTER_BEFORE: Final = re.compile(
    rf"'s?(?: [\w-]+){{0,4}} |s?(?: {_PART})? (?:provincial )?{_KINDS}"
    r"(?: city| town| village)?(?: of)?(?: the)? |s? "
)

# Between a name and what helps to find it: a small town some 30 km (20 miles) north of the city of …
_BEARING: Final = re.compile(
    rf"(?: (?:station|tower|complex|building|compound|neighbou?rhoods?|districts?|areas?))?[,;]?"
    rf"(?: (?:a|an|the|small|large|some|about|around|roughly|just|only|almost|nearly|approximately|few|{_KINDS}|located"
    rf"|situated|lying|\(?\d[\d.,]*|\(?(?:kms?|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?|hours?)\)?|drive"
    rf"|{_PART}))*"
    rf" (?:of|in|near|outside|from|inside|within|close to|off)"
    rf"(?: (?:the|{_PART}|{_KINDS}|of|capital|port|border)){{0,5}} ",
    re.IGNORECASE,
)
# Characters between a place and the one that it is near.
_CLOSE: Final = 40


def leads_to(gap: str) -> bool:
    """Whether the words between two names say where the first lies: in the second, or so far from it."""
    return _BEARING.fullmatch(gap) is not None


def link(words: Words, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """`mentions` with their qualifiers: also those of a qualifier, so that a chain reaches its country."""
    outer: dict[int, set[int]] = {mention.start: set() for mention in mentions}
    for left, right in pairwise(mentions):
        if right.start - left.end > 80:
            continue
        gap = words.folded[left.end : right.start]
        if _OUTER_AFTER.fullmatch(gap) or _CHAIN.fullmatch(words.text, left.end, right.start):
            outer[left.start].add(right.start)
        elif _OUTER_BEFORE.fullmatch(gap):
            outer[right.start].add(left.start)
    for left, right in reversed(list(pairwise(mentions))):
        if right.start - left.end <= _CLOSE and _NEAR.fullmatch(words.text, left.end, right.start):
            outer[left.start] |= outer[right.start]
    for here, there in pairwise(tuple(mentions)):
        if there.modifier is None and here.modifier == "between" and " and " in words.folded[here.end : there.start]:
            mentions[mentions.index(there)] = replace(there, modifier="between")
    return [_with(mention, _reach(outer, mention.start)) for mention in mentions]


def _reach(outer: dict[int, set[int]], start: int) -> tuple[int, ...]:
    found: set[int] = set()
    border = set(outer[start])
    for _ in range(3):
        found |= border
        border = {far for near in border for far in outer[near]} - found - {start}
    return tuple(sorted(found))


def _with(mention: PlaceMention, qualifiers: tuple[int, ...]) -> PlaceMention:
    return replace(mention, qualifiers=qualifiers) if qualifiers else mention
