"""Articles from files and standard input: a text is one article, JSON lines are one a line.

Beside NAME.txt may stand NAME.meta.json, an object with fields of Article that the text does not tell (such as
`id` and `source`); they win over what the text's head tells.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas import Article
from schemas.article import MAX_BYTES
from services.common.article_input import read_article
from services.common.errors import Fatal, Invalid
from services.ingest.head import split_head
from services.ingest.lines import ByteStream, Peekable, bounded_lines

TEXT = ".txt"
JSON_LINES = (".jsonl", ".ndjson")
META = ".meta.json"
_MARKUP = (".html", ".htm", ".xml", ".rss", ".atom", ".pdf", ".docx")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Found:
    """An article, and where it stood: `path`, or `path:line`."""

    where: str
    article: Article
    unknown: list[str]
    """Names of the fields that were dropped."""


@dataclass(frozen=True)
class Refused:
    """What is no article, where it stood, and why."""

    where: str
    invalid: Invalid


def read_path(path: Path | str) -> Iterator[Found | Refused]:
    """The articles of a file, or of all text and JSON lines files under a folder, in the order of their names.

    A file named outright may have any other ending: what it holds then tells how it is read. Reads as it is
    iterated, and blocks. Raises Fatal when there is no such path.
    """
    path = Path(path)
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.suffix.lower() in (TEXT, *JSON_LINES) and not hidden and file.is_file():
                yield from _read_file(file)
    elif path.exists():
        yield from _read_file(path)
    else:
        raise Fatal(f"{path}: there is no such file or folder")


def read_stream(stream: ByteStream, where: str = "-") -> Iterator[Found | Refused]:
    """The articles of a stream that does not say what it is: JSON lines, one JSON object, or else one text.

    Lines are given as they come, so that a pipe may stay open. Blocks.
    """
    source = Peekable(stream)
    first = source.readline(MAX_BYTES)
    while first and not first.removeprefix(_BOM).strip():
        first = source.readline(MAX_BYTES)
    source.put_back(first.removeprefix(_BOM))
    if not first.removeprefix(_BOM).lstrip().startswith(b"{"):
        yield from _read_text(source, where, None)
    elif _is_object(first) or not (whole := _whole_object(source)):
        yield from _read_lines(source, where)
    else:
        yield _article(whole, where)


def _read_file(path: Path) -> Iterator[Found | Refused]:
    suffix = path.suffix.lower()
    if suffix in _MARKUP:
        yield Refused(str(path), Invalid("unsupported", f"{suffix} files are not read: give the article's plain text."))
        return
    try:
        with path.open("rb") as file:
            if suffix == TEXT:
                yield from _read_text(Peekable(file), str(path), path.with_name(path.stem + META))
            elif suffix in JSON_LINES:
                yield from _read_lines(Peekable(file), str(path))
            else:
                yield from read_stream(file, str(path))
    except OSError as wrong:
        yield Refused(str(path), Invalid("unreadable", f"The file cannot be read: {wrong.strerror}."))


def _read_lines(source: Peekable, where: str) -> Iterator[Found | Refused]:
    for number, line in bounded_lines(source, MAX_BYTES):
        at = f"{where}:{number}"
        if line is None:
            yield Refused(at, Invalid("too_large", f"The line is longer than {MAX_BYTES:,} bytes: shorten the text."))
        else:
            yield _article(line, at)


def _read_text(source: Peekable, where: str, meta: Path | None) -> Iterator[Found | Refused]:
    raw = source.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        told = f"The text is longer than {MAX_BYTES:,} bytes: send its articles one by one."
        yield Refused(where, Invalid("too_large", told))
        return
    try:
        head = split_head(_decode(raw.removeprefix(_BOM)))
        fields: dict[str, Any] = {}
        if head.title is not None:
            fields["title"] = head.title
        if head.published_at is not None:
            fields["published_at"] = head.published_at.isoformat()
        fields |= _read_meta(meta) | {"text": head.text}
    except Invalid as invalid:
        yield Refused(where, invalid)
        return
    yield _article(json.dumps(fields, ensure_ascii=False).encode(), where)


def _read_meta(path: Path | None) -> dict[str, Any]:
    if path is None or not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            fields = json.loads(_decode(file.read(MAX_BYTES)))
        json.dumps(fields, ensure_ascii=False).encode()  # half of a surrogate pair passes the parser
    except (ValueError, RecursionError) as wrong:
        raise Invalid("metadata", f"{path.name} is not JSON: {wrong}.") from None
    if not isinstance(fields, dict):
        raise Invalid("metadata", f"{path.name} is not a JSON object: give it fields of an article, such as `id`.")
    return fields


def _article(value: bytes, where: str) -> Found | Refused:
    try:
        article, unknown = read_article(value, None, dt.datetime.now(dt.UTC))
    except Invalid as invalid:
        return Refused(where, invalid)
    return Found(where, article, unknown)


def _decode(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as wrong:
        raise Invalid("not_utf8", f"The text is not UTF-8 (byte {wrong.start}): save it as UTF-8.") from None


def _is_object(raw: bytes) -> bool:
    try:
        return isinstance(json.loads(raw.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _whole_object(source: Peekable) -> bytes:
    """All that is left where it is one JSON object over several lines, else nothing is taken."""
    whole = source.read(MAX_BYTES + 1)
    if len(whole) <= MAX_BYTES and _is_object(whole):
        return whole
    source.put_back(whole)
    return b""
