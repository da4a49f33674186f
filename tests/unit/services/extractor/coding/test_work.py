"""The coder's work grows with the length of an article, also where one thing is told over and over."""

from __future__ import annotations

import sys

import pytest

from tests.unit.services.extractor.coding.articles import coded


def _calls(text: str) -> int:
    """How many Python functions were called to code the text: a measure that no other load changes."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    coded("Rebels killed two people in Goma on Monday.")  # what is loaded once is not counted
    sys.setprofile(note)
    try:
        coded(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("The council met again and talked of the road. ", id="nothing to code"),
        pytest.param("Rebels killed two people in Goma on Monday. ", id="a sentence"),
        pytest.param("12 March\tGoma\t5 killed\n", id="a table"),
        pytest.param(
            "air strike on Goma, ",
            id="a list",
            marks=pytest.mark.xfail(
                strict=False, reason="each trigger walks the tree to each place: cubic in a sentence"
            ),
        ),
    ],
)
def test_four_times_the_text_is_less_than_nine_times_the_work(piece: str) -> None:
    """Four is linear and sixteen is quadratic."""
    length = 240
    text = piece * (4 * length // len(piece))
    assert _calls(text) < 9 * _calls(text[:length])
