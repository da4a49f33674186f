"""Which of a database's errors pass by themselves, so that the same work may go well later."""

from __future__ import annotations

import re
import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

from services.common.errors import Fatal, Rejected

_PASSING_STATES = frozenset(
    (
        "25006",  # read-only: the server has become a standby
        "25P03",  # we were idle in a transaction for too long: frozen
    )
)
_LASTING_CLASSES = ("54",)
"""Limits of the server, such as the longest key of an index: the same row breaks them every time."""
_SQL_IS_WRONG = 1
"""SQLITE_ERROR: what was asked makes no sense, whoever asks it whenever."""

# What a server says of a connection that it will refuse next time too.
_REFUSED = re.compile(r"authentication failed|does not exist|pg_hba\.conf|no password supplied|permission denied")


def refusal(store: str, wrong: DBAPIError) -> Fatal | Rejected:
    """What to raise when a store could not be opened: a server that does not answer yet may do so later."""
    says = f"the store {store} cannot be used: {' '.join(str(wrong.orig).split())}"
    lasting = isinstance(wrong.orig, sqlite3.Error) or _REFUSED.search(says) or not is_passing(wrong)
    return Fatal(says) if lasting else Rejected(says)


def is_passing(error: DBAPIError) -> bool:
    """True for a lost connection, a lock, a deadlock, a full disk; false for what will be so every time."""
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in _PASSING_STATES:
        return True
    if isinstance(error.orig, sqlite3.Error) and getattr(error.orig, "sqlite_errorcode", 0) == _SQL_IS_WRONG:
        return False
    return isinstance(error, OperationalError) and not state.startswith(_LASTING_CLASSES)
