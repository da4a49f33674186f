"""The headline that a text repeats and the stamp of its day are cut off, however they are written."""

from __future__ import annotations

import datetime as dt

import pytest

from services.extractor.coding.reading.head import head_cuts
from services.extractor.coding.reading.sentences import split

TABLE = [
    ("Shell kills two in Donetsk", "Shell kills two in Donetsk AFP Friday 8 Nov 2019 A shell killed two people.", 3),
    ("Shell kills two in Donetsk - The Post", "Shell kills two in Donetsk A shell killed two people.", 2),
    ("Shell kills two in Donetsk", "8 November 2019 Shell kills two in Donetsk. A shell killed two.", 3),
    (None, "Published November 8 2019 A shell killed two people.", 2),
    (None, "8 November 2019 — A shell killed two people.", 2),
    (None, "Nov 8 2019 14:30 GMT A shell killed two people.", 2),
    (None, "Shell kills two in Donetsk\n\nA shell killed two people.", 2),
    (None, "Shell Kills Two in Donetsk\nA shell killed two people, a man of 61 and a woman of 44, in their flat.", 2),
]
WHOLE = [
    (None, "On 8 November 2019 a shell killed two people."),
    (None, "8 November 2019 was the day on which a shell killed two people."),
    ("Shell kills two in Donetsk", "Shell kills two in Donetsk, officials say, and a third is missing."),
    ("Shell kills two in Donetsk", "Shells fell on Donetsk again."),
    (None, "A shell that fell late on Friday on the outskirts of Donetsk killed\nIvan and Olha Marchenko in a flat."),
    (None, "Shells fell on the town of\nDonetsk again."),
    (None, "Shells fell on Donetsk again.\n\nTwo people were killed in a flat."),
    (None, "3 May 2019 Gunmen killed two people in Kaya."),  # half a year old: the day of what it tells
]
DAY = dt.date(2019, 11, 8)


@pytest.mark.parametrize(("title", "text", "sentences"), TABLE)
def test_headline_and_stamp_are_sentences_of_their_own(title: str | None, text: str, sentences: int) -> None:
    found = split(None, text, head_cuts(title, text, DAY))
    assert len(found) == sentences
    assert found[-1].text.startswith("A shell")
    assert all(s.text == text[s.start : s.end] for s in found)


@pytest.mark.parametrize(("title", "text"), WHOLE)
def test_a_sentence_that_goes_on_is_not_cut(title: str | None, text: str) -> None:
    assert head_cuts(title, text, DAY) == []


def test_without_a_day_of_publication_the_stamp_is_that_day() -> None:
    assert head_cuts(None, "3 May 2019 Gunmen killed two people in Kaya.", None) == [11]
