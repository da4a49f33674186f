"""Keeps words, persons and organisations that share their name with a town from being read as places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import Final

from services.extractor.coding.places import curated
from services.extractor.coding.places.countries import demonym_keys
from services.extractor.coding.places.model import Candidate, PlaceMention
from services.extractor.coding.places.tokens import Words
from services.extractor.coding.places.unknown import Called

_SHORT: Final = 3
_KIN: Final = frozenset(
    ("clan", "clans", "subclan", "sub-clan", "tribe", "tribes", "tribesmen", "clansmen", "dynasty", "family")
)
# "Radio Dabanga": what follows is a station's name.
_STATIONS: Final = frozenset(("radio", "tv", "television", "channel"))
_ALIASES: Final = frozenset(("alias", "aka", "a.k.a", "nicknamed"))
# Titles that names of towns begin with: "in Sheikh Miskin".
_SAINTS: Final = frozenset(("sheikh", "sheik", "shaikh", "saint"))
# Small words within names of Persian and Arabic make: "Dar e Abbas", "Nur ul Huda".
_JOINTS: Final = frozenset(("e", "ul", "ur", "us", "uz", "ud", "bin"))
# "Anna D' Souza", "Pat O' Hara": what follows is a person's.
_APOSTROPHE: Final = re.compile(r"\b[DO]['\u2019\u2018`] ?$")
_HOUR: Final = re.compile(r"\d|\b[ap]\.?m\b|noon|midnight|o'clock|local")
_AGE: Final = re.compile(r", (?:aged )?[1-9]\d, |, [1-9]\d,$")
_SMALL: Final = 20_000
_LARGE: Final = 100_000


@cache
def _never() -> frozenset[str]:
    """Words never read as places, those that only say what kind of place a name is among them."""
    words = curated.words()
    return curated.never() | frozenset(words.tails) | frozenset(words.heads)


@cache
def _weak() -> frozenset[str]:
    """Words that are read as places only where the text says so."""
    return curated.stop("stop_weak") | curated.stop("stop_persons")


class Guard:
    """Judges the names found in one text."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known = curated.words()
        self._never = _never()
        self._weak = _weak()

    @cached_property
    def _surnames(self) -> set[str]:
        """Words that somewhere in the text stand after a title or a first name: they are persons throughout."""
        tokens, persons = self._words.tokens, curated.stop("stop_persons")
        return {
            tokens[number].key
            for number in self._pairs()
            if (tokens[number - 1].key in persons or tokens[number - 1].key in self._known.titles)
            and not tokens[number - 1].possessive
            and not tokens[number].titled
            and self._words.gap(number - 1, number) in {" ", ". "}
        }

    @cached_property
    def _after_names(self) -> set[str]:
        """Words that stand somewhere within a sentence after a capital that no word of place or sort accounts for."""
        tokens = self._words.tokens
        return {
            tokens[number].key
            for number in self._pairs()
            if not (tokens[number].titled or tokens[number].shouted)
            and self._follows_name(number)
            and not self._words.opens_sentence(number - 1)
        }

    def _pairs(self) -> Iterator[int]:
        """The words with a capital right after another such word."""
        return (right for left, right in pairwise(self._words.capitals) if right == left + 1)

    def _follows_name(self, first: int) -> bool:
        prev = self._words.tokens[first - 1]
        if not self._words.spaced(first - 1) or not prev.capital or prev.possessive:
            return False
        known = self._known
        plain = prev.key in self._never or prev.key in known.parts or prev.key in known.heads
        return not plain and prev.key not in demonym_keys()

    def may_begin(self, number: int) -> bool:
        """Whether a name may begin with this word."""
        token = self._words.tokens[number]
        if token.capital:
            return True
        return (
            token.key in self._known.articles
            and self._words.joined(number)
            and self._words.gap(number, number + 1) == "-"
            and self._words.tokens[number + 1].capital
        )

    def may_continue(self, number: int) -> bool:
        """Whether a name may go on with the word `number`."""
        token = self._words.tokens[number]
        return token.capital or token.key in self._known.particles or self._words.gap(number - 1, number) == "-"

    def may_end(self, first: int, last: int) -> bool:
        """Whether a name may end here: not with "of", nor as one word that is never a place."""
        token = self._words.tokens[last]
        if first == last:
            return token.key not in self._never and token.key not in demonym_keys() and len(token.key) > 1
        return token.capital or self._words.gap(last - 1, last) == "-"

    def accepts(
        self,
        first: int,
        length: int,
        candidates: tuple[Candidate, ...],
        name: Called | None,
        before: list[PlaceMention],
    ) -> bool:
        """Whether the name of `length` words at `first` is to be read as a place."""
        keys = " ".join(token.key for token in self._words.tokens[first : first + length])
        if self._of_press(first, length) or self._of_kin(first, length) or self._is_bearing(first, length):
            return False
        if self._of_clock(first, first + length) or self._after_apostrophe(first) or self._of_alias(first):
            return False
        if any(c.kind == "country" for c in candidates):
            return True
        if keys in self._never or keys in demonym_keys() or self._of_person(first):
            return False
        weak = keys in self._weak or keys in self._surnames or keys.rstrip("s") in self._weak
        weak = weak or (length == 1 and self._is_word(keys, candidates))
        big = any(c.kind == "region" or c.population >= (_SMALL if c.kind == "admin1" else _LARGE) for c in candidates)
        if not big:
            weak = weak or keys in self._after_names or self._inside_name(first, length) or _obscure(candidates, length)
        if not weak or name is not None:
            return True
        # "Oued Aissi" is not Oued, nor "Hassan Garhi" the district of Hassan
        cut = (not big or keys in curated.stop("stop_persons")) and self._goes_on(first + length)
        return (
            not cut and not self._words.tokens[first].shouted and (self._located(first) or self._listed(first, before))
        )

    def _of_kin(self, first: int, length: int) -> bool:
        """It is a people's or somebody's name: "ethnic Amhara", "the Harb tribe", "Ian Lyons, 31, of Lurgan"."""
        after = first + length
        end = self._words.tokens[after - 1].end
        if after < len(self._words.tokens) and self._words.tokens[after].key in _KIN and self._words.spaced(after - 1):
            return True
        return (first > 0 and self._words.tokens[first - 1].key == "ethnic") or _AGE.match(
            self._words.folded, end
        ) is not None

    def _of_alias(self, first: int) -> bool:
        """It is part of what a person is also called: "Yusuf Kato alias Teso Boy"."""
        tokens = self._words.tokens
        for number in range(first - 1, max(first - 3, -1), -1):
            if tokens[number].key in _ALIASES:
                return True
            if not tokens[number].capital or not self._words.spaced(number):
                return False
        return False

    def _is_bearing(self, first: int, length: int) -> bool:
        """`65 km North West of Dhusamareb`: a direction, whatever province has the name."""
        tokens, after = self._words.tokens, first + length
        parts = all(token.key in self._known.parts for token in tokens[first:after])
        return parts and after < len(tokens) and tokens[after].key == "of"

    def _after_apostrophe(self, first: int) -> bool:
        start = self._words.tokens[first].start
        return _APOSTROPHE.search(self._words.text, max(start - 4, 0), start) is not None

    def _of_clock(self, first: int, after: int) -> bool:
        """`11 a.m. Moscow time`: whose clocks they are, wherever it was."""
        tokens = self._words.tokens
        if after >= len(tokens) or tokens[after].key != "time" or not self._words.spaced(after - 1):
            return False
        return _HOUR.search(self._words.folded, max(tokens[first].start - 16, 0), tokens[first].start) is not None

    def may_be_place(self, first: int, last: int) -> bool:
        """Whether an unknown name may be a place's: no title, person, group, abbreviation or word of its own."""
        tokens = self._words.tokens[first : last + 1]
        keys = {token.key for token in tokens}
        if any(
            t.upper or t.mixed or t.dotted or t.shouted or t.titled or t.possessive or t.key.isdigit() for t in tokens
        ):
            return False
        known = self._known
        if any(key in known.titles and key not in _SAINTS for key in keys):
            return False
        barred = (self._never, known.not_before, known.press, known.plain, self._words.small)
        if not all(words.isdisjoint(keys - known.articles) for words in barred):
            return False
        own = next((t.key for t in tokens if t.key not in known.articles), "")
        if keys & self._surnames or own in self._after_names or keys & demonym_keys().keys():
            return False
        if tokens[0].key not in known.beginnings and (
            tokens[0].key in curated.stop("stop_persons") or keys <= self._weak
        ):
            return False
        long = len(tokens[0].key) > _SHORT or (len(tokens) > 1 and len(tokens[1].key) > _SHORT)
        return long and not self._goes_on(last + 1) and not self._of_person(first)

    def _goes_on(self, after: int) -> bool:
        """The word `after` continues the name before it."""
        words = self._words
        if after >= len(words.tokens) or not words.spaced(after - 1) or words.tokens[after - 1].possessive:
            return False
        nxt = words.tokens[after]
        if nxt.key in self._known.articles and words.joined(after) and words.gap(after, after + 1) == "-":
            return True
        if nxt.key in _JOINTS and words.spaced(after) and words.tokens[after + 1].capital:
            return True
        return nxt.capital and nxt.key not in self._never and nxt.key not in self._known.tails and not nxt.titled

    def _of_press(self, first: int, length: int) -> bool:
        """It is part of the name of a newspaper, a bank, a cup: "Assam Tribune", "Press Trust of India"."""
        words, press, after = self._words, self._known.press, first + length
        follows = after < len(words.tokens) and words.spaced(after - 1) and not words.tokens[after - 1].possessive
        if follows and self._in_capitals(after, press):
            return True
        if first and words.spaced(first - 1) and self._in_capitals(first - 1, _STATIONS):
            return True
        of = first >= 2 and words.tokens[first - 1].key == "of" and words.gap(first - 2, first - 1) == " "
        return of and self._in_capitals(first - 2, press)

    def _in_capitals(self, number: int, wanted: frozenset[str]) -> bool:
        """The word is one of those, with a capital that tells."""
        token = self._words.tokens[number]
        return token.key in wanted and token.capital and not token.titled and not token.shouted

    def _is_word(self, keys: str, candidates: tuple[Candidate, ...]) -> bool:
        """It stands in this text in small letters too, or shouts, so that its capital tells nothing."""
        if any(c.primary and (c.kind == "admin1" or c.population >= _LARGE) for c in candidates):
            return False
        return keys in self._words.small

    def _of_person(self, first: int) -> bool:
        if first == 0 or not (self._words.spaced(first - 1) or self._words.gap(first - 1, first) == ". "):
            return False
        before = self._words.tokens[first - 1]
        if not before.capital or before.possessive or before.shouted:
            return False
        return before.key in self._known.titles or (
            before.key in curated.stop("stop_persons") and self._words.text[before.end : before.end + 1] != "."
        )

    def _inside_name(self, first: int, length: int) -> bool:
        """A capital next to it belongs to the same, unknown name: "Barack Obama", "Jackson Smith"."""
        words = self._words
        if words.tokens[first].titled or words.tokens[first].shouted:
            return False
        after = first + length
        if after < len(words.tokens) and words.spaced(after - 1) and not words.tokens[after - 1].possessive:
            nxt = words.tokens[after]
            if nxt.capital and nxt.key not in self._never and nxt.key not in self._known.tails:
                return True
            if nxt.capital and nxt.key in self._known.not_before:
                return True
        return bool(first) and self._follows_name(first)

    def _located(self, first: int) -> bool:
        """A word of place stands before it, with nothing between but articles, parts, heads and demonyms."""
        for number in range(first - 1, max(first - 6, -1), -1):
            if not self._words.spaced(number):
                return False
            word = self._words.tokens[number].key
            if word in self._known.locatives:
                return True
            passes = word in {"the", "of", "and"} or word in self._known.parts or word in self._known.heads
            if not passes and word not in demonym_keys():
                return False
        return False

    def _listed(self, first: int, before: list[PlaceMention]) -> bool:
        """It follows a place in a list: "in Homs, Hama and Battle"."""
        if not before:
            return False
        gap = self._words.folded[before[-1].end : self._words.tokens[first].start]
        return gap in {" and ", ", and ", " or "}


def _obscure(candidates: tuple[Candidate, ...], length: int) -> bool:
    """Only small towns bear it as an alternate name, or it is very short."""
    if length > 1:
        return False
    return all(c.kind == "town" and c.population < _SMALL and not c.primary for c in candidates)
