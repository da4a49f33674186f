"""Keeps words, persons and organisations that share their name with a town from being read as places."""

from __future__ import annotations

from typing import Final

from services.extractor.coding.places import curated
from services.extractor.coding.places.countries import demonym_keys
from services.extractor.coding.places.model import Candidate, PlaceMention
from services.extractor.coding.places.tokens import Words
from services.extractor.coding.places.unknown import Called

_SMALL: Final = 20_000
_LARGE: Final = 100_000


class Guard:
    """Judges the names found in one text."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known = curated.words()
        self._never = curated.stop("stop_never")
        self._weak = curated.stop("stop_weak") | curated.stop("stop_persons")
        self._small_letters = {token.key for token in words.tokens if not token.capital}

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

    def may_continue(self, first: int, number: int) -> bool:
        """Whether a name that begins at `first` may go on with the word `number`."""
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
        if keys in self._never or demonym_keys().get(keys):
            return False
        if any(c.kind == "country" for c in candidates):
            return True
        if self._of_person(first):
            return False
        weak = keys in self._weak or (length == 1 and self._is_word(first, keys, candidates))
        big = any(c.kind in {"admin1", "region"} or c.population >= _LARGE for c in candidates)
        if not big:
            weak = weak or self._inside_name(first, length) or _obscure(candidates, length)
        if not weak or name is not None:
            return True
        token = self._words.tokens[first]
        return not token.shouted and (self._located(first) or self._listed(first, before))

    def _is_word(self, first: int, keys: str, candidates: tuple[Candidate, ...]) -> bool:
        """It stands in this text in small letters too, or shouts, so that its capital tells nothing."""
        if any(c.primary and (c.kind == "admin1" or c.population >= _LARGE) for c in candidates):
            return False
        return keys in self._small_letters

    def _of_person(self, first: int) -> bool:
        if first == 0 or not (self._words.spaced(first - 1) or self._words.gap(first - 1, first) == ". "):
            return False
        before = self._words.tokens[first - 1]
        if not before.capital or before.possessive or before.shouted:
            return False
        return before.key in self._known.titles or (
            before.key in curated.stop("stop_persons") and not self._words.text[before.end : before.end + 1] == "."
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
        if first and words.spaced(first - 1):
            prev = words.tokens[first - 1]
            plain = prev.key in self._never or prev.key in self._known.parts or prev.key in self._known.heads
            return prev.capital and not prev.possessive and not plain and prev.key not in demonym_keys()
        return False

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
