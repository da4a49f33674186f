"""What a batch of messages touches, read at once and changed in memory; write.py writes back what has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.sink.merging.knowledge import knowledge
from services.sink.merging.signature import Signature
from services.sink.store import kept, reports
from services.sink.store.bulk import among
from services.sink.store.kept import Kept
from services.sink.store.locks import Held
from services.sink.store.models import IncidentRow


@dataclass(slots=True)
class Incident:
    """An incident as its row has it."""

    incident_id: str
    last_alert_id: str = ""
    last_sequence: int = -1
    last_type: str | None = None
    told_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    merged_into: str | None = None
    newest_day: int = 0
    is_new: bool = False
    was: tuple[object, ...] = ()
    """What the store has, if it has it."""

    def values(self) -> tuple[object, ...]:
        """What may change."""
        return (
            self.last_alert_id,
            self.last_sequence,
            self.last_type,
            self.told_at,
            self.due_at,
            self.merged_into,
            self.newest_day,
        )


@dataclass(eq=False)
class Working:
    """Reports, links and incidents of a batch: all that its messages can change is among them."""

    session: Session
    held: Held
    reports: dict[int, Kept] = field(default_factory=dict)
    incident_of: dict[int, str | None] = field(default_factory=dict)
    by_article: dict[str, list[int]] = field(default_factory=dict)
    by_incident: dict[str, set[int]] = field(default_factory=dict)
    links: dict[int, set[int]] = field(default_factory=dict)
    new: dict[int, Kept] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    """Numbers of reports that the store has and that have been replaced."""
    moved: set[int] = field(default_factory=set)
    """Numbers of reports that the store has and that are of another incident now."""
    new_links: set[tuple[int, int]] = field(default_factory=set)
    incidents: dict[str, Incident] = field(default_factory=dict)
    _like: dict[int, list[int]] = field(default_factory=dict)
    """By the number of each coming report, the ones of the store that it is like."""
    _new_in_cells: dict[int, list[int]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    """Incidents that the store was asked for, whether it has them or not."""

    def load(self, articles: Collection[str], coming: Sequence[Kept]) -> None:
        """Read what messages of `articles` that bring `coming` reports can change, and keep others from changing it."""
        old = reports.of_articles(self.session, articles)
        signatures = [one.signature for one in coming]
        self.held.take([*signatures, *(k.signature for k in kept.by_number(self.session, old.keys()).values())])
        in_cells = reports.in_cells(self.session, reports.wanted_by((one.signature, one.cells) for one in coming))
        near = {one.number: _near(one, in_cells) for one in coming}
        found = kept.by_number(self.session, {number for numbers in near.values() for number in numbers})
        self._like = {one.number: _alike(one, near[one.number], found) for one in coming}
        like = {other for others in self._like.values() for other in others}
        self.by_article = {article_id: [] for article_id in articles}
        for number, (article_id, _) in old.items():
            self.by_article[article_id].append(number)
        self.hold({*like, *old})

    def hold(self, numbers: Collection[int]) -> None:
        """Read what hangs together with reports, and keep others from changing it."""

        def look() -> Iterable[Signature]:
            incident_of, links = reports.connected(self.session, numbers)
            found = kept.by_number(self.session, incident_of.keys())
            self._take_in(found, incident_of, links)
            return (one.signature for one in found.values())

        self.held.hold(look)

    def read_incidents(self, names: Collection[str]) -> None:
        """Read the rows of incidents, as far as there are any."""
        missing = sorted(set(names) - self.incidents.keys() - self._asked)
        if not missing:
            return
        self._asked.update(missing)
        rows = self.session.execute(sa.select(*_COLUMNS).where(among(self.session, IncidentRow.incident_id, missing)))
        for row in rows:
            incident = Incident(*row)
            incident.newest_day = incident.newest_day or 0
            incident.was = incident.values()
            self.incidents[incident.incident_id] = incident

    def incident(self, incident_id: str) -> Incident:
        """An incident, made where there is none."""
        self.read_incidents([incident_id])
        if incident_id not in self.incidents:
            self.incidents[incident_id] = Incident(incident_id, is_new=True)
        return self.incidents[incident_id]

    def members(self, incident_id: str) -> list[int]:
        """The numbers of an incident's reports."""
        return sorted(self.by_incident.get(incident_id, ()))

    def add(self, made: Kept) -> None:
        """Let a new report in, of no incident yet, linked to those that it is like."""
        number = made.number
        self.reports[number] = self.new[number] = made
        self.incident_of[number] = None
        self.by_article.setdefault(made.report.article.article_id, []).append(number)
        like = [*self._like.get(number, ()), *_alike(made, _near(made, self._new_in_cells), self.new)]
        for other in like:
            if other not in self.reports:
                continue  # gone meanwhile
            self.links.setdefault(number, set()).add(other)
            self.links.setdefault(other, set()).add(number)
            self.new_links.add((min(number, other), max(number, other)))
        for cell in made.cells:
            self._new_in_cells.setdefault(cell, []).append(number)

    def remove(self, article_id: str) -> list[int]:
        """Let an article's reports go; gives their numbers."""
        numbers = self.by_article.get(article_id, [])
        self.by_article[article_id] = []
        for number in numbers:
            del self.reports[number]
            self._leave(number)
            for other in self.links.pop(number, ()):
                self.links[other].discard(number)
                self.new_links.discard((min(number, other), max(number, other)))
            if self.new.pop(number, None) is None:
                self.gone.add(number)
                self.moved.discard(number)
        return numbers

    def component(self, numbers: Iterable[int]) -> list[Kept]:
        """All reports that hang together with some by likeness, themselves included, in order."""
        found = set(numbers)
        border = list(found)
        while border:
            border = [other for number in border for other in self.links.get(number, ()) if other not in found]
            found.update(border)
            border = list(dict.fromkeys(border))
        return sorted((self.reports[number] for number in found), key=lambda one: one.report.order())

    def assign(self, number: int, incident_id: str) -> None:
        """Let a report be of an incident."""
        self._leave(number)
        self.incident_of[number] = incident_id
        self.by_incident.setdefault(incident_id, set()).add(number)
        if number not in self.new:
            self.moved.add(number)

    def grow_older(self, incident_id: str, number: int) -> None:
        """Let an incident's age go by its newest report too; a day far in the future is a mistake."""
        day = self.reports[number].signature
        incident = self.incident(incident_id)
        incident.newest_day = max(incident.newest_day, day.seen, min(day.last, day.seen + reports.LONGEST))

    def _leave(self, number: int) -> None:
        incident_id = self.incident_of.pop(number, None)
        if incident_id is not None:
            self.by_incident[incident_id].discard(number)

    def _take_in(
        self, found: dict[int, Kept], incident_of: dict[int, str | None], links: Iterable[tuple[int, int]]
    ) -> None:
        self.reports = dict(found)
        self.incident_of = incident_of
        self.by_incident, self.links = {}, {}
        for number, incident_id in incident_of.items():
            if incident_id is not None:
                self.by_incident.setdefault(incident_id, set()).add(number)
        for low, high in links:
            self.links.setdefault(low, set()).add(high)
            self.links.setdefault(high, set()).add(low)


def start(session: Session) -> Working:
    """Nothing read yet."""
    return Working(session, Held(session))


def _alike(one: Kept, near: Collection[int], among_these: Mapping[int, Kept]) -> list[int]:
    """Of the reports that are near one, those that are like it."""
    enough = knowledge().enough
    there = (number for number in sorted(near) if number in among_these)
    return [number for number in there if one.likeness(among_these[number]) >= enough]


def _near(one: Kept, in_cells: Mapping[int, Sequence[int]]) -> set[int]:
    """The reports that share a cell with one: however many share it, for that hangs on when it is asked."""
    near = {number for cell in one.cells for number in in_cells.get(cell, ())}
    near.discard(one.number)
    return near


_COLUMNS = (
    IncidentRow.incident_id,
    IncidentRow.last_alert_id,
    IncidentRow.last_sequence,
    IncidentRow.last_type,
    IncidentRow.told_at,
    IncidentRow.due_at,
    IncidentRow.merged_into,
    IncidentRow.newest_day,
)
