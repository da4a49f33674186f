"""Groups anew the reports that a message touches, and settles which incidents they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from services.sink.merging.gather import mains
from services.sink.merging.grouping import group
from services.sink.merging.identity import Key, identify
from services.sink.merging.report import ArticleReport
from services.sink.store.kept import Kept
from services.sink.store.working import Working


def replace(working: Working, article_id: str, new: Sequence[Kept], known: Mapping[Key, str]) -> list[str]:
    """Let `new` be all that the article tells of; its reports of before are forgotten.

    `known` holds the incident of each new report that stands for one of before. Gives the incidents whose reports
    changed, those of the new reports first. The reports that are like one another are grouped as they would be if all
    had come at once.
    """
    left = {incident for number in working.by_article.get(article_id, ()) if (incident := working.incident_of[number])}
    working.remove(article_id)
    for one in new:
        working.add(one)
    touched = {number for incident in left for number in working.members(incident)} | {one.number for one in new}
    members = working.component(touched)
    before = {one.report.key: incident for one in members if (incident := working.incident_of[one.number])}
    before |= {one.report.key: known[one.report.key] for one in members if one.report.key in known}
    changed = _settle(working, members, before)
    return list(dict.fromkeys([*changed, *sorted(left)]))


def _settle(working: Working, members: Sequence[Kept], before: Mapping[Key, str]) -> list[str]:
    """Group reports, given in order, and say which incident each is of; gives the incidents that this changes."""
    numbers = {one.report.key: one.number for one in members}
    was = {one.number: working.incident_of[one.number] for one in members}
    groups = [[members[n].report for n in nodes] for nodes in _grouped(members)]
    identified = identify(groups, before)
    working.read_incidents([incident_id for incident_id, _ in identified.groups])
    changed = []
    for incident_id, reports in identified.groups:
        working.incident(incident_id).merged_into = None
        moved = [numbers[r.key] for r in reports if was[numbers[r.key]] != incident_id]
        for number in moved:
            working.assign(number, incident_id)
            working.grow_older(incident_id, number)
        if moved:
            changed.append(incident_id)
    for gone, into in identified.merged.items():
        working.incident(gone).merged_into = into
    there = {incident for incident in was.values() if incident}
    lost = sorted(there - {incident for incident, _ in identified.groups})
    return [*changed, *sorted(there & _losing(was, numbers, identified.groups)), *lost]


def _losing(
    was: Mapping[int, str | None], numbers: Mapping[Key, int], groups: Sequence[tuple[str, Sequence[ArticleReport]]]
) -> set[str]:
    """Incidents that reports have left."""
    now = {numbers[report.key]: incident for incident, reports in groups for report in reports}
    return {incident for number, incident in was.items() if incident and now[number] != incident}


def _grouped(members: Sequence[Kept]) -> list[list[int]]:
    if len(members) < 2:
        return [[n] for n in range(len(members))]
    pairs = {(a, b): members[a].likeness(members[b]) for a, b in combinations(range(len(members)), 2)}
    return group(len(members), pairs, mains([one.signature for one in members]))
