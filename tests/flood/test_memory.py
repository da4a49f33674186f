"""What counts as bounded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.flood.memory import GROWTH, MOST, Held, measurable, resident, unbounded

MAY = {"sink": 100}


def told(looks: list[float]) -> list[str]:
    return list(unbounded([Held("sink", looks)], MAY, {"sink": 10}))


def test_what_is_bounded_is_not_told() -> None:
    assert told([50.0] * 200) == []
    assert told([0.0] * 100 + [100.0] * 100) == []


def test_a_peak_that_is_too_high_is_told() -> None:
    (one,) = told([50.0] * 99 + [101.0])
    assert "held 101 MiB" in one


def test_slow_growth_is_told_and_a_peak_that_is_over_does_not_hide_it() -> None:
    (one,) = told([20.0] * 60 + [99.0] * 40 + [20.0 + number / 2 for number in range(100)])
    assert "grew by 25 MiB" in one


def test_a_flood_too_short_to_tell_grows_by_nothing() -> None:
    assert told([float(number) for number in range(100)]) == []


@pytest.mark.skipif(not measurable(), reason="this system does not tell what a process holds")
def test_what_a_process_and_its_children_hold() -> None:
    assert resident(os.getpid()) > 5
    assert resident(os.getppid()) >= resident(os.getpid()) * 0.5
    assert resident(2**30) == 0


def test_the_table_of_limits_says_it() -> None:
    table = (Path(__file__).parents[2] / "deploy" / "limits.md").read_text("utf-8")
    for kind in ("ingest", "extractor", "sink"):
        assert f"| {kind} | {MOST[kind]:,} MiB | {GROWTH[kind]} MiB |" in table
