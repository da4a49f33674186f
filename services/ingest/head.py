"""The head of a raw text, as archives and feeds write it: its date and headline, parted from the body.

A head is up to three lines, then a blank line, then the body:

     date 2024-01-18 Two Killed As Shells Hit Kherson

    Kyiv: Two people were killed on Thursday ...

Whatever is not surely a head stays part of the text: a lost sentence costs more than a missing title.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

_MAX_LINES = 3
_MAX_TITLE = 300
"""Longest headline, in characters."""
_MAX_LINE = 400

_DATED = re.compile(
    # Typographic dashes and quotes are meant, here and below.
    r"""(?P<label>(?:publication\ )?date|published(?:\ (?:at|on))?)?\s*[:=]?\s*
    (?P<day>\d{4}-\d\d-\d\d)
    (?:[T\ ](?P<time>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\ ?(?P<offset>Z|[+-]\d\d:?\d\d)?)?
    (?:$|\s*[|–—]\s*|\s+-\s+|\s+)
    (?P<rest>.*)""",  # noqa: RUF001
    re.VERBOSE | re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:title|headline)\s*[:=]\s*(?P<title>\S.*)", re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|from|reporting|written|photo|image|dear)\b", re.IGNORECASE)
# A closing quote may follow; a dateline such as KYIV, Ukraine (AP) ends in a bracket.
_NO_HEADLINE_END = re.compile(r"[.!?…,:;)\]–—-][\"'”’»]*$")  # noqa: RUF001
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")  # noqa: RUF001


class Head(NamedTuple):
    """A raw text taken apart; `text` is the raw text's end, and all of it where there is no head."""

    title: str | None
    published_at: dt.date | dt.datetime | None
    text: str


def split_head(raw: str) -> Head:
    """Take `raw` apart; what is not surely a head stays in `text`. Never raises."""
    parts = _first_paragraph(raw)
    found = parts and _read_head(*parts)
    return found or Head(None, None, raw)


def _first_paragraph(raw: str) -> tuple[list[str], str] | None:
    """The lines before the first blank one, and what follows; None where they are too many or nothing follows."""
    position = len(raw) - len(raw.lstrip())
    lines: list[str] = []
    while (end := raw.find("\n", position)) >= 0:
        line = raw[position:end].strip()
        position = end + 1
        if not line:
            body = raw[position:].lstrip()
            return (lines, body) if lines and body else None
        if len(lines) == _MAX_LINES or len(line) > _MAX_LINE:
            return None
        lines.append(line)
    return None


def _read_head(lines: list[str], body: str) -> Head | None:
    """The head that `lines` are; None when one of them is no part of a head, or two are the same part."""
    title: str | None = None
    published_at: dt.date | dt.datetime | None = None
    for line in lines:
        rest = line
        if dated := _DATED.fullmatch(line):
            day = _day(dated)
            if day is None or published_at is not None:
                return None
            published_at, rest = day, dated["rest"]
            if not dated["label"] and rest and not _may_be_headline(rest):
                return None
            if not rest:
                continue
        elif labelled := _LABELLED.fullmatch(line):
            rest = labelled["title"]
        elif not (_may_be_headline(line) and (len(lines) > 1 or _stands_over(line, body))):
            return None
        if title is not None or len(rest) > _MAX_TITLE:
            return None
        title = rest
    if published_at is None and len(lines) > 1:
        return None  # lines without a date are as likely a poem, a table or an address
    return Head(title, published_at, body)


def _day(dated: re.Match[str]) -> dt.date | dt.datetime | None:
    """The date, or the moment where an offset tells which it is; None for one that the calendar does not have."""
    try:
        if dated["offset"]:
            return dt.datetime.fromisoformat(f"{dated['day']}T{dated['time']}{dated['offset'].upper()}")
        return dt.date.fromisoformat(dated["day"])
    except ValueError:
        return None


def _may_be_headline(line: str) -> bool:
    """No sentence, dateline, byline or middle of one."""
    return not (line[0].islower() or _NO_HEADLINE_END.search(line) or _BYLINE.match(line))


def _stands_over(line: str, body: str) -> bool:
    """True for three words or more over a body of sentences that is much longer: a headline without any label."""
    first = body.partition("\n")[0].rstrip()
    return len(line.split()) >= 3 and len(body) > 3 * len(line) and bool(_SENTENCE_END.search(first))
