from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.reading.words import WordFinder, letters

FINDER = WordFinder(["two", "half a dozen", "A", "o'clock"])


def _found(text: str) -> list[str]:
    return [text[start:end] for _, start, end in FINDER.find(text)]


def test_whole_words_of_the_list_are_found_in_any_case() -> None:
    assert _found("Two, a two-day and 5two halves: half\n(TWO)") == ["Two", "a", "two", "two", "half", "TWO"]


def test_a_phrase_is_found_by_its_first_word() -> None:
    assert FINDER.words == ("a", "half", "o", "two")


def test_nothing_is_found_inside_a_word() -> None:
    assert _found("network atwo twos \u00e4two") == []


@given(st.text())
def test_offsets_stay(text: str) -> None:
    assert len(letters(text)) == len(text) + 2
    for number, start, end in FINDER.find(text):
        assert letters(text[start:end]).strip() == FINDER.words[number]
