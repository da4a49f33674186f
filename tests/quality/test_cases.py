"""The cases themselves keep their promises: enough, of one format, no text twice, a third negative."""

from __future__ import annotations

from collections import Counter

import pytest
from pydantic import ValidationError

from tests.quality.case import Case, load

CASES = [(stem, case) for stem, phenomenon in load().items() for case in phenomenon.cases]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 300
    assert len({stem for stem, _ in CASES}) >= 45


def test_no_text_stands_twice() -> None:
    twice = [text for text, n in Counter((case.title, case.text) for _, case in CASES).items() if n > 1]
    assert not twice


def test_phenomena_have_names_of_their_own() -> None:
    names = [phenomenon.phenomenon for phenomenon in load().values()]
    assert len(set(names)) == len(names)


def test_a_third_are_negative() -> None:
    assert sum(case.negative() for _, case in CASES) * 3 >= len(CASES)


def test_a_quarter_tell_of_no_incident_at_all() -> None:
    assert sum(not case.wanted() for _, case in CASES) * 4 >= len(CASES)


@pytest.mark.parametrize(
    "stated",
    [
        {"text": "x"},
        {"text": "x", "events": "none", "nothing": True},
        {"text": "x", "events": []},
        {"text": "x", "events": [{"typ": "Attack"}]},
        {"text": "x", "events": [{"type": "Atack"}]},
        {"text": "x", "events": [{"plover": "ATTACK"}]},
        {"text": "x", "events": [{"killed": "seven"}]},
        {"text": "x", "events": [{"place": {"country": "Mali"}}]},
    ],
)
def test_a_case_that_breaks_the_format_is_refused(stated: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Case.model_validate(stated)
