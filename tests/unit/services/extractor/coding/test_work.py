"""The coder's work grows with the length of an article, also where one thing is told over and over."""

from __future__ import annotations

import sys

import pytest

from services.extractor.coding.reading.sentences import MAX_SENTENCE
from tests.unit.services.extractor.coding.articles import coded


def _calls(text: str) -> int:
    """How many Python functions were called to code the text: a measure that no other load changes."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    coded(text)  # what is loaded or kept after the first time is not counted
    sys.setprofile(note)
    try:
        coded(text)
    finally:
        sys.setprofile(None)
    return count


NEWS = "Rebels killed two people in Goma on Monday. "
LISTED = "Goma, Aleppo, Kandahar, Lagos, Mosul, Kyiv, Gao, Bamako, Sirte, Herat, "


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("The council met again and talked of the road. ", id="nothing to code"),
        pytest.param(NEWS, id="a sentence"),
        pytest.param("12 March\tGoma\t5 killed\n", id="a table"),
        pytest.param("air strike on Goma, ", id="a list"),
    ],
)
def test_four_times_the_text_is_less_than_nine_times_the_work(piece: str) -> None:
    """Four is linear and sixteen is quadratic."""
    length = 240
    text = piece * (4 * length // len(piece))
    assert _calls(text) < 9 * _calls(text[:length])


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("air strike on Goma, ", id="one strike over and over"),
        pytest.param(f"Rebels attacked, shelled, bombed and raided {LISTED}", id="deeds beside dozens of places"),
        pytest.param('"killed" ', id="quotes"),
        pytest.param("He said \u201cthey said \u2018he killed them\u2019\u201d, ", id="quotes within quotes"),
        pytest.param(NEWS.replace(".", ""), id="full stops lost"),
        pytest.param(NEWS.upper(), id="all capitals"),
        pytest.param("\n" * 200 + NEWS, id="blank lines"),
        pytest.param("<p>Gunmen <b>killed</b> 5&nbsp;people</p>", id="HTML left over"),
        pytest.param("\u0642\u062a\u0644 killed 5 attack \u0628\u063a\u062f\u0627\u062f. ", id="right to left"),
        pytest.param("k i l l e d bom-\nbing ki1led 5 peop1e ", id="scanned"),
        pytest.param("Kivu Liberation Front of the Army ", id="names"),
        pytest.param("1,000 2 three dozen killed ", id="numbers"),
        pytest.param("killed on Monday 1 May 2024 last week, ", id="dates"),
    ],
)
def test_a_long_text_costs_what_its_length_says(piece: str) -> None:
    """Beyond one overlong sentence, twice the text is about twice the work: four times would be quadratic."""
    length = 4 * MAX_SENTENCE
    text = (piece * (2 * length // len(piece) + 1))[: 2 * length]
    assert _calls(text) < 3 * _calls(text[:length])
