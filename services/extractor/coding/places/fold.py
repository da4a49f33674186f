"""Folds text for matching, one character for one, so that offsets in the fold are offsets in the text."""

from __future__ import annotations

import re
import unicodedata

MARK = "\x00"
"""What a combining mark folds to; keys leave it out."""

_SPECIAL = {
    **dict.fromkeys("\u2018\u2019\u02bb\u02bc\u02be\u02bf\u02b9\u0060\u00b4\u201b\u2032\u0294\u02c8", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u05be", "-"),
    **dict(zip("øØłŁ\u0131\u0130đĐðÐþÞßæÆœŒəƏħĦŋŊ\u2026", "oolliiddddttsaaooaahhnn.", strict=True)),
}


class _Table(dict[int, str]):
    """Fold of each character by code point, worked out when first met."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = _fold_character(chr(point))
        return folded


def _fold_character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if unicodedata.combining(character) or character in "\u200b\u200c\u200d\u2060\ufeff\u00ad":
        return MARK
    base = unicodedata.normalize("NFKD", character)[:1].lower()
    if base.isspace() or (not base.strip() and not base.isprintable()):
        return "\n" if character in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029" else " "
    return base if len(base) == 1 else character


_TABLE = _Table()


def fold(text: str) -> str:
    """`text` in lower case without diacritics, apostrophes and hyphens of one kind; exactly as long as `text`."""
    return text.translate(_TABLE)


WORD = re.compile(r"(?:[a-z]\.){2,}(?![a-z])|[^\W_]+(?:['\x00](?=[^\W_]|\x00)[^\W_]*)*")
"""A word in folded text: "u.s.", "sana'a", "kafr"; hyphens and spaces stand between words."""


def word_key(word: str) -> str:
    """The key of one folded word: without apostrophes, full stops and marks."""
    return word.replace("'", "").replace(".", "").replace(MARK, "")


def key(name: str) -> str:
    """The key of a whole name: "Deir ez-Zor" → "deir ez zor", "Sana'a" → "sanaa"; empty if it holds no word."""
    return " ".join(word_key(word) for word in WORD.findall(fold(name)))


def ascii_name(name: str) -> str:
    """`name` in ASCII with its capitals: "Ţarţūs" → "Tartus". Characters without a counterpart are left out."""
    plain = []
    for character in unicodedata.normalize("NFC", name):
        folded = _fold_character(character)
        if folded == MARK or not folded.isascii():
            continue
        plain.append(folded.upper() if character.isupper() else folded)
    return "".join(plain).strip().lstrip("'")
