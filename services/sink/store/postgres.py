"""A store in PostgreSQL, which several sinks share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from services.common.errors import Fatal
from services.sink.store.address import told
from services.sink.store.failures import refusal

_LEAST = 14_00_00
"""The oldest server: older ones are no longer kept up by PostgreSQL's makers."""
_SETTINGS = (
    # Whoever is frozen in the midst of a transaction must not hold its locks for good.
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET lock_timeout = '60s'",
    "SET TimeZone = 'UTC'",
)
# A server that is gone without a word is noticed within some 30 seconds.
_CONNECT = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


@contextmanager
def writer(url: URL) -> Iterator[Engine]:
    """The database, looked at. Raises Rejected while it does not answer, Fatal where it can never serve as a store."""
    engine = _engine(url, {})
    try:
        try:
            with engine.connect() as connection:
                _check(connection, url)
        except DBAPIError as wrong:
            raise refusal(told(url), wrong) from wrong
        yield engine
    finally:
        engine.dispose()


def reader(url: URL) -> Engine:
    """The database for reading only."""
    return _engine(url, {"postgresql_readonly": True})


def _engine(url: URL, options: dict[str, Any]) -> Engine:
    connect = {name: value for name, value in _CONNECT.items() if name not in url.query}
    engine = sa.create_engine(
        url,
        connect_args={"application_name": "tocsin", **connect},
        execution_options=options,
        # Each statement sees what other sinks have committed: locks decide who comes first.
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        # By statements, since poolers in between take no start-up options.
        with connection.cursor() as cursor:
            for setting in _SETTINGS:
                cursor.execute(setting)
        connection.commit()

    return engine


def _check(connection: sa.Connection, url: URL) -> None:
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    if version < _LEAST:
        raise Fatal(f"the store {told(url)} is PostgreSQL {version // 10000}: Tocsin needs {_LEAST // 10000} or newer")
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise Fatal(
            f"the store {told(url)} has the encoding {encoding}, which cannot hold all names: make a database by "
            "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )
