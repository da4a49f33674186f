"""What is tried again, and what is a fault that must be seen."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InternalError, OperationalError, ProgrammingError

from services.sink.store.failures import is_passing


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OperationalError, psycopg.errors.SerializationFailure()),
        (OperationalError, psycopg.errors.DeadlockDetected()),
        (OperationalError, psycopg.errors.LockNotAvailable()),
        (OperationalError, psycopg.errors.AdminShutdown()),
        (OperationalError, psycopg.errors.DiskFull()),
        (OperationalError, psycopg.OperationalError("the connection is closed")),
        (InternalError, psycopg.errors.ReadOnlySqlTransaction()),
        (InternalError, psycopg.errors.IdleInTransactionSessionTimeout()),
        (OperationalError, sqlite3.OperationalError("database is locked")),
    ],
)
def test_what_passes(error: type[DBAPIError], cause: Exception) -> None:
    assert is_passing(error("SELECT", None, cause))


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (IntegrityError, psycopg.errors.UniqueViolation()),
        (IntegrityError, sqlite3.IntegrityError("UNIQUE constraint failed")),
        (DataError, psycopg.errors.StringDataRightTruncation()),
        (ProgrammingError, psycopg.errors.UndefinedTable()),
        (OperationalError, psycopg.errors.ProgramLimitExceeded()),
    ],
)
def test_what_does_not(error: type[DBAPIError], cause: Exception) -> None:
    assert not is_passing(error("SELECT", None, cause))


def test_a_lost_connection_passes_whatever_it_is_called() -> None:
    assert is_passing(InternalError("SELECT", None, psycopg.InternalError(), connection_invalidated=True))


def test_wrong_sql_is_a_fault_on_sqlite_too() -> None:
    with pytest.raises(sqlite3.OperationalError) as wrong:
        sqlite3.connect(":memory:").execute("SELECT * FROM nowhere")
    assert not is_passing(OperationalError("SELECT", None, wrong.value))
