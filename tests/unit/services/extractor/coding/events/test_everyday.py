"""Traffic, beasts, one who runs away and one who is held for a crime raise no alarm; what people mean does."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import violence

NO_INCIDENT = [
    "A cyclist was struck and killed by a motorist in Tucson on Friday.",
    "A pedestrian was mowed down by a drunken driver in Leeds on Sunday.",
    "A bear was shot dead by police in Asheville on Monday.",
    "A banker suspected of fraud hanged himself in his cell in Zurich on Monday.",
    "The suspect fled after the quarrel in Porto on Monday.",
    "An inmate escaped from prison near Austin on Monday.",
    "Police arrested a man in Leeds on Monday.",
    "The envoy said the allies would postpone large military drills.",
    "He would rather die in bed.",
]
INCIDENT = [
    ("A driver ploughed into a crowd in Nice on Thursday, killing 12 people; rebels claimed the attack.", "Attack"),
    ("Police arrested an opposition leader in Harare on Monday.", "Arrests"),
    ("Police arrested 40 men in Harare on Monday.", "Arrests"),
    ("Villagers fled after gunmen burnt their homes in Plateau state on Monday.", "Other"),
    ("The dissident's bodyguard was shot dead in Tbilisi on Monday.", "Attack"),
    ("Students staged a die-in in Madrid on Monday.", "Peaceful protest"),
]


@pytest.mark.parametrize("text", NO_INCIDENT)
def test_what_local_news_tells_raises_no_incident(text: str) -> None:
    assert [e.sub_event_type for e in violence(text) if e.makes_incident()] == []


@pytest.mark.parametrize(("text", "expected"), INCIDENT)
def test_what_people_mean_raises_one(text: str, expected: str) -> None:
    assert expected in [e.sub_event_type for e in violence(text) if e.makes_incident()]
