"""PostgreSQL's advisory locks, by which several sinks agree; a SQLite store has one sink and needs none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

_SPACE = 0x70C5
"""First of the two numbers of each lock, so that they are not those of another program on the database."""
_PREPARE = 1


@contextmanager
def one_prepares(engine: Engine) -> Iterator[None]:
    """Sinks that start together migrate one after another."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET lock_timeout = 0")  # a migration of a large store takes its time
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({_SPACE}, {_PREPARE})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_SPACE}, {_PREPARE})")
            connection.exec_driver_sql("SET lock_timeout = '60s'")
