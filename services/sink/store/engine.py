"""Opens the store: one writer at a time, migrated to what this version knows."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from services.common.errors import Fatal
from services.common.settings import Settings
from services.sink.store.migrate import migrate
from services.sink.store.models import StoreInfo

BUSY_SECONDS = 10
"""How long a statement waits for someone else's lock, such as a person's sqlite3 shell."""


def store_path(settings: Settings) -> Path:
    """The SQLite file. Raises Fatal for what this version cannot use as a store."""
    if not settings.database_url:
        return settings.data_dir / "tocsin.sqlite"  # not by way of a URL, where ? and # have a meaning
    try:
        url = make_url(settings.database_url)
    except ArgumentError as wrong:
        raise Fatal("TOCSIN_DATABASE_URL is no database URL: try sqlite:////path/to/file") from wrong
    if url.get_backend_name() != "sqlite":
        raise Fatal(f"TOCSIN_DATABASE_URL names {url.get_backend_name()}; this version keeps its store in SQLite only")
    if not url.database or url.database == ":memory:":
        raise Fatal("TOCSIN_DATABASE_URL must name a file: the store outlives the sink. Try sqlite:////path/to/file")
    return Path(url.database)


@contextmanager
def open_store(settings: Settings, say: Callable[[str], None]) -> Iterator[Engine]:
    """The store for the one sink that writes it, made where it is missing; blocks while it migrates.

    `say` is told each migration. Raises Fatal when another sink holds the store, it cannot be written, or a
    newer version of Tocsin made it.
    """
    path = store_path(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _sole_writer(path):
            engine = _engine(URL.create("sqlite", database=str(path)), "BEGIN IMMEDIATE")
            try:
                migrate(engine, say)
                _name_store(engine)
                yield engine
            finally:
                engine.dispose()
    except OSError as wrong:
        raise Fatal(f"the store's folder {path.parent} cannot be used: {wrong.strerror or wrong}") from wrong


def open_reader(settings: Settings) -> Engine:
    """The store for reading only, beside the sink that writes it; the file must exist."""
    file = f"file:{_quoted(store_path(settings))}"
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
                "store serves one at a time: stop that one, or give this one a store of its own by TOCSIN_DATA_DIR"
            ) from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield


def _name_store(engine: Engine) -> None:
    try:
        with Session(engine) as session, session.begin():
            if session.scalar(sa.select(StoreInfo.id)) is None:
                session.add(StoreInfo(id=str(uuid.uuid4())))
    except DBAPIError as wrong:
        raise Fatal(f"the store {engine.url.database} cannot be written: {wrong.orig}") from wrong
