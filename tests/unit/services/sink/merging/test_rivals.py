from __future__ import annotations

import dataclasses

import pytest

from services.sink.merging.likeness import RULED_OUT
from services.sink.merging.rivals import without_rivals
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
