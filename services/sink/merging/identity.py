"""Which incident each group of reports is, given which incidents the reports belonged to before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from schemas import ids
from services.sink.merging.report import ArticleReport

Key = tuple[str, str]


@dataclass(frozen=True)
class Identified:
    """What became of the incidents."""

    groups: list[tuple[str, list[ArticleReport]]]
    """The reports of each incident, by incident id."""
    merged: dict[str, str]
    """Incidents that are one with an earlier one now, and which."""


def identify(
    groups: Sequence[Sequence[ArticleReport]], before: Mapping[Key, str], is_others: Callable[[str], bool] | None = None
) -> Identified:
    """Give each group its incident. `before` holds the incident of each report that had one.

    `is_others` tells whether the incident that is named after an event has reports elsewhere, none of them of it.

    An incident stays with the earliest of the reports that it had. Where one group holds the earliest reports of
    several, it is the one that was reported first, and the others are merged into it. A group without any begins an
    incident, named after its first report that no other incident is named after.
    """
    heirs = _heirs(groups, before)
    taken = set(before.values())
    named: list[tuple[str, list[ArticleReport]]] = []
    merged: dict[str, str] = {}
    for number, group in enumerate(groups):
        claims = [incident for incident, heir in heirs.items() if heir == number]
        own = claims[0] if claims else _new(group, taken, is_others)
        taken.add(own)
        named.append((own, list(group)))
        merged |= dict.fromkeys(claims[1:], own)
    return Identified(named, merged)


def _heirs(groups: Sequence[Sequence[ArticleReport]], before: Mapping[Key, str]) -> dict[str, int]:
    """The group that holds the earliest report of each incident, the incidents by those reports."""
    known = sorted(
        (report.order(), before[report.key], number)
        for number, group in enumerate(groups)
        for report in group
        if report.key in before
    )
    heirs: dict[str, int] = {}
    for _, incident, number in known:
        heirs.setdefault(incident, number)
    return heirs


def _new(group: Sequence[ArticleReport], taken: set[str], is_others: Callable[[str], bool] | None) -> str:
    """A name that no other incident has: after the first report, else after a later one, else after the first again."""
    events = [report.event.id for report in sorted(group, key=ArticleReport.order)]
    again = (f"{events[0]} {number}" for number in count(2))
    names = ((event, ids.incident_id(event)) for event in chain(events, again))
    return next(name for event, name in names if name not in taken and not (is_others and is_others(event)))
