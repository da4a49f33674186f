"""Opens the store, migrated to what this version knows."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from services.common.settings import Settings
from services.sink.store import kept, postgres, sqlite
from services.sink.store.address import address, told
from services.sink.store.failures import refusal
from services.sink.store.locks import one_prepares
from services.sink.store.migrate import migrate
from services.sink.store.models import StoreInfo
from services.sink.store.reindex import reindex


@contextmanager
def open_store(settings: Settings, say: Callable[[str], None]) -> Iterator[Engine]:
    """The store for a sink that writes it, made where it is missing; blocks while it migrates.

    `say` is told each migration. A SQLite file serves one sink, PostgreSQL several. Raises Fatal when another sink
    holds the file, the store cannot be written, or a newer version of Tocsin made it; Rejected while a PostgreSQL
    server does not answer.
    """
    place = address(settings)
    opened = sqlite.writer(place) if isinstance(place, Path) else postgres.writer(place)
    with opened as engine:
        try:
            with one_prepares(engine):
                migrate(engine, say)
                _name(engine)
                reindex(engine, say)
        except DBAPIError as wrong:
            raise refusal(told(place), wrong) from wrong
        kept.bound(engine, settings.sink_memory << 20)
        yield engine


def open_reader(settings: Settings) -> Engine:
    """The store for reading only, beside the sinks that write it; a SQLite file must exist."""
    place = address(settings)
    return sqlite.reader(place) if isinstance(place, Path) else postgres.reader(place)


def store_exists(settings: Settings) -> bool:
    """False where the store is a SQLite file that no sink has made yet."""
    place = address(settings)
    return not isinstance(place, Path) or place.exists()


def _name(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        if session.scalar(sa.select(StoreInfo.id)) is None:
            session.add(StoreInfo(id=str(uuid.uuid4())))
