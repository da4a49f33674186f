"""Letters as people read them: what strangers sent is shown, but steers no terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from services.dlq.letters import Letter

_COLUMNS = ("topic", "partition", "offset", "time", "reason", "message", "key")
_KEY = 40
"""Characters of a key in the table."""


def visible(raw: bytes | str | None) -> str:
    r"""Text with control, format and unassigned characters as escapes (\x1b, \u202e), and bytes that are no UTF-8 too.

    None is told apart from nothing.
    """
    if raw is None:
        return "(none)"
    text = raw.decode(errors="surrogateescape") if isinstance(raw, bytes) else raw
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if "\udc80" <= char <= "\udcff":  # a byte that is no UTF-8
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char if char.isprintable() else char.encode("unicode_escape").decode()


def rows(letters: Iterable[Letter]) -> list[tuple[str, ...]]:
    """The columns' names, and a row a letter."""
    return [_COLUMNS, *(_row(letter) for letter in letters)]


def table(letters: Iterable[Letter]) -> Table:
    """The rows for a terminal, in its width."""
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    names, *lines = rows(letters)
    for name in names:
        shown.add_column(name, overflow="fold", no_wrap=name not in ("message", "key"))
    for line in lines:
        shown.add_row(*(Text(cell) for cell in line))
    return shown


def _row(letter: Letter) -> tuple[str, ...]:
    key = visible(letter.key)
    return (
        letter.topic,
        str(letter.partition),
        str(letter.offset),
        f"{letter.time:%Y-%m-%dT%H:%M:%SZ}",
        visible(letter.error("type")),
        visible(letter.error("message")),
        key if len(key) <= _KEY else f"{key[: _KEY - 1]}…",
    )


def whole(letter: Letter) -> str:
    """All of a letter."""
    lines = [
        f"{letter.where}, refused {letter.time:%Y-%m-%d %H:%M:%S}Z",
        f"key: {visible(letter.key)}",
        "headers:",
        *(f"  {visible(name)}: {visible(value)}" for name, value in letter.headers),
        f"value ({len(letter.value or b''):,} bytes):",
        visible(letter.value),
    ]
    return "\n".join(lines)
