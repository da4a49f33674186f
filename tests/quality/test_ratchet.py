"""No phenomenon of news English may be read worse than it once was; and the ratchet only goes up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from schemas.article_events import ArticleEvents, Coder
from tests.quality import ratchet
from tests.quality.case import Case, load
from tests.quality.compare import Check
from tests.quality.run import CaseResult, PhenomenonResult, run_phenomenon

PHENOMENA = load()
ANSWER = ArticleEvents(
    article_id="x", article_time=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), coder=Coder(name="rules", version="1")
)


@pytest.mark.parametrize("stem", PHENOMENA)
def test_a_phenomenon_is_read_at_least_as_well_as_before(stem: str) -> None:
    result = run_phenomenon(stem, PHENOMENA[stem])
    lost = ratchet.fallen(result, ratchet.read()[stem])
    failing = [
        f"{c.name} {k.field}: wanted {k.wanted}, got {k.got}" for c in result.cases for k in c.checks if not k.ok
    ]
    assert not lost, "\n".join([*lost, "These fail now, some of which passed before:", *failing])


def test_every_phenomenon_has_its_mark() -> None:
    assert set(ratchet.read()) == set(PHENOMENA)


def _result(outcomes: list[bool]) -> PhenomenonResult:
    cases = [
        CaseResult(f"x-{i}", Case(text="x", nothing=True), ANSWER, [Check("nothing", ok, "", "")])
        for i, ok in enumerate(outcomes)
    ]
    return PhenomenonResult("x", "X", cases)


def test_a_mark_goes_up_and_never_down() -> None:
    up = ratchet.raised({"x": ratchet.Mark(cases=1, fields=1)}, [_result([True, True])])
    assert up == {"x": ratchet.Mark(cases=2, fields=2)}
    assert ratchet.raised(up, [_result([False, True])]) == up


def test_what_is_lost_is_named() -> None:
    assert ratchet.fallen(_result([True, False]), ratchet.Mark(cases=2, fields=1)) == ["X: 1 cases pass, 2 did"]
    assert ratchet.fallen(_result([True, False]), ratchet.Mark(cases=1, fields=1)) == []


def test_marks_are_read_as_written(tmp_path: Path) -> None:
    marks = {"x": ratchet.Mark(cases=3, fields=7)}
    ratchet.write(marks, tmp_path / "ratchet.yaml")
    assert ratchet.read(tmp_path / "ratchet.yaml") == marks
    assert ratchet.read(tmp_path / "none.yaml") == {}
