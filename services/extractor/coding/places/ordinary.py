"""Which names of towns are rather something else in English: words, and people or things that are named more often.

Decided when the gazetteer is built, by how often a word stands in small letters and how often with a capital in a large
sample of English (spacy-lookups-data, `en_lexeme_prob`: natural logarithms of the share of all words).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Mapping
from importlib.resources import files

_UNSEEN = -21.0
# A word as common as this is none of a place's, unless a city bears it; one as this may be, after "in" and the like.
_COMMON, _WORD = -12.0, -15.0
_CITY = 30_000
# A town of fewer people than these is not named so often by itself: who bears its name is somebody or something else.
_TOO_OFTEN = ((300_000, -13.5), (50_000, -15.0), (15_000, -16.0))

Frequencies = Mapping[str, float]


def frequencies() -> Frequencies:
    """The sample. Raises ModuleNotFoundError without the extra `gazetteer`."""
    packed = files("spacy_lookups_data").joinpath("data", "en_lexeme_prob.json.gz").read_bytes()
    found: dict[str, float] = json.loads(gzip.decompress(packed))
    return found


def words(known: Frequencies, places: Collection[str]) -> set[str]:
    """Words that are never a place's by themselves; `places` are keys of places that no word of English hides."""
    return {w for w in known if _is_word(w, known, _COMMON) and len(w) > 1 and w not in places}


def doubtful(known: Frequencies, populations: Mapping[str, int], provinces: Collection[str]) -> set[str]:
    """Keys of one word that are read as a place only where the text says so; `populations` of the largest town by key.

    Provinces are often named, however few people live in a town of their name.
    """
    return {
        name
        for name, people in populations.items()
        if _is_word(name, known, _WORD) or (name not in provinces and _too_often(name, people, known))
    }


def cities(populations: Mapping[str, int]) -> set[str]:
    """The keys of towns so large that no word of English hides them; `populations` by main name."""
    return {name for name, people in populations.items() if people >= _CITY}


def _is_word(word: str, known: Frequencies, least: float) -> bool:
    """True for a word of small letters that stands more often without a capital than with one."""
    if not (word.isalpha() and word.isascii() and word.islower()) or word not in known:
        return False
    return known[word] >= least and known[word] > known.get(word.capitalize(), _UNSEEN)


def _too_often(name: str, people: int, known: Frequencies) -> bool:
    often = known.get(name.capitalize(), _UNSEEN)
    return any(people < limit and often > most for limit, most in _TOO_OFTEN)
