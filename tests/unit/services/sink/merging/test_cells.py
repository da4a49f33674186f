"""Which reports are compared at all."""

from __future__ import annotations

from typing import Any

import pytest

from services.sink.merging.cells import cells, meet, strong_cells
from services.sink.merging.signature import Signature, signature
from tests.unit.services.sink.merging.build import dead, report, town


def told(article: str, *words: str, place: str | None = None, killed: int | None = None) -> Signature:
    facts: dict[str, Any] = {
        "place": town(place) if place else None,
        "casualties": {} if killed is None else dead(killed),
    }
    return signature(report(article, about={"keywords": list(words)}, **facts))


def met(one: Signature, other: Signature) -> bool:
    both = meet(cells(one), cells(other), strong_cells(one))
    assert both == meet(cells(other), cells(one), strong_cells(other))
    return both


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        (("Osei", "market", "ferry"), {}),
        (("Kwame Osei",), {}),
        (("Osei, Kwame",), {}),
        (("ferry",), {"place": "Kintampo"}),
        (("ferry",), {"killed": 4}),
        ((), {"place": "Kintampo", "killed": 4}),
    ],
)
def test_two_meet_in_two_things_or_in_one_that_few_share(words: tuple[str, ...], facts: dict[str, Any]) -> None:
    assert met(told("a", *words, "bridge", "Adjei", **facts), told("b", *words, "harvest", "Mensah", **facts))


@pytest.mark.parametrize(
    ("words", "facts"), [((), {}), (("ferry",), {}), ((), {"place": "Kintampo"}), ((), {"killed": 4})]
)
def test_two_do_not_meet_in_one_word_town_or_number(words: tuple[str, ...], facts: dict[str, Any]) -> None:
    assert not met(told("a", *words, "bridge", **facts), told("b", *words, "harvest", **facts))
