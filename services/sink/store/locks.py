"""PostgreSQL's advisory locks, by which several sinks agree; a SQLite store has one sink and needs none.

Two sinks must not group reports at the same time that may be of one incident. Whoever groups a report holds the blocks
of days that it, or one that is like it, may fall into, taken in the order of their numbers. Countries have no locks of
their own: most texts leave theirs to be inferred, and such a report may be of any. Where sinks locked countries one by
one, and blocks only for reports without, they ran into one another and were ten times as slow in the test that races.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from services.sink.merging.cells import reach
from services.sink.merging.signature import Signature

BLOCK = 128
"""Days in a block: some more than most reports that are alike lie apart, so that most need one or two; those that tell
of people by name may be like some of a year before, and need four."""
MOST = 200
"""Locks of one transaction; the server holds some thousands for all. Who needs more takes the whole store."""
_SPACE = 0x70C5
"""First of the two numbers of each lock, so that they are not those of another program on the database."""
_PREPARE, _LEASE, _STORE, _FIRST_BLOCK, _OUTBOX = 1, 2, 3, 16, 2**30

_TAKE = sa.text(
    "SELECT CASE WHEN alone THEN CAST(pg_advisory_xact_lock(:space, number) AS text) "
    "ELSE CAST(pg_advisory_xact_lock_shared(:space, number) AS text) END "
    "FROM unnest(CAST(:numbers AS integer[]), CAST(:alone AS boolean[])) AS wanted (number, alone)"
)

Locks = Mapping[int, bool]
"""Numbers of locks; true for one that is held alone, false for one that others may share."""


class Held:
    """The locks of one transaction; the database gives them back at its end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._shared_store = is_shared(session)
        self._locks: dict[int, bool] = {}

    def take(self, reports: Iterable[Signature]) -> None:
        """Take what reports need."""
        if self._shared_store and (missing := self._missing(needed(reports))):
            self._take(missing)

    def hold(self, look: Callable[[], Iterable[Signature]]) -> None:
        """Take what the reports need that `look` finds; looks again until it finds nothing that is not held.

        So its last run saw what nobody else can change before this transaction ends.
        """
        while (missing := self._missing(needed(look()))) and self._shared_store:
            self._take(missing)

    def whole_store(self) -> None:
        """Nobody else groups reports until the transaction ends."""
        if self._shared_store:
            self._take({_STORE: True})

    def outbox(self) -> None:
        """Taken last, when alerts are written: so their positions are in the order in which they can be seen."""
        if self._shared_store:
            self._take({_OUTBOX: True})

    def _missing(self, locks: Locks) -> Locks:
        if self._locks.get(_STORE):
            return {}
        held = self._locks
        return {number: alone for number, alone in locks.items() if number not in held or (alone and not held[number])}

    def _take(self, locks: Locks) -> None:
        ordered = sorted(locks)
        given = {"space": _SPACE, "numbers": ordered, "alone": [locks[number] for number in ordered]}
        self._session.execute(_TAKE, given)
        self._locks |= locks


def is_shared(session: Session) -> bool:
    """Whether other sinks may work on the store at the same time."""
    return session.get_bind().dialect.name == "postgresql"


def needed(reports: Iterable[Signature]) -> Locks:
    """The locks that keep others from grouping any of the reports, or one that may be like one of them."""
    blocks = {
        block
        for report in reports
        for half in ((reach(report) + 1) // 2,)
        for block in range((report.first - half) // BLOCK, (report.last + half) // BLOCK + 1)
    }
    if len(blocks) > MOST:
        return {_STORE: True}
    return {_STORE: False} | {_FIRST_BLOCK + block: True for block in blocks} if blocks else {}


def take_lease(connection: Connection) -> bool:
    """Whether the lease is this connection's now, until it ends; does not wait."""
    return bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_SPACE}, {_LEASE})").scalar_one())


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
