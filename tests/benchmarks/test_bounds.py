"""The bench says which bound is broken, from its figures alone: nothing is timed here."""

from __future__ import annotations

from dataclasses import replace

from tests.benchmarks import texts
from tests.benchmarks.__main__ import CONFLICT, GENERAL, bounds
from tests.benchmarks.measure import Measured

GOOD = {
    CONFLICT: Measured(articles=1, words=1000, sentences=50, passed=40, seconds=1.2, spacy=1.0),
    GENERAL: Measured(articles=1, words=1000, sentences=50, passed=1, seconds=0.1, spacy=0.0),
}


def test_bounds_that_hold_are_not_told() -> None:
    assert list(bounds(GOOD, 599)) == []


def test_each_broken_bound_is_told() -> None:
    slow = {CONFLICT: replace(GOOD[CONFLICT], seconds=1.31), GENERAL: replace(GOOD[GENERAL], seconds=0.3, passed=6)}
    told = list(bounds(slow, 601))
    assert len(told) == 4
    assert "1.31 times" in told[0]


def test_there_are_texts_of_our_own() -> None:
    assert len(texts.general()) > 10
    assert len(texts.short_conflict()) > 5 * len(texts.long_conflict()) > 100
