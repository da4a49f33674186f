from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from schemas import Casualties, Plover, Toll
from services.sink.severity import CertaintyBounds, SeverityRow, Table, certainty, severity, table, urgency
from tests.messages import event, killed

NONE = Casualties()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"casualties": killed(50)}, "extreme"),
        ({"casualties": killed(49)}, "severe"),
        ({"casualties": killed(5)}, "severe"),
        ({"casualties": killed(4)}, "moderate"),
        ({"casualties": Casualties(killed=Toll(low=12, text="dozens"))}, "severe"),
        ({"casualties": Casualties(killed=Toll(high=60))}, "moderate"),
        ({"casualties": Casualties(injured=Toll(low=25, best=25))}, "severe"),
        ({"casualties": killed(1), "weapons": ["drone"]}, "severe"),
        ({"casualties": killed(1), "weapons": ["knife"]}, "moderate"),
        ({"casualties": killed(1), "sub_event_type": "Chemical weapon"}, "extreme"),
        ({"casualties": NONE, "sub_event_type": "Chemical weapon"}, "severe"),
        ({"casualties": NONE, "modality": "attempted"}, "minor"),
        ({"casualties": NONE, "event_type": "Battles", "sub_event_type": "Armed clash"}, "moderate"),
        ({"casualties": NONE, "event_type": "Protests", "sub_event_type": "Peaceful protest"}, "minor"),
        (
            {"casualties": NONE, "event_type": None, "sub_event_type": None, "plover": Plover(event="ASSAULT")},
            "moderate",
        ),
    ],
)
def test_severity_by_the_table(changes: dict[str, Any], expected: str) -> None:
    assert severity(event("a1", **changes)) == expected


def test_every_row_can_decide() -> None:
    """A row behind one that always holds before it would be dead."""
    rows = table().severity
    for number, row in enumerate(rows):
        toll = {
            kind: Toll(low=getattr(row, kind), best=getattr(row, kind))
            for kind in ("killed", "injured", "missing", "abducted", "arrested", "displaced")
            if getattr(row, kind)
        }
        facts = event(
            "a1",
            casualties=Casualties(**toll),
            event_type=row.event_type[0] if row.event_type else "Protests",
            sub_event_type=row.sub_event_type[0] if row.sub_event_type else "Peaceful protest",
            plover=Plover(event=row.plover_event[0]) if row.plover_event else None,
            modality=row.modality[0] if row.modality else "actual",
            weapons=row.weapon[:1],
        )
        assert next(r.name for r in rows if r.holds(facts)) == row.name, number


def test_certainty_steps() -> None:
    assert certainty(event("a1", confidence=0.8), 1) == "likely"
    assert certainty(event("a1", confidence=0.8), 2) == "observed"
    assert certainty(event("a1", confidence=0.4), 1) == "possible"
    assert certainty(event("a1", confidence=0.4), 2) == "likely"
    assert certainty(event("a1", modality="attempted"), 1) == "possible"


def test_news_is_of_the_past_and_without_a_date_unknown() -> None:
    assert urgency(event("a1")) == "past"
    assert urgency(event("a1", date=None)) == "unknown"


def test_the_last_row_must_decide_everything() -> None:
    bounds = CertaintyBounds(observed_from_sources=2, doubtful_below_confidence=0.5, doubtful_modality=[])
    with pytest.raises(ValidationError, match="last row"):
        Table(severity=[SeverityRow(name="x", severity="minor", killed=1)], certainty=bounds)


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValidationError):
        SeverityRow.model_validate({"name": "x", "severity": "bad"})
    with pytest.raises(ValidationError):
        SeverityRow.model_validate({"name": "x", "severity": "minor", "sub_event_type": ["Air raid"]})
    with pytest.raises(ValidationError):
        SeverityRow.model_validate({"name": "x", "severity": "minor", "kiled": 3})
