"""CloudEvents 1.0 in Kafka's binary mode: the record's headers, written and read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from services.common import tracing

ARTICLE_TYPE = "io.tocsin.article.v1"
EVENTS_TYPE = "io.tocsin.article-events.v1"
ALERT_TYPE = "io.tocsin.alert.v1"

ATTEMPTS = "tocsin_attempts"
"""Header that counts how often a dead letter was sent again."""

MAX_HEADERS = 64
"""How many headers of a record are read; what stands behind them is left alone."""
MAX_VALUE = 4096
"""Longest header value that is read, in bytes."""

Headers = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Envelope:
    """What a record's headers say; None where they say nothing or something unreadable."""

    id: str | None = None
    type: str | None = None
    source: str | None = None
    time: dt.datetime | None = None
    """In UTC."""
    subject: str | None = None
    traceparent: str | None = None
    attempts: int = 0
    """How often the record came back from a dead-letter topic."""


def record_headers(  # noqa: PLR0913  one for each attribute, all by name
    *,
    type: str,  # noqa: A002  CloudEvents' own name
    id: str,  # noqa: A002  CloudEvents' own name
    source: str,
    time: dt.datetime,
    subject: str,
    traceparent: str,
) -> Headers:
    """The headers of a record that Tocsin writes; `time` must have an offset."""
    values = {
        "ce_id": id,
        "ce_source": source,
        "ce_specversion": "1.0",
        "ce_type": type,
        "ce_time": time.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
        "ce_subject": subject,
        "content-type": "application/json",
        "traceparent": traceparent,
    }
    return [(name, value.encode()) for name, value in values.items()]


def read_headers(headers: Iterable[tuple[str, bytes | None]]) -> Envelope:
    """Read what anyone may have written: what cannot be read counts as missing, and of two of a name the last wins.

    Never raises.
    """
    found = {name: text for name, value in islice(headers, MAX_HEADERS) if (text := _text(value)) is not None}
    attempts = found.get(ATTEMPTS, "")
    traceparent = found.get("traceparent")
    return Envelope(
        id=found.get("ce_id"),
        type=found.get("ce_type"),
        source=found.get("ce_source"),
        time=_time(found.get("ce_time", "")),
        subject=found.get("ce_subject"),
        traceparent=traceparent if tracing.is_valid(traceparent) else None,
        attempts=int(attempts) if attempts.isascii() and attempts.isdigit() and len(attempts) < 7 else 0,
    )


def _text(value: bytes | None) -> str | None:
    if not value or len(value) > MAX_VALUE:
        return None
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _time(text: str) -> dt.datetime | None:
    """An RFC 3339 date-time with offset, in UTC."""
    if len(text) < len("2024-01-18T00:00:00Z") or text[10] not in "Tt ":
        return None
    try:
        time = dt.datetime.fromisoformat(text)
        return time.astimezone(dt.UTC) if time.tzinfo else None
    except (ValueError, OverflowError):  # the latter at the ends of the calendar
        return None
