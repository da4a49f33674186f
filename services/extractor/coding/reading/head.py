"""Where the head of a text ends: its headline, or the title that it repeats, and the stamp of its day."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from services.extractor.coding.dates import find_publication_date

_SITE = re.compile(r"\s+[-\u2013\u2014|\u00bb]\s+")
_LEAST_WORDS = 4
_WORD = re.compile(r"\w+")
_LINE = re.compile(r"\s*(?P<line>[^\n]{12,160}?)[ \t\r]*(?P<gap>(?:\n[ \t\r]*)+)(?=[A-Z\u00c0-\u00de\u201c\"'(\[]|\d)")
# What may stand between a stamp and the story: a clock's time, brackets, dashes.
_STORY = re.compile(
    r"\)?[\s.,|\u2013\u2014-]{0,4}(?:\d{1,2}:?\d\d\s?(?:[ap]\.?m\.?)?(?:\s?(?:GMT|UTC|[A-Z]{3}))?[\s.,|-]{1,4})?"
    r"(?=[A-Z\u00c0-\u00de\u201c\"'(\[]|\d)",
    re.IGNORECASE,
)
# A report is stamped on the day it comes out or soon before or after; an older day is that of what it tells.
_NEAR = dt.timedelta(days=3)


def head_cuts(title: str | None, text: str, published: dt.date | None) -> list[int]:
    """Offsets in `text` at which its headline and its stamp end, in order: a sentence begins there."""
    stamp = _stamp_end(text, 0, published)
    start = (_repeated(title, text, 0) or _repeated(title, text, stamp)) if title else _first_line(text)
    cuts = sorted({0 if 0 < start < stamp else stamp, start, _stamp_end(text, start, published)})
    return [cut for cut in cuts if cut]


def _first_line(text: str) -> int:
    """Where a first line ends that is a headline by its look: no full stop, and no line that was broken to a width."""
    found = _LINE.match(text)
    if found is None or found["line"][-1] in ".!?,;:-\u2026" or len(_WORD.findall(found["line"])) < _LEAST_WORDS:
        return 0
    if found["gap"].count("\n") > 1:
        return found.end("line")
    rest = text[found.end() :]
    following = rest.split("\n", 1)[0]
    # in lines of a width the next word would not have fitted
    return found.end("line") if len(found["line"]) + 1 + len(rest.split(None, 1)[0]) < len(following) else 0


def _repeated(title: str, text: str, begin: int) -> int:
    """Where the headline that the text has at `begin` ends, also without the site's name; 0 where it has none."""
    ends = [len(title), *(m.start() for m in reversed(list(_SITE.finditer(title))))]
    for end in ends:
        wanted = _WORD.findall(title[:end].lower())
        if len(wanted) < _LEAST_WORDS:
            return 0
        found = list(_WORD.finditer(text[begin : begin + 2 * len(title) + 80]))[: len(wanted)]
        if [m[0].lower() for m in found] == wanted and _unbroken(text[begin:], found):
            return _behind(text, begin + found[-1].end())
    return 0


def _unbroken(text: str, words: list[re.Match[str]]) -> bool:
    return all(len(text[a.end() : b.start()]) <= 4 for a, b in pairwise(words))


def _behind(text: str, end: int) -> int:
    """`end`, or behind the closing marks that follow it; 0 where the sentence goes on in small letters."""
    marks = re.compile(r"[\"'\u201d\u2019)\].!?\u2026]*").match(text, end)
    end = marks.end() if marks else end
    rest = text[end:].lstrip()
    return end if rest and not rest[0].islower() and rest[0] not in ",;" else 0


def _stamp_end(text: str, start: int, published: dt.date | None) -> int:
    """Where the day that stands before the story ends; 0 where there is none."""
    found = find_publication_date(text[start : start + 300])
    if found is None:
        return 0
    day, left, end = found
    labelled = any(c.isalpha() for c in text[start : start + left])  # "Published …", "AFP …"
    if published is not None and published - day > _NEAR and not labelled:
        return 0
    story = _STORY.match(text, start + end)
    if story is None or text[story.end() : story.end() + 1].islower():
        return 0
    return story.end()
