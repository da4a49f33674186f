"""The sink's store, as something that can be cut off, and as something to be read beside the sink."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.orm import Session

from services.common.settings import Settings
from services.sink.store.engine import open_reader
from tests import postgres


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
        return _read(Settings(data_dir=self._folder, database_url=""), query)


class PostgreSQL:
    """A server of our own; whoever is connected is thrown out, and nobody let in."""

    name = "PostgreSQL"
    sinks = 2

    def __init__(self, server: postgres.Postgres, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._url = server.database()
        self._name = self._url.partition("?")[0].rpartition("/")[2]

    def environment(self) -> dict[str, str]:
        return {"TOCSIN_DATA_DIR": str(self._folder), "TOCSIN_DATABASE_URL": self._url}

    def cut_off(self) -> None:
        self._allow("false")
        with psycopg.connect(self._server.url("postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self._name]
            )

    def restore(self) -> None:
        self._allow("true")

    def read(self, query: Callable[[Session], Any]) -> Any:
        return _read(Settings(data_dir=self._folder, database_url=self._url), query)

    def _allow(self, whether: str) -> None:
        statement = SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS " + whether).format(Identifier(self._name))
        with psycopg.connect(self._server.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Store]:
    """The store of a run: `sqlite`, or `postgresql`, whose server ends with the context."""
    if kind == "sqlite":
        store = SQLite(folder)
        try:
            yield store
        finally:
            store.restore()
    else:
        with postgres.running("synchronous_commit=on") as server:
            yield PostgreSQL(server, folder)


def _read(settings: Settings, query: Callable[[Session], Any]) -> Any:
    engine = open_reader(settings)
    try:
        with Session(engine) as session, session.begin():
            return query(session)
    finally:
        engine.dispose()
