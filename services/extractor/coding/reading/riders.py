"""Lets the parser read "men on a motorbike shot a teacher": it takes the verb after a vehicle for a noun or a passive.

It reads "killed" and "have killed" rightly in the same place, so it is given these; the tree has the text's words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_MOUNTS = (
    r"(?:motor)?(?:cycle|bike)s?|motor-?(?:cycle|bike)s?|bicycles?|scooters?|mopeds?|horseback|horses|camels|camelback"
    r"|cars?|vans?|taxis?|jeeps?|trucks?|pick-?ups?|vehicles?|rickshaws?|boats?|speedboats?|canoes?"
)
# What begins an object; "shot two days earlier" and "shot nine times" have none.
_OBJECT = (
    r"(?:an?|the|his|her|their|its|him|them|some|several|dozens|scores|at least|more than|nearly|about|\d[\d,]*"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|[A-Z][a-z]+)\b"
    r"(?! (?:times?|hours?|days?|weeks?|months?|years?|day|night|week|previous|same)\b)"
)
_RIDERS = re.compile(
    rf"\b(?:on|in|aboard|riding|driving) (?:[\w-]+ ){{0,3}}?(?:{_MOUNTS}) "
    rf"(?:(?P<two>shot|gunned|mowed) (?:dead|down)(?= and (?:kill|wound|injur)| {_OBJECT})"
    rf"|(?P<one>shot|shoot)(?= and (?:kill|wound|injur)| {_OBJECT})"
    r"|(?P<now>shoot|gun|mow) (?:dead|down)(?= \w))"  # of today only headlines tell, without "a" and "the"
)
_HINT = re.compile(r" (?:shot|shoot|gunned|gun|mowed|mow) ")


def reworded(text: str) -> tuple[str, int | None]:
    """The text as the parser reads it best, and the character at which such a verb of two words begins."""
    found = _RIDERS.search(text) if _HINT.search(text) else None
    if found is None:
        return text, None
    if found["one"] is not None:
        verb = "kill" if found["one"] == "shoot" else "killed"
        return f"{text[: found.start('one')]}{verb}{text[found.end('one') :]}", None
    start = max(found.start("two"), found.start("now"))
    return f"{text[:start]}have killed{text[found.end() :]}", start


def restored(doc: Doc, words: Doc, vocab: Vocab, at: int | None) -> Doc:
    """The tree that was read, over the words of the text; of a verb of two words the first governs."""
    from spacy.tokens import Doc as Made

    heads, deps = [t.head.i for t in doc], [t.dep_ for t in doc]
    if at is not None:
        first = next(t.i for t in words if t.idx == at)
        second = first + 1
        above = heads[second]
        heads = [first if head == second else head for head in heads]
        heads[first], deps[first] = (first if above == second else above), deps[second]
        heads[second], deps[second] = first, "prt"
    return Made(
        vocab, words=[t.text for t in words], spaces=[bool(t.whitespace_) for t in words], heads=heads, deps=deps
    )
