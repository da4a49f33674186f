"""Fits confidence to our own cases: `python -m tests.quality.fit` writes events/confidence.yaml anew.

A logistic regression in which no feature may speak against an event and weights are kept small. Rules are mended
until our cases are read rightly, so the share that is right now flatters the coder: the table is then lowered as a
whole until its mean is the share that was right when most of the cases were coded for the first time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

import services.extractor.coding.events.confidence as table
from schemas.event import ConflictEvent
from tests.quality.case import load
from tests.quality.reliability import incidents
from tests.quality.run import CaseResult, run_all

FILE = Path(table.__file__).with_name("confidence.yaml")
FIRST_SIGHT = 0.73
"""The share of 351 incidents that were right before any rule had been mended against the cases that hold them."""
_STEPS, _PACE, _SHRINK = 3000, 0.5, 0.004
_HEAD = """\
# How sure the coder is of an event, in log odds: `base`, and what each feature that holds adds (events/confidence.py
# names them). Fitted to the project's own cases by `python -m tests.quality.fit`; never edited by hand.
"""

Row = tuple[list[float], float]


def rows(cases: Sequence[CaseResult]) -> Iterator[tuple[ConflictEvent, bool]]:
    """The events that our cases judge, and whether they are right."""
    for case in cases:
        yield from incidents(case)


def fit(told: Sequence[tuple[ConflictEvent, bool]], mean: float) -> tuple[float, dict[str, float]]:
    """Base and weights by gradient descent from nought; the mean of what they tell is `mean`."""
    names = list(table.features(told[0][0]))
    found: list[Row] = [([float(v) for v in table.features(event).values()], float(right)) for event, right in told]
    weights, base = [0.0] * len(names), 0.0
    for _ in range(_STEPS):
        slopes, slope = [0.0] * len(names), 0.0
        for values, right in found:
            error = _share(base, weights, values) - right
            slope += error
            slopes = [s + error * v for s, v in zip(slopes, values, strict=True)]
        base -= _PACE * slope / len(found)
        weights = [max(0.0, w - _PACE * (s / len(found) + _SHRINK * w)) for w, s in zip(weights, slopes, strict=True)]
    return _lowered(base, weights, found, mean), dict(zip(names, weights, strict=True))


def _lowered(base: float, weights: Sequence[float], found: Sequence[Row], mean: float) -> float:
    """The base with which the mean of all shares is `mean`, by halving."""
    low, high = base - 10, base + 10
    for _ in range(60):
        middle = (low + high) / 2
        told = sum(_share(middle, weights, values) for values, _ in found) / len(found)
        low, high = (middle, high) if told < mean else (low, middle)
    return (low + high) / 2


def _share(base: float, weights: Sequence[float], values: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-base - sum(w * v for w, v in zip(weights, values, strict=True))))


def main() -> None:
    """Write the file."""
    told = list(rows([case for result in run_all(load()) for case in result.cases]))
    base, weights = fit(told, FIRST_SIGHT)
    fitted = {"base": round(base, 2), "weights": {name: round(weight, 2) for name, weight in weights.items()}}
    FILE.write_text(_HEAD + yaml.safe_dump(fitted, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
