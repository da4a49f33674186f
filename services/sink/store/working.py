"""What a batch of messages touches, read at once and changed in memory; write.py writes back what has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from schemas import ids
from services.sink.merging.signature import Signature
from services.sink.store import kept, reports
from services.sink.store.bulk import among
from services.sink.store.kept import Kept
from services.sink.store.locks import Held
from services.sink.store.models import IncidentRow
from services.sink.store.near import alike, near_in, near_in_store
from services.sink.store.reports import Homes
from services.sink.store.roles import Roles, roles


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
    roles: Roles = field(default_factory=Roles)
    _copy_of: dict[str, str] = field(default_factory=dict)
    """Of articles that are copies, the one that stands for each."""
    _numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    """The reports by article and rank."""
    _like: dict[int, list[int]] = field(default_factory=dict)
    """By the number of each coming report, the ones of the store that it is like."""
    _new_in_cells: dict[int, list[int]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    """Incidents that the store was asked for, whether it has them or not."""

    def load(self, coming: Mapping[str, Sequence[Kept]]) -> dict[str, list[Kept]]:
        """Read what new reports of articles can change, and keep others from changing it.

        Gives all the articles that are to be put, with their reports: also others that become or cease to be copies.
        """
        old = reports.of_articles(self.session, coming.keys())
        signatures = [one.signature for many in coming.values() for one in many]
        self.held.take([*signatures, *(k.signature for k in kept.by_number(self.session, old.keys()).values())])
        self.roles = roles(self.session, coming)
        again = reports.of_articles(self.session, self.roles.anew)
        put = {name: list(many) for name, many in coming.items()} | self._again(again)
        alone = [one for name, many in put.items() if self.roles.copy_of[name] is None for one in many]
        near = near_in_store(self.session, alone)
        found = kept.by_number(self.session, {number for numbers in near.values() for number in numbers})
        self._like = {one.number: alike(one, near[one.number], found) for one in alone}
        like = {other for others in self._like.values() for other in others}
        others = {original for original in self.roles.copy_of.values() if original is not None}
        self.hold({*like, *old, *again, *reports.of_articles(self.session, others)})
        return put

    def _again(self, numbers: Mapping[int, tuple[str, str | None]]) -> dict[str, list[Kept]]:
        """The same reports under new numbers."""
        known = kept.by_number(self.session, numbers.keys())
        made = kept.make_new(self.session, [known[number].report for number in numbers])
        found: dict[str, list[Kept]] = {}
        for one, (article_id, _) in zip(made, numbers.values(), strict=True):
            found.setdefault(article_id, []).append(one)
        return found

    def hold(self, numbers: Collection[int]) -> None:
        """Read what hangs together with reports, and keep others from changing it."""

        def look() -> Iterable[Signature]:
            homes, links = reports.connected(self.session, numbers)
            found = kept.by_number(self.session, homes.keys())
            while not homes.keys() <= found.keys():  # another sink has replaced some between the two looks
                homes, links = reports.connected(self.session, numbers)
                found = kept.by_number(self.session, homes.keys())
            self._take_in(found, homes, links)
            return (one.signature for one in found.values())

        self.held.hold(look)

    def is_copy(self, number: int) -> bool:
        """Whether another report stands for it."""
        return self.original(number) != number

    def original(self, number: int) -> int:
        """The report that stands for it, often itself."""
        event, article_id = self.reports[number].report.event, self.reports[number].report.article.article_id
        original = self._copy_of.get(article_id)
        return number if original is None else self._numbers.get((original, event.rank), number)

    def play(self) -> None:
        """Let the articles have the roles that the coming ones give them."""
        for article_id, original in self.roles.copy_of.items():
            if original is None:
                self._copy_of.pop(article_id, None)
            else:
                self._copy_of[article_id] = original

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

    def is_others(self, event_id: str) -> bool:
        """Whether the incident that is named after an event has reports, none of them of it."""
        name = ids.incident_id(event_id)
        self.read_incidents([name])
        if name not in self.incidents:
            return False
        if name in self.by_incident:
            events = {self.reports[number].report.event.id for number in self.by_incident[name]}
        else:
            events = reports.events_of(self.session, name)
        return bool(events) and event_id not in events

    def members(self, incident_id: str) -> list[int]:
        """The numbers of an incident's reports."""
        return sorted(self.by_incident.get(incident_id, ()))

    def add(self, made: Kept) -> None:
        """Let a new report in, of no incident yet, linked to those that it is like; a copy is linked to none."""
        number, article_id = made.number, made.report.article.article_id
        self.reports[number] = self.new[number] = made
        self._numbers[article_id, made.report.event.rank] = number
        self.incident_of[number] = None
        self.by_article.setdefault(article_id, []).append(number)
        if article_id in self._copy_of:
            return
        like = [*self._like.get(number, ()), *alike(made, near_in(made, self._new_in_cells), self.new)]
        for other in like:
            if other not in self.reports:
                continue  # gone meanwhile
            self.links.setdefault(number, set()).add(other)
            self.links.setdefault(other, set()).add(number)
            self.new_links.add((min(number, other), max(number, other)))
        for cell in made.cells:
            self._new_in_cells.setdefault(cell, []).append(number)

    def remove(self, article_id: str) -> set[int]:
        """Let an article's reports go; gives the others that they were linked to."""
        numbers = self.by_article.get(article_id, [])
        self.by_article[article_id] = []
        linked: set[int] = set()
        for number in numbers:
            gone = self.reports.pop(number)
            self._numbers.pop((article_id, gone.report.event.rank), None)
            self._leave(number)
            for other in self.links.pop(number, ()):
                self.links[other].discard(number)
                self.new_links.discard((min(number, other), max(number, other)))
                linked.add(other)
            if self.new.pop(number, None) is None:
                self.gone.add(number)
                self.moved.discard(number)
        return linked

    def components(self, numbers: Iterable[int]) -> list[list[Kept]]:
        """All reports that hang together with some by likeness, themselves included, in order; copies left out."""
        seen: set[int] = set()
        found = []
        for first in dict.fromkeys(self.original(number) for number in numbers):
            if first in seen:
                continue
            part, border = {first}, [first]
            while border:
                border = list({other for number in border for other in self.links.get(number, ())} - part)
                part.update(border)
            seen |= part
            found.append(sorted((self.reports[number] for number in part), key=lambda one: one.report.order()))
        return found

    def copies(self) -> dict[int, list[int]]:
        """By their originals' numbers, those of the copies."""
        found: dict[int, list[int]] = {}
        for article_id in self._copy_of:
            for number in self.by_article.get(article_id, ()):
                if (original := self.original(number)) != number:
                    found.setdefault(original, []).append(number)
        return found

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

    def _take_in(self, found: dict[int, Kept], homes: Homes, links: Iterable[tuple[int, int]]) -> None:
        self.reports = dict(found)
        self.incident_of = {number: incident_id for number, (incident_id, _) in homes.items()}
        self.by_incident, self.by_article, self.links = {}, {}, {}
        for number, (incident_id, copy_of) in homes.items():
            if incident_id is not None:
                self.by_incident.setdefault(incident_id, set()).add(number)
            article_id = found[number].report.article.article_id
            self.by_article.setdefault(article_id, []).append(number)
            self._numbers[article_id, found[number].report.event.rank] = number
            if copy_of is not None:
                self._copy_of[article_id] = copy_of
        for low, high in links:
            self.links.setdefault(low, set()).add(high)
            self.links.setdefault(high, set()).add(low)


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
