"""Confidence is judged on incidents alone: all wrong where there should be none, else by the main event."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas.article_events import ArticleEvents, Coder
from schemas.event import ConflictEvent, Plover
from tests.quality.case import Case
from tests.quality.reliability import Bin, judged, reliability
from tests.quality.run import CaseResult

ATTACK = ConflictEvent(id="1", rank=0, sub_event_type="Attack", plover=Plover(event="ASSAULT"), confidence=0.9)
TALKS = ConflictEvent(id="2", rank=0, plover=Plover(event="CONSULT"), confidence=0.9)


def result(case: dict[str, object], *events: ConflictEvent) -> CaseResult:
    time = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    answer = ArticleEvents(
        article_id="x", article_time=time, coder=Coder(name="rules", version="1"), events=list(events)
    )
    return CaseResult("x", Case.model_validate({"text": "x", **case}), answer, [])


@pytest.mark.parametrize(
    ("case", "event", "want"),
    [
        ({"events": [{"type": "Attack"}]}, ATTACK, [(0.9, True)]),
        ({"events": [{"type": "Attack", "killed": 7}]}, ATTACK, [(0.9, True)]),
        ({"events": [{"type": "Mob violence"}]}, ATTACK, [(0.9, False)]),
        ({"events": "none"}, ATTACK, [(0.9, False)]),
        ({"nothing": True}, ATTACK, [(0.9, False)]),
        ({"events": "none"}, TALKS, []),
        ({"events": [{"plover": "CONSULT"}]}, TALKS, []),
    ],
)
def test_an_incident_is_judged(case: dict[str, object], event: ConflictEvent, want: list[tuple[float, bool]]) -> None:
    assert list(judged(result(case, event))) == want


def test_events_are_binned_by_confidence() -> None:
    sure = [result({"events": [{"type": "Attack"}]}, ATTACK), result({"nothing": True}, ATTACK)]
    unsure = result({"nothing": True}, ATTACK.model_copy(update={"confidence": 0.1}))
    certain = result({"nothing": True}, ATTACK.model_copy(update={"confidence": 1.0}))
    assert reliability([*sure, unsure]) == [Bin(1, 0.1, 0.0), Bin(2, 0.9, 0.5)]
    assert [part.events for part in reliability([certain])] == [1]
