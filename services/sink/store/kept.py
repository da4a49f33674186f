"""Reports that were read, kept in memory: one is looked at many times and never changes under its number."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from services.sink.merging.cells import cells
from services.sink.merging.likeness import likeness
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import Signature, signature
from services.sink.store import reports

MOST = 20_000
"""Reports kept, some 15 kB each; of more the ones that were asked for longest ago go."""


@dataclass(eq=False, slots=True)
class Kept:
    """A report as it is compared, with what it was compared with."""

    number: int
    report: ArticleReport
    signature: Signature
    _likenesses: dict[int, int] = field(default_factory=dict)
    _cells: frozenset[int] | None = None

    @property
    def cells(self) -> frozenset[int]:
        """What it is found by; reckoned once."""
        if self._cells is None:
            self._cells = cells(self.signature)
        return self._cells

    def likeness(self, other: Kept) -> int:
        """How like the two are; reckoned once."""
        one, two = (self, other) if self.number > other.number else (other, self)
        if two.number not in one._likenesses:  # noqa: SLF001  its own kind
            one._likenesses[two.number] = likeness(one.signature, two.signature)  # noqa: SLF001
        return one._likenesses[two.number]  # noqa: SLF001


_OF_ENGINE: WeakKeyDictionary[Engine, OrderedDict[int, Kept]] = WeakKeyDictionary()


def make_new(session: Session, found: Sequence[ArticleReport]) -> list[Kept]:
    """New reports, each with a number of its own."""
    numbers = reports.reserve(session, len(found))
    return [make(number, report) for number, report in zip(numbers, found, strict=True)]


def make(number: int, report: ArticleReport) -> Kept:
    """A report as it is compared."""
    return Kept(number, report, signature(report))


def by_number(session: Session, numbers: Collection[int]) -> dict[int, Kept]:
    """Reports by their numbers; those that are not in the store are left out."""
    known = _known(session)
    found = {number: known[number] for number in numbers if number in known}
    for number in found:
        known.move_to_end(number)
    missing = [number for number in numbers if number not in found]
    read = {stored.number: make(stored.number, stored.report) for stored in reports.by_number(session, missing)}
    _keep(known, read.values())
    return found | read


def keep(session: Session, made: Collection[Kept]) -> None:
    """Remember reports that are written, once they are: their numbers go to others if they are taken back."""
    known = _known(session)
    event.listen(session, "after_commit", lambda _session: _keep(known, made), once=True)


def _known(session: Session) -> OrderedDict[int, Kept]:
    engine = session.get_bind()
    if not isinstance(engine, Engine):
        engine = engine.engine
    return _OF_ENGINE.setdefault(engine, OrderedDict())


def _keep(known: OrderedDict[int, Kept], made: Iterable[Kept]) -> None:
    for one in made:
        known[one.number] = one
    while len(known) > MOST:
        known.popitem(last=False)
