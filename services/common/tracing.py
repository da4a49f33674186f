"""W3C trace context: the `traceparent` that follows an article through all services."""

from __future__ import annotations

import re
import secrets

# version - trace id - span id - flags; versions after 00 may carry more behind a further hyphen.
_FORM = re.compile(r"(?P<version>[0-9a-f]{2})-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})")


def new() -> str:
    """Start a trace."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def child(parent: str | None) -> str:
    """The same trace with a span id of its own; a new trace when `parent` is missing or invalid."""
    found = _read(parent)
    return f"00-{found['trace']}-{secrets.token_hex(8)}-{found['flags']}" if found else new()


def trace_id(traceparent: str | None) -> str:
    """The 32 hexadecimal digits that all spans of a trace share; empty when there is no valid one."""
    found = _read(traceparent)
    return found["trace"] if found else ""


def is_valid(traceparent: str | None) -> bool:
    """True for what the standard lets a receiver use."""
    return _read(traceparent) is not None


def _read(traceparent: str | None) -> re.Match[str] | None:
    found = _FORM.match(traceparent or "")
    if found is None or traceparent is None:
        return None
    rest = traceparent[found.end() :]
    if rest and (found["version"] == "00" or not rest.startswith("-")):
        return None
    if found["version"] == "ff" or not int(found["trace"], 16) or not int(found["span"], 16):
        return None
    return found
