"""A store in a SQLite file, for one machine: one sink writes, others read beside it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL

from services.common.errors import Fatal

BUSY_SECONDS = 10
"""How long a statement waits for someone else's lock, such as a person's sqlite3 shell."""


@contextmanager
def writer(path: Path) -> Iterator[Engine]:
    """The one writer of the file, made where it is missing. Raises Fatal when another process writes it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _sole_writer(path):
            engine = _engine(URL.create("sqlite", database=str(path)), "BEGIN IMMEDIATE")
            try:
                yield engine
            finally:
                engine.dispose()
    except OSError as wrong:
        raise Fatal(f"the store's folder {path.parent} cannot be used: {wrong.strerror or wrong}") from wrong


def reader(path: Path) -> Engine:
    """The file for reading only; it must exist."""
    file = f"file:{_quoted(path)}"
    return _engine(URL.create("sqlite", database=file, query={"mode": "ro", "uri": "true"}), "BEGIN")


def _quoted(path: Path) -> str:
    # In SQLite's URIs these three have a meaning.
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _engine(url: URL, begin: str) -> Engine:
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        # The driver's own idea of when a transaction begins leaves reads outside of it: SQLAlchemy's `begin` decides.
        connection.isolation_level = None
        if begin == "BEGIN IMMEDIATE":
            connection.execute("PRAGMA journal_mode = WAL")
            # Kafka is told of a commit right after it, so it must have reached the disk.
            connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def _sole_writer(path: Path) -> Iterator[None]:
    """Hold the lock beside the file for as long as this process lives; the system frees it after a kill -9 too."""
    lock = path.with_name(path.name + ".lock")
    with lock.open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            owner = held.read(20).strip()
            raise Fatal(
                f"another sink{f' (process {owner})' if owner.isdigit() else ''} holds the store {path}, and a SQLite "
                "store serves one at a time: stop that one, give this one a store of its own by TOCSIN_DATA_DIR, or "
                "run both on PostgreSQL by TOCSIN_DATABASE_URL"
            ) from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield
