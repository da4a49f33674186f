"""Every id in Tocsin: uuid5 of what it names, under one namespace, so that a replay makes the same ones."""

from __future__ import annotations

import uuid

NAMESPACE = uuid.UUID("7d1f2f6e-5f0a-5b63-9c0a-3f6f0e1c9a54")

# Joins the parts of a name; it cannot occur in any part (NUL is refused at the edge).
_SEPARATOR = "\x00"


def _make(kind: str, *parts: object) -> str:
    return str(uuid.uuid5(NAMESPACE, _SEPARATOR.join((kind, *map(str, parts)))))


def article_id(url: str | None, source_name: str | None, text: str | None) -> str:
    """The id of an article whose producer gave neither an id nor a record key."""
    if url:
        return _make("article-url", url)
    return _make("article-text", source_name or "", text or "")


def event_id(article: str, where: str, start: int, end: int, ordinal: int) -> str:
    """The id of an event: its article, its trigger's span (`where` is `text` or `title`) and its ordinal there."""
    return _make("event", article, where, start, end, ordinal)


def incident_id(first_event: str) -> str:
    """The id of an incident: that of its earliest report's event, whatever joins it later."""
    return _make("incident", first_event)


def alert_id(incident: str, sequence: int) -> str:
    """The id of the alert numbered `sequence` (from 0) of an incident."""
    return _make("alert", incident, sequence)


def record_id(of: str, version: int = 0, coder_version: str | None = None) -> str:
    """`ce_id` of a record: the id it carries, its version and, where one coded it, the coder's version."""
    return _make("record", of, version, coder_version or "")
