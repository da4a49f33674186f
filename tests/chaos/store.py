"""The sink's store, as something that can be cut off, and as something to be read beside the sink."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from services.common.settings import Settings
from services.sink.store.engine import open_reader


class Store(Protocol):
    """What differs between databases."""

    name: str
    sinks: int
    """How many sinks may share it."""

    def environment(self) -> dict[str, str]:
        """What the sinks are told of it."""

    def cut_off(self) -> None:
        """From now on the sinks cannot use it."""

    def restore(self) -> None:
        """They can again."""

    def read(self, query: Callable[[Session], Any]) -> Any:
        """What `query` finds, in one transaction that changes nothing."""

    def close(self) -> None:
        """The end."""


class SQLite:
    """A file; who holds its write lock cuts all others off."""

    name = "SQLite"
    sinks = 1

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._holder: sqlite3.Connection | None = None

    def environment(self) -> dict[str, str]:
        return {"TOCSIN_DATA_DIR": str(self._folder), "TOCSIN_DATABASE_URL": ""}

    def cut_off(self) -> None:
        self._holder = sqlite3.connect(
            self._folder / "tocsin.sqlite", isolation_level=None, timeout=120, check_same_thread=False
        )
        self._holder.execute("BEGIN IMMEDIATE")

    def restore(self) -> None:
        if self._holder is not None:
            self._holder.execute("ROLLBACK")
            self._holder.close()
            self._holder = None

    def read(self, query: Callable[[Session], Any]) -> Any:
        engine = open_reader(Settings(data_dir=self._folder, database_url=""))
        try:
            with Session(engine) as session:
                return query(session)
        finally:
            engine.dispose()

    def close(self) -> None:
        self.restore()
