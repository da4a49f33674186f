"""How much memory a service and its children hold, and whether that is bounded."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MOST = {"ingest": 400, "extractor": 800, "sink": 400, "broker": 600}
"""MiB that a service may hold at any time, with its children; what these share counts for each of them."""
GROWTH = {"ingest": 40, "extractor": 60, "sink": 40, "broker": 60}
"""MiB by which it may grow in the second half of a flood: from the middle of the third quarter to that of the last."""
LEAST = 30
"""Looks, one a second, that a quarter of a flood must have: before that services still warm up."""
_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_MIB = 1 << 20


def measurable() -> bool:
    """Whether this machine tells what a process holds: Linux does."""
    return (_PROC / "self" / "statm").exists()


def resident(pid: int) -> float:
    """MiB of a process and of all that it has started; 0 once it is gone."""
    children: dict[int, list[int]] = {}
    for one in _PROC.iterdir():
        if one.name.isdigit() and (parent := _parent(one)) is not None:
            children.setdefault(parent, []).append(int(one.name))
    found, left = 0, [pid]
    while left:
        one_pid = left.pop()
        found += _pages(one_pid)
        left += children.get(one_pid, [])
    return found * _PAGE / _MIB


@dataclass
class Held:
    """What one service held, look by look."""

    kind: str
    looks: list[float] = field(default_factory=list)

    @property
    def most(self) -> float:
        return max(self.looks, default=0.0)

    @property
    def growth(self) -> float:
        """MiB between the medians of the third and the last quarter: a peak that is over is no growth.

        0 for a flood of less than two minutes.
        """
        quarter = len(self.looks) // 4
        if quarter < LEAST:
            return 0.0
        return statistics.median(self.looks[-quarter:]) - statistics.median(self.looks[-2 * quarter : -quarter])


def unbounded(
    held: Sequence[Held], most: Mapping[str, int] = MOST, growth: Mapping[str, int] = GROWTH
) -> Iterator[str]:
    """A sentence for each service that held, or grew by, more than it may."""
    for one in held:
        if one.most > most[one.kind]:
            yield f"{one.kind} held {one.most:.0f} MiB: {most[one.kind]} are the most"
        if one.growth > growth[one.kind]:
            yield f"{one.kind} grew by {one.growth:.0f} MiB in the second half: {growth[one.kind]} are the most"


def _parent(process: Path) -> int | None:
    try:
        # The name, in brackets, may hold anything.
        return int((process / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None


def _pages(pid: int) -> int:
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0
