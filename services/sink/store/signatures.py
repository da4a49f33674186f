"""Signatures of stored reports, kept in memory: a report is compared many times and never changes under its number."""

from __future__ import annotations

from collections import OrderedDict

from sqlalchemy import event
from sqlalchemy.orm import Session

from services.sink.merging.signature import Signature, signature
from services.sink.store import reports
from services.sink.store.reports import Stored

MOST = 50_000
"""Signatures kept, some 5 kB each; of more the ones that were asked for longest ago go."""
_KNOWN: OrderedDict[int, Signature] = OrderedDict()


@event.listens_for(Session, "after_rollback")
def _forget(_session: Session) -> None:
    # SQLite gives the numbers of a transaction that was taken back to other reports.
    _KNOWN.clear()


def keep(number: int, made: Signature) -> None:
    """Remember the signature of a report that was just stored."""
    _KNOWN[number] = made
    _KNOWN.move_to_end(number)
    if len(_KNOWN) > MOST:
        _KNOWN.popitem(last=False)


def of(stored: Stored) -> Signature:
    """The signature of a report that was read."""
    if stored.number not in _KNOWN:
        keep(stored.number, signature(stored.report))
    return _KNOWN[stored.number]


def candidates(session: Session, mine: Signature, but: int) -> list[tuple[int, Signature]]:
    """The reports, but for number `but`, that a likeness with `mine` is not ruled out for by day or country."""
    numbers = reports.candidates(session, mine, but)
    for stored in reports.by_number(session, [number for number in numbers if number not in _KNOWN]):
        keep(stored.number, signature(stored.report))
    return [(number, _KNOWN[number]) for number in numbers]
