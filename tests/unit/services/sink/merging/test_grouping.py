from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from services.sink.merging.grouping import components, group
from services.sink.merging.knowledge import knowledge
from services.sink.merging.likeness import RULED_OUT

ENOUGH = knowledge().enough


def test_reports_that_are_like_one_another_are_one_group() -> None:
    assert group(3, {(0, 1): ENOUGH, (0, 2): ENOUGH, (1, 2): ENOUGH}) == [[0, 1, 2]]


def test_one_likeness_below_what_is_enough_joins_nothing() -> None:
    assert group(2, {(0, 1): ENOUGH - 1}) == [[0], [1]]


def test_a_chain_is_no_group() -> None:
    # 0 is like 1 and 1 like 2, but 0 and 2 have nothing in common: the stronger pair stands
    assert group(3, {(0, 1): 2 * ENOUGH - 2, (1, 2): ENOUGH}) == [[0, 1], [2]]


def test_what_is_ruled_out_stays_apart_however_much_joins_the_rest() -> None:
    likenesses = {(0, 1): 1000, (1, 2): 900, (0, 2): RULED_OUT, (2, 3): 1000, (1, 3): 900, (0, 3): 1000}
    assert group(4, likenesses) == [[0, 1], [2, 3]]


def test_of_equal_pairs_the_earlier_joins_first() -> None:
    assert group(3, {(0, 1): ENOUGH, (1, 2): ENOUGH, (0, 2): RULED_OUT}) == [[0, 1], [2]]


pairs = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.one_of(st.integers(-300, 1400), st.just(RULED_OUT)),
)


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_in_which_pairs_come_changes_nothing(
    likenesses: dict[tuple[int, int], int], dice: random.Random
) -> None:
    shuffled = list(likenesses.items())
    dice.shuffle(shuffled)
    assert group(8, dict(shuffled)) == group(8, likenesses)


@given(pairs)
def test_every_report_is_in_one_group_and_no_group_holds_what_is_ruled_out(
    likenesses: dict[tuple[int, int], int],
) -> None:
    found = group(8, likenesses)
    assert sorted(n for nodes in found for n in nodes) == list(range(8))
    for nodes in found:
        assert not any(likenesses.get((a, b)) == RULED_OUT for b in nodes for a in nodes if a < b)


@given(pairs)
def test_a_component_is_grouped_alike_alone_and_among_others(likenesses: dict[tuple[int, int], int]) -> None:
    whole = group(8, likenesses)
    parts = []
    for part in components(8, (pair for pair, value in likenesses.items() if value >= ENOUGH)):
        inner = {
            (part.index(a), part.index(b)): value for (a, b), value in likenesses.items() if a in part and b in part
        }
        parts += [[part[n] for n in nodes] for nodes in group(len(part), inner)]
    assert sorted(parts) == whole


def test_what_articles_are_mainly_about_is_brought_together_first() -> None:
    likenesses = {(0, 1): 300, (0, 2): 900, (1, 2): RULED_OUT}
    assert group(3, likenesses) == [[0, 2], [1]]
    assert group(3, likenesses, first={0, 1}) == [[0, 1], [2]]


def test_of_an_average_over_many_pairs_less_is_enough() -> None:
    weak = knowledge().enough - 10
    within = {(0, 1): 900, (2, 3): 900}
    across = {(one, other): weak for one in (0, 1) for other in (2, 3)}
    assert group(2, {(0, 1): weak}) == [[0], [1]]
    assert group(4, within | across) == [[0, 1, 2, 3]]
