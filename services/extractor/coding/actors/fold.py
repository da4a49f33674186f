"""Folding of a text for look-ups, character for character, so that offsets stay those of the text."""

from __future__ import annotations

import unicodedata

_SAME = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u02bb": "'", "`": "'", "\u00b4": "'"}
_BLANK = "-_\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\t\n\r\u2009\u202f"
_LATIN_END = 0x2000  # accents and cases of all scripts in the news lie below it


def _plain(char: str) -> str:
    """The letter without its accents, where that is one character."""
    base = unicodedata.normalize("NFD", char)[0]
    return base if not unicodedata.combining(base) else char


_CASED = {ord(old): new for old, new in _SAME.items()} | {ord(char): " " for char in _BLANK}
_CASED |= {
    code: plain for code in range(0x80, _LATIN_END) if code not in _CASED and (plain := _plain(chr(code))) != chr(code)
}
_LOWER = {
    code: lower
    for code in range(_LATIN_END)
    if len(lower := _CASED.get(code, chr(code)).lower()) == 1 and lower != chr(code)
} | {code: new for code, new in _CASED.items() if code >= _LATIN_END}


def fold_accents(text: str) -> str:
    """`text` with plain letters, apostrophes and blanks (hyphens too) in the same case and of the same length."""
    return _ascii(text) if text.isascii() else text.translate(_CASED)


def fold(text: str) -> str:
    """`text` in lower case with plain letters, apostrophes and blanks (hyphens too), of the same length."""
    return _ascii(text).lower() if text.isascii() else text.translate(_LOWER)


def _ascii(text: str) -> str:
    """The same for plain text, many times as fast."""
    for char in "-_\t\n\r":
        text = text.replace(char, " ")
    return text.replace("`", "'")
