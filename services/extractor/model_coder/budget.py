"""Counts requests and tokens of all processes on a machine in one SQLite file, so that bounds hold for all."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_MINUTE = 60.0
_DAY = 86_400.0
_BUSY = 5.0
"""Seconds to wait for another process that counts."""


class SpentError(Exception):
    """There is no room now; `wait` is the number of seconds until there is."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"the budget is spent for {wait:.0f} s")
        self.wait = wait


class Budget:
    """Two bounds over rolling windows, either null for none. Methods block some milliseconds.

    They raise OSError or sqlite3.Error where the file cannot be used.
    """

    def __init__(
        self,
        file: Path,
        requests_per_minute: int | None,
        tokens_per_day: int | None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._file = file
        self._requests = requests_per_minute
        self._tokens = tokens_per_day
        self._now = now

    def reserve(self, tokens: int) -> int:
        """Count a request of about so many tokens before it is sent; the number it gives names it for `settle`.

        Raises SpentError, and counts nothing, where a bound would be broken.
        """
        now = self._now()
        with self._open() as database:
            database.execute("DELETE FROM request WHERE at <= ?", (now - _DAY,))
            if self._requests is not None:
                self._check_minute(database, now)
            if self._tokens is not None:
                self._check_day(database, now, tokens)
            made = database.execute("INSERT INTO request (at, tokens) VALUES (?, ?)", (now, tokens))
            return int(made.lastrowid or 0)

    def settle(self, request: int, tokens: int) -> None:
        """Put what a request really took in place of what was reserved for it."""
        with self._open() as database:
            database.execute("UPDATE request SET tokens = ? WHERE id = ?", (tokens, request))

    def _check_minute(self, database: sqlite3.Connection, now: float) -> None:
        # The request that must leave the window before another fits in.
        row = database.execute(
            "SELECT at FROM request WHERE at > ? ORDER BY at DESC LIMIT 1 OFFSET ?",
            (now - _MINUTE, (self._requests or 1) - 1),
        ).fetchone()
        if row is not None:
            raise SpentError(row[0] + _MINUTE - now)

    def _check_day(self, database: sqlite3.Connection, now: float, tokens: int) -> None:
        spent, oldest = database.execute("SELECT total(tokens), min(at) FROM request").fetchone()
        if spent + tokens > (self._tokens or 0):
            raise SpentError(_DAY if oldest is None else oldest + _DAY - now)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other process's can come between; a connection would not outlive a fork."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=_BUSY, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("CREATE TABLE IF NOT EXISTS request (id INTEGER PRIMARY KEY, at REAL, tokens INTEGER)")
            database.execute("CREATE INDEX IF NOT EXISTS request_at ON request (at)")
            yield database
            database.execute("COMMIT")
