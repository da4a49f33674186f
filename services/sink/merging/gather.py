"""From all reports that there are to incidents: the same grouping for any order of the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from services.sink.merging.cells import cells
from services.sink.merging.grouping import components, group
from services.sink.merging.knowledge import knowledge
from services.sink.merging.likeness import RULED_OUT, likeness
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import Signature, signature


def incidents(reports: Sequence[ArticleReport]) -> list[list[ArticleReport]]:
    """The reports by incident, the earliest first in each, the incidents by their first reports.

    Time grows with the pairs of reports whose days are near one another. Each of `reports` must be current, and of
    one key there must be one.
    """
    ordered = sorted(reports, key=ArticleReport.order)
    signatures = [signature(report) for report in ordered]
    likenesses = {pair: likeness(signatures[pair[0]], signatures[pair[1]]) for pair in _near(signatures)}
    enough = knowledge().enough
    found_by = [cells(one) for one in signatures]
    links = (
        (one, other)
        for (one, other), value in likenesses.items()
        if value >= enough and not found_by[one].isdisjoint(found_by[other])
    )
    found: list[list[int]] = []
    for part in components(len(ordered), links):
        found += _grouped(part, likenesses)
    return [[ordered[n] for n in nodes] for nodes in sorted(found, key=lambda nodes: nodes[0])]


def _grouped(part: list[int], likenesses: dict[tuple[int, int], int]) -> list[list[int]]:
    if len(part) == 1:
        return [part]
    size = len(part)
    pairs = {(a, b): likenesses.get((part[a], part[b]), RULED_OUT) for b in range(size) for a in range(b)}
    return [[part[n] for n in nodes] for nodes in group(size, pairs)]


def _near(signatures: Sequence[Signature]) -> Iterator[tuple[int, int]]:
    """Pairs whose days can be one day's, each once, the earlier report first."""
    most = knowledge().days.most
    by_day: dict[int, set[int]] = defaultdict(set)
    for number, one in enumerate(signatures):
        days = range(one.first - most, one.last + most + 1)
        near: set[int] = set().union(*(by_day[day] for day in days if day in by_day))
        for other in sorted(near):
            yield other, number
        for day in range(one.first, one.last + 1):
            by_day[day].add(number)
