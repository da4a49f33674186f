from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schemas import Actor, Casualties, ConflictEvent, Evidence, Toll
from services.sink.merging.parts import units, whole
from services.sink.merging.report import reports_of
from tests.messages import event, message
from tests.unit.services.sink.merging.build import DAY, dead, on, town


def told(rank: int, **facts: Any) -> ConflictEvent:
    """An event in Maiduguri on 11 March without a toll."""
    fields: dict[str, Any] = {"place": town("Maiduguri"), "date": on(DAY), "actors": [], "casualties": Casualties()}
    return event("a1", 8 + rank, **(fields | facts)).model_copy(update={"rank": rank})


def doer(name: str) -> list[Actor]:
    return [Actor(role="perpetrator", name=name, mention=name, kind="Rebel group", country="NGA")]


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"date": None},
        {"place": None},
        {"date": on(DAY + dt.timedelta(days=3), told=False)},
        {"place": town("Borno", precision=3, latitude=None, longitude=None)},
        {"event_type": "Strategic developments", "sub_event_type": "Disrupted weapons use"},
        {"event_type": "Protests", "sub_event_type": "Peaceful protest"},
    ],
)
def test_what_nothing_tells_apart_is_a_part(part: dict[str, Any]) -> None:
    assert len(units([told(0, casualties=dead(7)), told(1, **part)])) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"date": on(DAY + dt.timedelta(days=1))},
        {"place": town("Bama")},
        {"place": town("Tripoli", "Tripoli", "LBY")},
        {"casualties": dead(2)},
        {"actors": doer("ISWAP")},
        {"event_type": "Strategic developments", "sub_event_type": "Arrests", "place": town("Bama")},
    ],
)
def test_another_day_town_toll_or_doer_is_another_incident(other: dict[str, Any]) -> None:
    main = told(0, casualties=dead(7), actors=doer("Boko Haram"))
    assert len(units([main, told(1, **other)])) == 2


def test_the_weightiest_event_tells_a_unit_and_the_others_fill_it() -> None:
    span = Evidence(field="casualties.injured", in_="text", start=47, end=57, text="At least 7")
    hurt = Casualties(injured=Toll(best=7, text="At least 7"))
    found = told(0, event_type="Strategic developments", sub_event_type="Disrupted weapons use", casualties=hurt)
    found = found.model_copy(update={"evidence": [*found.evidence, span], "inferred": ["casualties.injured", "date"]})
    attack = told(1, casualties=dead(3), place=None)
    one = whole([found, attack])
    assert (one.id, one.rank, one.sub_event_type) == (attack.id, 1, "Attack")
    assert one.casualties.killed == attack.casualties.killed
    assert one.casualties.injured == hurt.injured
    assert span in one.evidence
    assert one.inferred == ["casualties.injured"]
    assert one.place == found.place


def test_named_doers_of_a_part_of_the_same_type_are_the_unit_s_where_the_weightiest_names_none() -> None:
    span = Evidence(field="actors.0", in_="text", start=47, end=57, text="At least 7")
    part = told(1, actors=doer("Boko Haram"), evidence=[span], inferred=["actors.0"])
    nobody = told(0, actors=[Actor(role="target", name="Civilians", mention="villagers", kind="Civilians")])
    found = whole([nobody, part])
    assert [actor.name for actor in found.actors] == ["Civilians", "Boko Haram"]
    assert [e.field for e in found.evidence if e.field.startswith("actors")] == ["actors.1"]
    assert "actors.1" in found.inferred
    assert whole([told(0, actors=doer("Ansaru")), part]).actors == doer("Ansaru")


def test_a_report_with_the_lowest_ranked_event_is_the_main_one_whatever_tells_it() -> None:
    law = told(0, event_type="Strategic developments", sub_event_type="Other")
    (report,) = reports_of(message(events=[law, told(1)]))
    assert (report.main, report.event.rank) == (True, 1)
