"""Groups reports into incidents: average link over likenesses, a function of the set of reports and of nothing else."""

from __future__ import annotations

import heapq
import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from services.sink.merging.knowledge import knowledge

Pair = tuple[int, int]
Near = Mapping[int, Mapping[int, int]]


def components(size: int, links: Iterable[Pair]) -> list[list[int]]:
    """The connected parts of a graph of `size` nodes, each in order, by their first nodes."""
    parent = list(range(size))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in links:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    found: dict[int, list[int]] = {}
    for node in range(size):
        found.setdefault(root(node), []).append(node)
    return list(found.values())


def group(size: int, likenesses: Mapping[Pair, int], first: Container[int] | None = None) -> list[list[int]]:
    """Groups of the reports 0 to `size` - 1, which must be numbered in the order of their arrival by their own time.

    `likenesses` holds pairs (low, high); a pair that is missing counts as no likeness, one that is `RULED_OUT` keeps
    its groups apart for good. The two groups with the highest average join first, the earlier ones where averages are
    equal; those of the reports in `first` (else all) join among themselves before any other does. Sums of whole numbers
    make it independent of the order in which pairs come. Time grows with the pairs.
    """
    members = {n: [n] for n in range(size)}
    near: dict[int, dict[int, int]] = {n: {} for n in range(size)}
    for (one, other), value in likenesses.items():
        near[one][other] = near[other][one] = value
    if first is not None:
        _join_all(near, members, [n for n in range(size) if n in first])
    _join_all(near, members, list(members))
    return sorted((sorted(nodes) for nodes in members.values()), key=lambda nodes: nodes[0])


def _join_all(near: dict[int, dict[int, int]], members: dict[int, list[int]], among: Sequence[int]) -> None:
    """Join groups of `among` while two are like enough."""
    allowed = set(among)
    heap = [
        (-average, one, other)
        for one in among
        for other in near[one]
        if one < other
        and other in allowed
        and (average := _average(near, members, one, other)) >= _enough(members, one, other)
    ]
    heapq.heapify(heap)
    while heap:
        average, one, other = heapq.heappop(heap)
        if one in members and other in members and _average(near, members, one, other) == -average:
            for changed in _join(near, members, one, other):
                if changed[1] in allowed and changed[2] in allowed:
                    heapq.heappush(heap, changed)


def _average(
    near: Mapping[int, Mapping[int, int]], members: Mapping[int, Sequence[int]], one: int, other: int
) -> float:
    return near[one].get(other, 0) / (len(members[one]) * len(members[other]))


def _enough(members: Mapping[int, Sequence[int]], one: int, other: int) -> float:
    """The average from which two groups are one: the more pairs it is of, the less is chance."""
    pairs = len(members[one]) * len(members[other])
    least = knowledge().many
    return knowledge().enough * (least + (1 - least) / math.sqrt(pairs))


def _join(
    near: dict[int, dict[int, int]],
    members: dict[int, list[int]],
    one: int,
    other: int,
) -> Iterator[tuple[float, int, int]]:
    """Let `other` join `one`, the earlier of the two, and tell what changes by it: minus the average, and the two."""
    gone = near.pop(other)
    del near[one][other]
    members[one] += members.pop(other)
    for third, value in gone.items():
        if third == one:
            continue
        del near[third][other]
        near[one][third] = near[third][one] = near[one].get(third, 0) + value
        low, high = min(one, third), max(one, third)
        average = _average(near, members, low, high)
        if average >= _enough(members, low, high):
            yield -average, low, high
