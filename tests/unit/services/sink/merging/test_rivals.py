from __future__ import annotations

import dataclasses
from itertools import combinations

import pytest

from services.sink.merging.grouping import group
from services.sink.merging.knowledge import knowledge
from services.sink.merging.likeness import RULED_OUT
from services.sink.merging.rivals import outweighable, without_rivals
from services.sink.merging.signature import Signature, signature
from tests.unit.services.sink.merging.build import report

# Two articles: the first tells of the bombing alone, the second of a shooting and of that bombing besides.
BOMBING, SHOOTING, BESIDES = range(3)


def three(shooting: int | None = 2, bombing: int = 21) -> list[Signature]:
    base = signature(report("a"))
    return [
        dataclasses.replace(base, article="one", main=True, killed=bombing, injured=None),
        dataclasses.replace(base, article="two", main=True, killed=shooting, injured=None),
        dataclasses.replace(base, article="two", main=False, killed=bombing, injured=None),
    ]


LIKENESSES = {(BOMBING, SHOOTING): 300, (BOMBING, BESIDES): 400, (SHOOTING, BESIDES): RULED_OUT}


def test_the_incident_that_a_side_event_is_of_is_not_the_main_event_s() -> None:
    assert without_rivals(LIKENESSES, three()) == {**LIKENESSES, (BOMBING, SHOOTING): 0}


@pytest.mark.parametrize("shooting", [None, 0, 21])
def test_without_another_number_of_dead_both_may_be_one_deed(shooting: int | None) -> None:
    assert without_rivals(LIKENESSES, three(shooting)) == LIKENESSES


def test_a_rival_must_be_clearly_liker() -> None:
    close = {**LIKENESSES, (BOMBING, SHOOTING): 380}
    assert without_rivals(close, three()) == close


def test_a_side_event_has_no_rival_in_the_main_one() -> None:
    other = {**LIKENESSES, (BOMBING, SHOOTING): 400, (BOMBING, BESIDES): 300}
    assert without_rivals(other, three(21, 2)) == other


def test_it_is_the_same_whichever_report_came_first() -> None:
    signatures = three()
    turned = {(2 - b, 2 - a): value for (a, b), value in LIKENESSES.items()}
    found = without_rivals(turned, signatures[::-1])
    assert {(2 - b, 2 - a): value for (a, b), value in found.items()} == without_rivals(LIKENESSES, signatures)


def test_many_that_agree_outweigh_one_whose_place_was_misread() -> None:
    told = [signature(report(name)) for name in "abcd"]
    assert outweighable({(0, 1): 300, (0, 2): RULED_OUT}, told) == {(0, 1): 300, (0, 2): -knowledge().contradiction}
    joined = dict.fromkeys(combinations(range(4), 2), 600) | {(0, 3): RULED_OUT}
    assert len(group(4, joined)) == 2
    assert group(4, outweighable(joined, told)) == [[0, 1, 2, 3]]


def test_one_contradiction_keeps_two_reports_apart_and_two_from_a_third() -> None:
    told = [signature(report(name)) for name in "abc"]
    pairs = {(0, 1): 900, (0, 2): RULED_OUT, (1, 2): 900}
    assert len(group(3, outweighable(pairs, told))) == 2


def test_reports_of_one_article_stay_two_whatever_joins_others() -> None:
    told = [signature(report("a")), signature(report("a")), signature(report("b", about={"status": "exercise"}))]
    pairs = {(0, 1): RULED_OUT, (0, 2): RULED_OUT}
    assert outweighable(pairs, told) == pairs
