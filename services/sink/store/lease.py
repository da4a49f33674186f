"""Which of several sinks publishes alerts and looks after the store: one at a time, as long as it lives."""

from __future__ import annotations

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from services.sink.store.locks import take_lease

FROZEN_SECONDS = 15
"""A holder that has not spoken for so long loses the lease."""


class Lease:
    """A lock that PostgreSQL takes back when its holder's connection ends or falls silent.

    A sink that was killed has lost it at once, one that was frozen after `FROZEN_SECONDS`. Nothing rests on its holder
    being the only one: alerts of one that lost it unawares are refused by the broker (a fixed transactional id), and
    what is due is told once by its rows. On SQLite, where a store has one sink, that sink holds it always.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._always = engine.dialect.name != "postgresql"

    @property
    def held(self) -> bool:
        """Whether this sink held it when it last looked."""
        return self._always or self._connection is not None

    def hold(self) -> bool:
        """Take it, or say that one is still there; to be called more often than every `FROZEN_SECONDS`. Blocks."""
        if self._always:
            return True
        try:
            if self._connection is None:
                self._connection = self._take()
            else:
                self._connection.exec_driver_sql("SELECT 1")
        except DBAPIError:
            self.release()
        return self._connection is not None

    def release(self) -> None:
        """Let another have it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()  # closes it: put back into the pool it would go on holding the lock
            connection.close()

    def _take(self) -> Connection | None:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            connection.exec_driver_sql(f"SET idle_session_timeout = '{FROZEN_SECONDS}s'")
            if take_lease(connection):
                return connection
        except DBAPIError:
            connection.invalidate()
            connection.close()
            raise
        connection.exec_driver_sql("SET idle_session_timeout = 0")
        connection.close()
        return None
