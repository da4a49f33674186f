from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.sink.merging.copies import copies, originals, story
from services.sink.merging.gather import incidents
from services.sink.merging.likeness import are_copies
from services.sink.merging.report import ArticleReport
from services.sink.merging.signature import signature
from tests.unit.services.sink.merging.build import dead, report, town

TEXT = list(range(64))


def agency(name: str, hours: float, *, marks: list[int] = TEXT, **facts: Any) -> ArticleReport:
    return report(name, hours=hours, about={"fingerprint": marks}, **facts)


def number(one: ArticleReport) -> int | None:
    return story([one], [signature(one)])


def test_one_story_are_the_same_facts_whoever_prints_them_and_when() -> None:
    assert number(agency("a", 0)) == number(agency("b", 5, marks=[*TEXT[:40], *range(100, 124)]))


def test_another_fact_makes_another_story() -> None:
    assert number(agency("a", 0)) != number(agency("b", 0, casualties=dead(8)))
    assert number(agency("a", 0)) != number(agency("b", 0, place=town("Bama")))


def test_a_text_too_short_to_compare_is_nobody_s_copy() -> None:
    assert number(agency("a", 0, marks=[])) is None
    assert story([], []) is None


def test_a_copy_stands_behind_the_first_before_it_that_stands_alone() -> None:
    near = {(1, 2), (2, 3), (1, 4), (3, 4)}
    assert originals([1, 2, 3, 4], lambda a, b: (a, b) in near) == {1: None, 2: 1, 3: None, 4: 1}


def test_copies_go_with_their_original_whatever_others_are_like() -> None:
    printed = [agency(f"p{n:02}", n / 10) for n in range(30)]
    other = report("other", hours=1, place=town("Bama"))
    found = incidents([*printed, other])
    assert [len(group) for group in found] == [30, 1]


prints = st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), min_size=1, max_size=9).map(
    lambda many: list(dict.fromkeys(map(tuple, many)))
)


def parts(size: int, pairs: list[tuple[int, int]]) -> set[frozenset[int]]:
    home = [{n} for n in range(size)]
    for one, other in pairs:
        whole = home[one] | home[other]
        for member in whole:
            home[member] = whole
    return {frozenset(part) for part in home}


@given(prints)
def test_pairs_tie_what_all_comparisons_would(texts: list[tuple[int, ...]]) -> None:
    size = len(texts)
    every = [(a, b) for b in range(size) for a in range(b) if are_copies(texts[a], texts[b])]
    assert parts(size, list(copies(texts))) == parts(size, every)


@given(st.integers(0, 1000))
def test_numbers_of_any_size_are_compared(seed: int) -> None:
    chance = random.Random(seed)
    text = tuple(chance.choice([-1, 2**70, 2**64 - 1]) for _ in range(4))
    assert list(copies([text, (*text[:2], 7, 8)])) == [(0, 1)]
