from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Actor, EventDate
from services.sink.merging.facts import Merged, merge
from tests.unit.services.sink.merging.build import DAY, dead, on, report, town


def claims(merged: Merged, field: str) -> dict[str, list[str]]:
    return {c.value: c.sources for d in merged.disagreements if d.field == field for c in d.claims}


def test_one_report_is_its_own_facts() -> None:
    alone = report("a")
    merged = merge([alone])
    assert merged.event.model_dump() == {
        k: v for k, v in alone.event.model_dump().items() if k in merged.event.model_dump()
    }
    assert (merged.sources, merged.disagreements) == (1, [])


def test_the_most_precise_place_and_day_that_agree_stand() -> None:
    region = town("Borno", precision=3, latitude=None, longitude=None)
    week = EventDate(start=DAY, end=DAY + dt.timedelta(days=6), precision="week", text="this week", basis="text")
    merged = merge([report("a", place=region, date=week), report("b", hours=1)])
    assert merged.event.place is not None
    assert merged.event.date is not None
    assert (merged.event.place.name, merged.event.date.end) == ("Maiduguri", DAY)
    assert not merged.disagreements


def test_what_differs_is_shown_with_who_says_it_and_not_averaged() -> None:
    merged = merge(
        [report("a", casualties=dead(12)), report("b", casualties=dead(14)), report("c", casualties=dead(12))]
    )
    killed = merged.event.casualties.killed
    assert killed is not None
    assert (killed.low, killed.best, killed.high) == (12, 12, 14)
    assert claims(merged, "casualties.killed") == {"12": ["The a Paper", "The c Paper"], "14": ["The b Paper"]}


def test_a_day_that_excludes_the_others_is_a_disagreement() -> None:
    merged = merge([report("a"), report("b"), report("c", date=on(DAY + dt.timedelta(days=1)))])
    assert claims(merged, "date") == {"2024-03-11": ["The a Paper", "The b Paper"], "2024-03-12": ["The c Paper"]}


def test_an_outlet_speaks_by_its_newest_report() -> None:
    merged = merge(
        [report("a", source="Post", casualties=dead(9)), report("b", hours=1, source="Post", casualties=dead(4))]
    )
    killed = merged.event.casualties.killed
    assert killed is not None
    assert (killed.low, killed.best, merged.sources) == (4, 4, 1)


def test_a_name_takes_the_place_of_a_description() -> None:
    gunmen = Actor(role="perpetrator", name="Unidentified Armed Group", mention="gunmen", kind="Political militia")
    group = Actor(role="perpetrator", name="Boko Haram", mention="Boko Haram", kind="Rebel group", country="NGA")
    merged = merge([report("a", actors=[gunmen]), report("b", actors=[group])])
    assert [actor.name for actor in merged.event.actors] == ["Boko Haram"]


def test_the_type_that_most_sources_give_stands() -> None:
    bomb = {"event_type": "Explosions/Remote violence", "sub_event_type": "Suicide bomb"}
    merged = merge([report("a"), report("b", **bomb), report("c", **bomb)])
    assert merged.event.sub_event_type == "Suicide bomb"


@given(st.permutations(range(5)), st.randoms(use_true_random=False))
def test_facts_do_not_depend_on_the_order_of_the_reports(order: list[int], dice: random.Random) -> None:
    places = [
        None,
        town("Bama"),
        town("Maiduguri"),
        town("Borno", precision=3, latitude=None, longitude=None),
        town("Bama"),
    ]
    told = [
        report(
            f"a{n}", hours=n % 3, place=places[n], casualties=dead(3 + n % 2), date=on(DAY + dt.timedelta(days=n % 2))
        )
        for n in range(5)
    ]
    assert merge([told[n] for n in order]) == merge(told)


@pytest.mark.parametrize("source", ["The a Paper", "The b Paper"])
def test_the_day_of_a_verdict_is_not_that_of_the_deed(source: str) -> None:
    verdict = on(DAY + dt.timedelta(days=300))
    merged = merge([report("a", date=on(DAY)), report("b", hours=24 * 301, date=verdict, source=source)])
    assert merged.event.date == on(DAY)
