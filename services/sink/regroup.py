"""Groups anew the reports that messages touch, and settles which incidents they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from services.sink.merging.gather import mains
from services.sink.merging.grouping import components, group
from services.sink.merging.identity import Key, identify
from services.sink.merging.rivals import outweighable, without_rivals
from services.sink.store.kept import Kept
from services.sink.store.working import Working


@dataclass(frozen=True)
class Change:
    """New reports of an article, in place of those of before."""

    article_id: str
    new: Sequence[Kept]
    known: Mapping[Key, str]
    """The incident of each new report that stands for one of before."""


@dataclass(frozen=True)
class Group:
    """Reports of one incident, in order, and the number of the first change that has to do with them."""

    members: Sequence[Kept]
    which: int


def replace(working: Working, changes: Sequence[Change]) -> list[list[str]]:
    """Let the new reports be all that each article tells of. The articles differ.

    Gives the incidents whose reports changed, each at the first change that did it, those of its new reports first.
    The reports that are like one another are grouped as they would be if all had come at once; a copy goes with its
    original, which it changes nothing for.
    """
    left = [_left(working, change) for change in changes]
    shrunk: dict[str, int] = {}
    apart: dict[int, int] = {}
    for which, change in enumerate(changes):
        for incident, is_copy in left[which].items():
            if not is_copy:
                shrunk.setdefault(incident, which)
        for number in sorted(working.remove(change.article_id)):
            apart.setdefault(number, which)
    working.play()
    for change in changes:
        for one in change.new:
            working.add(one)
    by = _Regrouping(working, changes).settle(shrunk, apart)
    told: dict[str, int] = {}
    for which, change in enumerate(changes):
        for one in change.new:
            told.setdefault(working.incident_of[one.number] or "", which)
        for incident in [*(i for i, mine in by.items() if mine == which), *sorted(left[which])]:
            told.setdefault(incident, which)
    return [[incident for incident, mine in told.items() if mine == which] for which in range(len(changes))]


def _left(working: Working, change: Change) -> dict[str, bool]:
    """The incidents that the article's reports of before were of, and whether they were but copies there."""
    found: dict[str, bool] = {}
    for number in working.by_article.get(change.article_id, ()):
        if incident := working.incident_of[number]:
            found[incident] = found.get(incident, True) and working.is_copy(number)
    return found


class _Regrouping:
    """The reports that hang together with what changed, once it has."""

    def __init__(self, working: Working, changes: Sequence[Change]) -> None:
        self._working, self._changes = working, changes
        self._known = {key: incident for change in changes for key, incident in change.known.items()}

    def settle(self, shrunk: Mapping[str, int], apart: Mapping[int, int]) -> dict[str, int]:
        """Group them and say which incident each is of; gives the incidents that this changes, and by which change.

        `shrunk` has the incidents that lost reports which were not only copies, `apart` reports of any incident that
        lost a link.
        """
        working = self._working
        dirty = {number: which for number, which in apart.items() if number in working.reports}
        for incident, which in shrunk.items():
            for number in working.members(incident):
                dirty.setdefault(working.original(number), which)
        for which, change in enumerate(self._changes):
            for one in change.new:
                if self._counts(one):
                    # Whose its incident of before stays is settled together with those that were in it.
                    mates = working.members(self._known.get(one.report.key, ""))
                    for number in (one.number, *mates):
                        dirty.setdefault(working.original(number), which)
        changed = self._regroup(dirty)
        for change in self._changes:
            for one in change.new:
                if working.incident_of[one.number] is None:  # a copy of what stays as it is
                    self._assign(one.number, working.incident_of[working.original(one.number)] or "")
        return changed

    def _counts(self, one: Kept) -> bool:
        """Whether a new report may change how others are grouped."""
        original = self._working.original(one.number)
        home = self._working.incident_of[original]
        return original == one.number or home is None or self._known.get(one.report.key, home) != home

    def _regroup(self, dirty: Mapping[int, int]) -> dict[str, int]:
        parts = self._working.components(dirty)
        copies = self._working.copies()
        groups: list[Group] = []
        for part in parts:
            which = min(dirty[one.number] for one in part if one.number in dirty)
            for nodes in _grouped(part):
                numbers = [n for node in nodes for n in (part[node].number, *copies.get(part[node].number, ()))]
                members = sorted((self._working.reports[n] for n in numbers), key=lambda one: one.report.order())
                groups.append(Group(members, which))
        groups.sort(key=lambda each: each.members[0].report.order())
        changed: dict[str, int] = {}
        for together in self._sharing(groups):
            for incident, which in self._name([groups[n] for n in together]).items():
                changed.setdefault(incident, which)
        return changed

    def _sharing(self, groups: Sequence[Group]) -> list[list[int]]:
        """The numbers of groups that had reports of one incident, together: they settle whose it stays."""
        first: dict[str, int] = {}
        before = [{self._before(one) for one in group.members} - {None} for group in groups]
        links = [(first.setdefault(i or "", number), number) for number, had in enumerate(before) for i in had]
        return components(len(groups), links)

    def _before(self, one: Kept) -> str | None:
        return self._known.get(one.report.key) or self._working.incident_of[one.number]

    def _name(self, groups: Sequence[Group]) -> dict[str, int]:
        working = self._working
        everyone = [one for group in groups for one in group.members]
        was = {one.number: working.incident_of[one.number] for one in everyone}
        before = {one.report.key: incident for one in everyone if (incident := self._before(one))}
        identified = identify([[one.report for one in group.members] for group in groups], before, working.is_others)
        working.read_incidents([incident_id for incident_id, _ in identified.groups])
        changed: dict[str, int] = {}
        left: dict[str, int] = {}
        for (incident_id, _), each in zip(identified.groups, groups, strict=True):
            working.incident(incident_id).merged_into = None
            for one in each.members:
                if (old := was[one.number]) != incident_id:
                    self._assign(one.number, incident_id)
                    changed.setdefault(incident_id, each.which)
                    if old:
                        left.setdefault(old, each.which)
        for gone, into in identified.merged.items():
            working.incident(gone).merged_into = into
        return changed | {incident: which for incident, which in sorted(left.items()) if incident not in changed}

    def _assign(self, number: int, incident_id: str) -> None:
        self._working.assign(number, incident_id)
        self._working.grow_older(incident_id, number)


def _grouped(members: Sequence[Kept]) -> list[list[int]]:
    if len(members) < 2:
        return [[n] for n in range(len(members))]
    pairs = {(a, b): members[a].likeness(members[b]) for a, b in combinations(range(len(members)), 2)}
    signatures = [one.signature for one in members]
    return group(len(members), outweighable(without_rivals(pairs, signatures), signatures), mains(signatures))
