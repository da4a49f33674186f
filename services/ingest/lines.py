"""Lines of a byte stream with bounded memory, and a look at what comes first."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Protocol

_CHUNK = 65_536


class ByteStream(Protocol):
    """What is read of a binary file."""

    def readline(self, size: int = -1, /) -> bytes:
        """The next line with its end, or the first `size` bytes of it; nothing at the end."""
        ...

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        ...


class Peekable:
    """A stream whose first bytes can be put back, for those that cannot seek, such as a pipe."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._back = io.BytesIO()

    def put_back(self, data: bytes) -> None:
        """Make `data` the next bytes to be read."""
        self._back = io.BytesIO(data + self._back.read())

    def readline(self, size: int, /) -> bytes:
        """The next line with its end, or the first `size` bytes of it; nothing at the end."""
        line = self._back.readline(size)
        if len(line) < size and not line.endswith(b"\n"):
            line += self._stream.readline(size - len(line))
        return line

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        data = self._back.read(size)
        return data + self._stream.read(size - len(data)) if len(data) < size else data


def bounded_lines(stream: Peekable, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line that is not blank with its number from 1, without its end; None for one longer than `limit` bytes.

    Never holds more than `limit` bytes and a chunk; what is too long is skipped to its end.
    """
    number = 0
    while line := stream.readline(limit + 2):  # + 2 for the line end
        number += 1
        bare = line.removesuffix(b"\n").removesuffix(b"\r")
        if len(bare) > limit:
            _skip_line(stream, line)
            yield number, None
        elif bare.strip():
            yield number, bare


def _skip_line(stream: Peekable, part: bytes) -> None:
    while part and not part.endswith(b"\n"):
        part = stream.readline(_CHUNK)
