"""Countries by word: "Syrian", "Nuer", "AMISOM" tell of a country without naming the place."""

from __future__ import annotations

from functools import cache

from services.extractor.coding.places import curated
from services.extractor.coding.places.fold import key
from services.extractor.coding.places.model import Demonym
from services.extractor.coding.places.tokens import words_of


@cache
def demonym_keys() -> dict[str, str]:
    """Country, as ISO 3166-1 alpha-3, by the key of its demonyms."""
    return {key(word): row.alpha3 for row in curated.countries() for word in row.demonyms}


@cache
def _telling() -> dict[str, str]:
    """Country by the key of its demonyms and of who lives or serves there alone; provinces bear such names too."""
    return {key(word): country for country, words in curated.peoples().items() for word in words} | demonym_keys()


def find_demonyms(text: str) -> list[Demonym]:
    """The demonyms in `text`, in its order, without overlaps; only capitalised ones."""
    words, known, firsts = words_of(text), _telling(), _first_words()
    found: list[Demonym] = []
    free = 0
    for number in words.capitals:
        token = words.tokens[number]
        if number < free or token.key not in firsts or (number and words.gap(number - 1, number) == "-"):
            continue  # "Pan-American"
        for length in (3, 2, 1):
            run = words.tokens[number : number + length]
            joined = all(words.joined(number + i) for i in range(len(run) - 1))
            country = known.get(" ".join(t.key for t in run)) if joined else None
            if country is not None:
                found.append(Demonym(token.start, run[-1].end, text[token.start : run[-1].end], country))
                free = number + len(run)
                break
    return found


@cache
def _first_words() -> frozenset[str]:
    return frozenset(demonym.split(" ")[0] for demonym in _telling())
