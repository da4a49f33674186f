"""Copies of a text share most of their fingerprint, other texts little; the same text always has the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.fingerprint import MIN_WORDS, PERMUTATIONS, fingerprint

STORY = (
    "Gunmen killed nine farmers, including two women, near the town of Gao on Tuesday, the army said in a statement. "
    "The attack came a week after rebels threatened to storm the town, which lies on the river. Residents told "
    "reporters that the attackers came on motorcycles and left before soldiers reached the fields."
)
OTHER = (
    "The central bank left its main rate unchanged on Wednesday, as most analysts had expected, and said that prices "
    "would rise more slowly in the second half of the year. Shares closed higher after the announcement, and the "
    "currency gained against the dollar for a third day in a row, traders said."
)


def _alike(one: str, other: str) -> float:
    pairs = zip(fingerprint(one), fingerprint(other), strict=True)
    return sum(a == b for a, b in pairs) / PERMUTATIONS


def test_a_copy_with_another_word_is_alike_and_another_story_is_not() -> None:
    assert _alike(STORY, STORY) == 1
    assert _alike(STORY, STORY.replace("Tuesday", "Monday")) > 0.6
    assert _alike(STORY, OTHER) < 0.2


def test_case_and_marks_do_not_count() -> None:
    assert fingerprint(STORY.upper().replace(",", " -")) == fingerprint(STORY)


def test_a_text_too_short_to_compare_has_none() -> None:
    assert fingerprint("word " * (MIN_WORDS - 1)) == []
    assert len(fingerprint("word " * MIN_WORDS)) == PERMUTATIONS


@given(st.text(max_size=400))
def test_any_text_has_one_fingerprint_of_whole_numbers(text: str) -> None:
    once = fingerprint(text)
    assert once == fingerprint(text)
    assert len(once) in (0, PERMUTATIONS)
    assert all(0 <= number < 2**63 for number in once)
