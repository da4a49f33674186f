"""Bytes that requests may hold at a time, all together: one body is bounded, and so are a thousand at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.ingest.publisher import Full

MAX_READING = 128 * 1024 * 1024
"""Bytes of bodies that are being read, and of answers that wait for the rest of theirs."""


class Room:
    """What all requests hold together."""

    def __init__(self) -> None:
        self.held = 0

    @contextmanager
    def part(self) -> Iterator[Part]:
        """What one request holds, until the context is left."""
        part = Part(self)
        try:
            yield part
        finally:
            part.hold(-part.held)


class Part:
    """One request's."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.held = 0

    def hold(self, size: int) -> None:
        """It holds `size` bytes more; fewer where that is below 0."""
        self._room.held += size
        self.held += size

    def crowded(self) -> Full | None:
        """What to answer where all requests together hold too much: this one, which wants to go on, is to end."""
        if self._room.held <= MAX_READING:
            return None
        return Full("too many bytes are sent at once: send it again", retry_after=1)
