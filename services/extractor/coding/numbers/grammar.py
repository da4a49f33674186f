"""How English writes one cardinal number: digits, words, and both ("1.5 million", "two dozen")."""

from __future__ import annotations

import re
from functools import cache

from services.extractor.coding.numbers.lexicon import any_of, number_words, plain

_WORDS = number_words()
# At most three blanks: bounded, so that no text makes the search back-track far.
GAP = r"(?:\s{1,3}|-)"
_SMALL = {**_WORDS.units, **_WORDS.teens, **_WORDS.tens}
_NONZERO = any_of(word for word, value in _WORDS.units.items() if value)
_BELOW_100 = (
    rf"(?:{any_of(_WORDS.tens)}(?:{GAP}{_NONZERO})?(?![^\W_])|{any_of(_WORDS.teens)}(?![^\W_])|"
    rf"{any_of(_WORDS.units)}(?![^\W_]))"
)
_BELOW_1000 = rf"(?:(?:an?|{_BELOW_100})?{GAP}?hundred(?:{GAP}(?:and\s{{1,3}})?{_BELOW_100})?(?![^\W_])|{_BELOW_100})"
_BIG = r"(?:thousand|million|billion)(?![^\W_])"
CARDINAL_WORDS = (
    rf"(?:(?:an?|{_BELOW_1000})\s{{1,3}}{_BIG}(?:{GAP}(?:and\s{{1,3}})?{_BELOW_1000})?|"
    rf"(?:an?|{_BELOW_100})\s{{1,3}}dozen(?![^\W_])|dozen(?![^\W_])|{_BELOW_1000})"
)
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?:\.\d{3}){2,3}|\d{1,9}(?:\.\d{1,3})?)(?!\d)"
DIGITS_AND_SCALE = rf"{DIGITS}(?:(?:\s{{1,3}}|-)(?:dozen|hundred|{_BIG})(?![^\W_]))?"
CARDINAL = rf"(?:{DIGITS_AND_SCALE}|{CARDINAL_WORDS})"

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}")


def _digits(text: str) -> float | None:
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", "").replace(".", ""))
    try:
        return float(text)
    except ValueError:
        return None


@cache
def _scales() -> dict[str, int]:
    return dict(_WORDS.scales)


def value_of(text: str) -> int | None:
    """The number that `text` (a match of `CARDINAL`) writes; None where it is no whole number, such as "3.5"."""
    total, part = 0.0, 0.0
    seen = False
    for word in plain(text).replace("-", " ").split():
        number = float(_SMALL[word]) if word in _SMALL else 1.0 if word in ("a", "an") else _digits(word)
        if number is not None:
            part += number
        elif word in ("hundred", "dozen"):
            part = (part or 1) * _scales()[word]
        elif word in _scales():
            total += (part or 1) * _scales()[word]
            part = 0.0
        else:
            continue
        seen = True
    whole = total + part
    return int(whole) if seen and whole == int(whole) else None
