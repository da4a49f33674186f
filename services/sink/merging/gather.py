"""From all reports that there are to incidents: the same grouping for any order of the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from services.sink.merging.cells import cells, meet, strong_cells
from services.sink.merging.copies import originals, prints, story
from services.sink.merging.grouping import Pair, components, group
from services.sink.merging.knowledge import knowledge
from services.sink.merging.likeness import likeness
from services.sink.merging.report import ArticleReport
from services.sink.merging.rivals import outweighable, without_rivals
from services.sink.merging.signature import Signature, signature

_FEW = 200
"""A word that more reports have is not looked up."""


def incidents(reports: Sequence[ArticleReport]) -> list[list[ArticleReport]]:
    """The reports by incident, the earliest first in each, the incidents by their first reports.

    Time grows with the pairs of reports whose days are near one another; of copies of one text the first is compared
    for all. Each of `reports` must be current, and of one key there must be one.
    """
    ordered = sorted(reports, key=ArticleReport.order)
    signatures = [signature(report) for report in ordered]
    stands_for = _copies(ordered, signatures)
    alone = [number for number in range(len(ordered)) if number not in stands_for]
    found = _grouped_apart([signatures[number] for number in alone])
    groups = [[alone[node] for node in nodes] for nodes in found]
    place = {number: which for which, numbers in enumerate(groups) for number in numbers}
    for copy, original in stands_for.items():
        groups[place[original]].append(copy)
    whole = sorted((sorted(numbers) for numbers in groups), key=lambda numbers: numbers[0])
    return [[ordered[number] for number in numbers] for numbers in whole]


def _copies(ordered: Sequence[ArticleReport], signatures: Sequence[Signature]) -> dict[int, int]:
    """By the number of each report of a copy, that of its original."""
    articles: dict[str, list[int]] = defaultdict(list)
    for number, report in enumerate(ordered):
        articles[report.article.article_id].append(number)
    stories: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in articles.values():
        known = story([ordered[n] for n in numbers], [signatures[n] for n in numbers])
        if known is not None:
            stories[known].append(tuple(numbers))

    def is_copy(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        first, copy = [signatures[n] for n in one], [signatures[n] for n in other]
        return prints(first[0].fingerprint, copy[0].fingerprint, map(likeness, first, copy))

    return {
        number: counterpart
        for many in stories.values()
        for copy, original in originals(many, is_copy).items()
        if original is not None
        for number, counterpart in zip(copy, original, strict=True)
    }


def _grouped_apart(signatures: Sequence[Signature]) -> list[list[int]]:
    """The numbers of reports by incident."""
    found_by = [cells(one) for one in signatures]
    strong = [strong_cells(one) for one in signatures]
    likenesses = {
        (one, other): likeness(signatures[one], signatures[other])
        for one, other in _near(signatures)
        if meet(found_by[one], found_by[other], strong[one])
    }
    enough = knowledge().enough
    links = (pair for pair, value in likenesses.items() if value >= enough)
    found: list[list[int]] = []
    for part in components(len(signatures), links):
        found += _grouped(part, signatures, likenesses)
    return found


def mains(signatures: Sequence[Signature]) -> set[int]:
    """Numbers of those that their articles are mainly about: what these tell besides must not draw them away."""
    return {number for number, one in enumerate(signatures) if one.main}


def _grouped(part: list[int], signatures: Sequence[Signature], likenesses: Mapping[Pair, int]) -> list[list[int]]:
    if len(part) == 1:
        return [part]
    pairs = {}
    for b, later in enumerate(part):
        for a, earlier in enumerate(part[:b]):
            known = likenesses.get((earlier, later))
            pairs[a, b] = likeness(signatures[earlier], signatures[later]) if known is None else known
    here = [signatures[n] for n in part]
    first = mains(here)
    return [
        [part[n] for n in nodes] for nodes in group(len(part), outweighable(without_rivals(pairs, here), here), first)
    ]


def _near(signatures: Sequence[Signature]) -> Iterator[Pair]:
    """Pairs whose days can be one day's, each once, the earlier report first."""
    most = knowledge().days.most
    by_day: dict[int, set[int]] = defaultdict(set)
    for number, one in enumerate(signatures):
        if one.timeless:
            continue
        days = range(one.first - most, one.last + most + 1)
        near: set[int] = set().union(*(by_day[day] for day in days if day in by_day))
        for other in sorted(near):
            yield other, number
        for day in range(one.first, one.last + 1):
            by_day[day].add(number)
    yield from _of_people(signatures)
    yield from _timeless(signatures)


def _of_people(signatures: Sequence[Signature]) -> Iterator[Pair]:
    """Pairs that tell of the same person, however far apart their days are."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(signatures):
        for person in sorted(one.people):
            yield from ((other, number) for other in bearers[person])
            bearers[person].append(number)


def _timeless(signatures: Sequence[Signature]) -> Iterator[Pair]:
    """Pairs of which one may be of any day: those that share a word which few reports have."""
    if not any(one.timeless for one in signatures):
        return
    bearers: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(signatures):
        for word in one.terms:
            bearers[word].append(number)
    for number, one in enumerate(signatures):
        if one.timeless:
            few = (its for word in one.terms if len(its := bearers[word]) <= _FEW)
            for other in sorted(set().union(*few) - {number}):
                if not signatures[other].timeless:
                    yield min(number, other), max(number, other)
                elif other < number:
                    yield other, number
