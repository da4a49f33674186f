"""Groups anew the stored reports that a message touches, and settles which incidents they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from sqlalchemy.orm import Session

from services.sink.merging.grouping import group
from services.sink.merging.identity import Key, identify
from services.sink.merging.knowledge import knowledge
from services.sink.merging.likeness import likeness
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import Signature, signature
from services.sink.store import reports as store
from services.sink.store import repository, signatures
from services.sink.store.reports import Stored


def replace(session: Session, article_id: str, new: Sequence[ArticleReport], known: Mapping[Key, str]) -> list[str]:
    """Let `new` be all that the article tells of; its row must be there, its reports of before are forgotten.

    `known` holds the incident of each new report that stands for one of before. Gives the incidents whose reports
    changed, those of the new reports first. The reports that are like one another are grouped as they would be if all
    had come at once.
    """
    gone = store.of_article(session, article_id)
    left = {stored.incident_id for stored in gone if stored.incident_id}
    store.remove(session, article_id)
    added = [_add(session, report) for report in new]
    touched = {stored.number for stored in store.of_incidents(session, left)} | set(added)
    members = store.by_number(session, store.component(session, touched))
    before = {s.report.key: s.incident_id for s in members if s.incident_id} | {
        key: incident for key, incident in known.items() if any(s.report.key == key for s in members)
    }
    changed = _settle(session, members, before)
    return list(dict.fromkeys([*changed, *sorted(left)]))


def _add(session: Session, report: ArticleReport) -> int:
    """Keep a report and find what it is like."""
    mine = signature(report)
    number = store.put(session, report, mine)
    enough = knowledge().enough
    signatures.keep(number, mine)
    like = [other for other, its in signatures.candidates(session, mine, number) if likeness(mine, its) >= enough]
    store.link(session, number, like)
    return number


def _settle(session: Session, members: Sequence[Stored], before: Mapping[Key, str]) -> list[str]:
    """Group reports and write which incident each is of; gives the incidents that this changes."""
    ordered = sorted(members, key=lambda stored: stored.report.order())
    numbers = {stored.report.key: stored for stored in ordered}
    groups = [[ordered[n].report for n in nodes] for nodes in _grouped([signatures.of(s) for s in ordered])]
    identified = identify(groups, before)
    changed = []
    for incident_id, reports in identified.groups:
        repository.open_incident(session, incident_id)
        moved = [numbers[r.key].number for r in reports if numbers[r.key].incident_id != incident_id]
        if moved:
            store.assign(session, moved, incident_id)
            changed.append(incident_id)
    was = {stored.incident_id for stored in ordered if stored.incident_id}
    for gone, into in identified.merged.items():
        repository.merge_incident(session, gone, into)
    lost = sorted(was - {incident for incident, _ in identified.groups})
    return [*changed, *sorted(was & _losing(ordered, identified.groups)), *lost]


def _losing(ordered: Sequence[Stored], groups: Sequence[tuple[str, Sequence[ArticleReport]]]) -> set[str]:
    """Incidents that reports have left."""
    now = {report.key: incident for incident, reports in groups for report in reports}
    return {s.incident_id for s in ordered if s.incident_id and now[s.report.key] != s.incident_id}


def _grouped(signatures: Sequence[Signature]) -> list[list[int]]:
    pairs = {(a, b): likeness(signatures[a], signatures[b]) for a, b in combinations(range(len(signatures)), 2)}
    return group(len(signatures), pairs)
