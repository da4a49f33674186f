"""Whether confidence means what it says: of the events told at 0.8, about 80% should be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.event import ConflictEvent
from tests.quality.case import NONE
from tests.quality.compare import compare
from tests.quality.run import CaseResult

BINS = 5
"""Equal parts of 0 to 1."""
FIELDS = ("type", "modality", "date", "place")
"""What must be right, where the case states it."""


@dataclass(frozen=True)
class Bin:
    """The events whose confidence lies in one part of 0 to 1."""

    events: int
    mean: float
    right: float


def reliability(cases: Sequence[CaseResult]) -> list[Bin]:
    """A bin for each part of 0 to 1 that holds events, lowest first."""
    return binned([pair for case in cases for pair in judged(case)])


def binned(told: Sequence[tuple[float, bool]]) -> list[Bin]:
    """The same of confidences and whether each was right."""
    bins = []
    for number in range(BINS):
        some = [(sure, right) for sure, right in told if min(int(sure * BINS), BINS - 1) == number]
        if some:
            mean = sum(sure for sure, _ in some) / len(some)
            bins.append(Bin(len(some), mean, sum(right for _, right in some) / len(some)))
    return bins


def judged(result: CaseResult) -> Iterator[tuple[float, bool]]:
    """Confidence, and whether right, of the events that make an incident and that the case can judge."""
    yield from ((event.confidence, right) for event, right in incidents(result))


def incidents(result: CaseResult) -> Iterator[tuple[ConflictEvent, bool]]:
    """The events that make an incident and that the case can judge, and whether each is right.

    Where there should be none, every one is wrong; else the main event alone is judged.
    """
    made = [event for event in result.answer.events if event.makes_incident()]
    if result.case.nothing or result.case.events == NONE:
        yield from ((event, False) for event in made)
    elif made and made[0] is result.answer.events[0]:
        main = result.case.model_copy(update={"events": result.case.wanted()[:1], "incidents": None})
        checks = [check for check in compare(main, result.answer) if check.field in FIELDS]
        yield made[0], all(check.ok for check in checks)
