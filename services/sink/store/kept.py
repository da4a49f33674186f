"""Reports that were read, kept in memory: one is looked at many times and never changes under its number."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from services.sink.merging.cells import cells, meet, strong_cells
from services.sink.merging.knowledge import knowledge
from services.sink.merging.likeness import likeness
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import Signature, signature
from services.sink.store import reports

MOST = 512 << 20
"""Bytes of reports kept unless told otherwise, as `_weight` has it: some 10,000 and more."""
_EACH, _PART = 24_000, 1_500
"""Bytes of a report without its parts and text, and of a part such as a span of evidence: as measured."""


@dataclass(eq=False, slots=True)
class Kept:
    """A report as it is compared, with what it was compared with."""

    number: int
    report: ArticleReport
    signature: Signature
    _likenesses: dict[int, int] = field(default_factory=dict)
    _cells: frozenset[int] | None = None
    _strong: frozenset[int] | None = None

    @property
    def cells(self) -> frozenset[int]:
        """What it is found by; reckoned once."""
        if self._cells is None:
            self._cells = cells(self.signature)
        return self._cells

    @property
    def strong(self) -> frozenset[int]:
        """Those of its cells in which alone another meets it; reckoned once."""
        if self._strong is None:
            self._strong = strong_cells(self.signature)
        return self._strong

    def like(self, others: Iterable[Kept]) -> list[int]:
        """The numbers of those that it hangs together with; of the others, who are most, nothing is remembered."""
        found, strong, mine, enough = self.cells, self.strong, self.signature, knowledge().enough
        numbers = []
        for other in others:
            if meet(found, other.cells, strong) and (value := likeness(mine, other.signature)) >= enough:
                self._remember(other, value)
                numbers.append(other.number)
        return numbers

    def likeness(self, other: Kept) -> int:
        """How like the two are; reckoned once."""
        one, two = (self, other) if self.number > other.number else (other, self)
        if (known := one._likenesses.get(two.number)) is not None:  # noqa: SLF001  its own kind
            return known
        value = likeness(one.signature, two.signature)
        self._remember(other, value)
        return value

    def _remember(self, other: Kept, value: int) -> None:
        one, two = (self, other) if self.number > other.number else (other, self)
        one._likenesses[two.number] = value  # noqa: SLF001  its own kind


class _Known:
    """Those that are kept, the one that was asked for longest ago first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        self._weight = 0

    def get(self, number: int) -> Kept | None:
        found = self._kept.get(number)
        if found is not None:
            self._kept.move_to_end(number)
        return found

    def keep(self, made: Iterable[Kept]) -> None:
        for one in made:
            self._drop(self._kept.pop(one.number, None))
            self._kept[one.number] = one
            self._weight += _weight(one.report)
        while self._weight > self._most:
            self._drop(self._kept.popitem(last=False)[1])

    def _drop(self, one: Kept | None) -> None:
        if one is not None:
            self._weight -= _weight(one.report)


_OF_ENGINE: WeakKeyDictionary[Engine, _Known] = WeakKeyDictionary()


def bound(engine: Engine, most: int) -> None:
    """Keep at most so many bytes of the store's reports: of more, those that were asked for longest ago go."""
    _OF_ENGINE[engine] = _Known(most)


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
    found = {number: one for number in numbers if (one := known.get(number)) is not None}
    missing = [number for number in numbers if number not in found]
    read = {stored.number: make(stored.number, stored.report) for stored in reports.by_number(session, missing)}
    known.keep(read.values())
    return found | read


def keep(session: Session, made: Collection[Kept]) -> None:
    """Remember reports that are written, once they are: their numbers go to others if they are taken back."""
    known = _known(session)
    event.listen(session, "after_commit", lambda _session: known.keep(made), once=True)


def _known(session: Session) -> _Known:
    engine = session.get_bind()
    if not isinstance(engine, Engine):
        engine = engine.engine
    return _OF_ENGINE.setdefault(engine, _Known(MOST))


def _weight(report: ArticleReport) -> int:
    """About how many bytes it takes in memory; cheap, as it is asked for often."""
    event = report.event
    text = sum(len(sentence.text) for sentence in report.sentences)
    return _EACH + _PART * (len(event.evidence) + len(event.actors) + len(report.sentences)) + 2 * text
