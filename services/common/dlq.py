"""Dead letters: a record that was refused, as it was read, with headers that say why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from services.common.cloudevents import Headers
from services.common.errors import Invalid
from services.common.version import version

MAX_LETTER = 2_000_000
"""Longest dead letter in bytes, key, headers and their overhead counted; the topic takes 2 MiB."""
MAX_MESSAGE = 4_000
"""Longest `error.message`, in bytes."""
MAX_KEY = 100_000
MAX_KEPT_HEADERS = 200
MAX_HEADER = 10_000
"""Longest header kept whole, name and value, once a letter has to be cut."""
_RECORD_OVERHEAD = 100
_HEADER_OVERHEAD = 10
"""Bytes that Kafka's record format adds at most: lengths as variable-length integers, and the batch's head."""


class DeadLetter(NamedTuple):
    """What to send."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers


def dead_letter(  # noqa: PLR0913  a whole record and what was wrong with it, all by name
    *,
    topic: str,
    partition: int,
    offset: int,
    key: bytes | None,
    value: bytes | None,
    headers: Iterable[tuple[str, bytes | None]],
    invalid: Invalid,
    service: str,
) -> DeadLetter:
    """The letter for a record of `topic`: its bytes and headers, and `error.*` headers of our own.

    It always fits its topic: of a record that is too long the headers beyond 200 and those over 10 kB go
    first, then the key and the value are cut at their ends; `error.truncated` names what was.
    """
    kept = [(name, value or b"") for name, value in headers if not name.startswith("error.")]
    errors = [
        ("error.type", invalid.reason.encode()),
        ("error.message", _cut_text(invalid.detail, MAX_MESSAGE)),
        ("error.topic", topic.encode()),
        ("error.partition", str(partition).encode()),
        ("error.offset", str(offset).encode()),
        ("error.service", f"{service} {version()}".encode()),
    ]
    cut = []
    if _size(key, value, kept + errors) > MAX_LETTER:
        fitting = [header for header in kept if len(header[0].encode()) + len(header[1]) <= MAX_HEADER]
        fitting = fitting[:MAX_KEPT_HEADERS]
        if len(fitting) < len(kept):
            kept = fitting
            cut.append("headers")
    # Headers within their bounds are 2 MB at worst: where they leave no room for the value, they go too.
    if _size(None, None, kept) > MAX_LETTER // 2:
        kept = []
        cut.append("headers")
    room = MAX_LETTER - _size(None, None, kept + errors) - 100  # for error.truncated
    if len(key or b"") + len(value or b"") > room:
        if key is not None and len(key) > MAX_KEY:
            key = key[:MAX_KEY]
            cut.append("key")
        space = room - len(key or b"")
        if value is not None and len(value) > space:
            value = value[:space]
            cut.append("value")
    if cut:
        errors.append(("error.truncated", ",".join(sorted(set(cut))).encode()))
    return DeadLetter(f"{topic}.dlq", key, value, kept + errors)


def _size(key: bytes | None, value: bytes | None, headers: Headers) -> int:
    fields = sum(len(name.encode()) + len(content) + _HEADER_OVERHEAD for name, content in headers)
    return len(key or b"") + len(value or b"") + fields + _RECORD_OVERHEAD


def _cut_text(text: str, limit: int) -> bytes:
    raw = text.encode(errors="replace")
    return raw if len(raw) <= limit else raw[:limit].decode(errors="ignore").encode()
