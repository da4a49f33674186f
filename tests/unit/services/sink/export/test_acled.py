"""ACLED's columns: all of them, in its order, filled by its rules and no further than the facts go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schemas import Casualties, Plover
from services.sink.export import acled
from tests.unit.services.sink.export.build import actor, dead, incident, place, row, span

HEADER = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude
longitude geo_precision source source_scale notes fatalities tags timestamp
"""
CLASH = {"disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash"}


def told(**changes: Any) -> dict[str, Any]:
    return row(acled.COLUMNS, incident(**changes))


def test_the_columns_are_acleds_in_its_order() -> None:
    assert [column.name for column in acled.COLUMNS] == HEADER.split()


def test_a_row_is_filled_from_the_facts() -> None:
    assert told(place=place(1, admin1="Amanat Al Asimah")) == {
        "event_id_cnty": "i1",
        "event_date": dt.date(2024, 1, 15),
        "year": 2024,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Violence against civilians",
        "sub_event_type": "Attack",
        "actor1": "Raiders of the North",
        "assoc_actor_1": None,
        "inter1": "Political militia",
        "actor2": "Civilians (Yemen)",
        "assoc_actor_2": None,
        "inter2": "Civilians",
        "interaction": "Political militia-Civilians",
        "civilian_targeting": "Civilians targeted",
        "iso": 887,
        "region": "Middle East",
        "country": "Yemen",
        "admin1": "Amanat Al Asimah",
        "admin2": None,
        "admin3": None,
        "location": "Sanaa",
        "latitude": 15.35,
        "longitude": 44.2,
        "geo_precision": 1,
        "source": "The Paper",
        "source_scale": None,
        "notes": (
            "Attack in Sanaa, Amanat Al Asimah, Yemen, on 15 January 2024. By: Raiders of the North (political "
            "militia). Against: Civilians. Toll: at least 7 killed. Reported by The Paper."
        ),
        "fatalities": 7,
        "tags": None,
        "timestamp": 1705579200,
    }


@pytest.mark.parametrize(
    ("date", "day", "precision"),
    [
        (span("2024-01-15", "2024-01-15"), "2024-01-15", 1),
        (span("2024-01-15", "2024-01-16"), "2024-01-15", 2),
        (span("2024-01-15", "2024-01-21"), "2024-01-18", 2),
        (span("2024-01-01", "2024-01-31"), "2024-01-16", 3),
        (span("2024-01-01", "2024-02-01"), None, None),
        (span("2024-01-01", "2024-12-31"), None, None),
        (span("2024-01-15", "2024-01-15", "publication"), "2024-01-15", 2),
        (None, None, None),
    ],
)
def test_a_span_of_days_gives_its_middle_and_a_precision(date: Any, day: str | None, precision: int | None) -> None:
    found = told(date=date)
    assert (found["event_date"], found["time_precision"]) == (day and dt.date.fromisoformat(day), precision)
    assert found["year"] == (date and 2024)


def test_a_span_over_new_year_is_of_the_year_of_its_middle() -> None:
    assert told(date=span("2023-12-30", "2024-01-02"))["year"] == 2023
    assert told(date=span("2023-11-01", "2024-06-30"))["year"] is None


@pytest.mark.parametrize(
    ("name", "home", "shown"),
    [
        ("Unidentified Armed Group", None, "Unidentified Armed Group (Yemen)"),
        ("Civilians", "SAU", "Civilians (Saudi Arabia)"),
        ("Protesters (Kenya)", "KEN", "Protesters (Kenya)"),
        ("Houthi Movement", "YEM", "Houthi Movement"),
        ("Military Forces of Yemen", "YEM", "Military Forces of Yemen"),
    ],
)
def test_a_name_that_says_only_what_an_actor_is_has_its_country(name: str, home: str | None, shown: str) -> None:
    actors = [actor("perpetrator", name, "Political militia", home)]
    assert told(actors=actors, place=place(1))["actor1"] == shown


def test_without_a_country_there_is_no_bracket() -> None:
    assert told(actors=[actor("target", "Civilians", "Civilians")], place=None)["actor2"] == "Civilians"


def test_several_on_a_side_are_associated_and_the_first_is_its_actor() -> None:
    actors = [
        actor("perpetrator", "Group A", "Rebel group"),
        actor("perpetrator", "Group B", "Rebel group"),
        actor("target", "Military Forces of Yemen", "State forces", "YEM"),
        actor("target", "Civilians", "Civilians"),
    ]
    found = told(actors=actors, place=place(1), **CLASH)
    assert (found["actor1"], found["assoc_actor_1"]) == ("Group A", "Group B")
    assert (found["actor2"], found["assoc_actor_2"]) == ("Military Forces of Yemen", "Civilians (Yemen)")
    assert found["interaction"] == "State forces-Rebel group"
    assert found["civilian_targeting"] is None


def test_a_clash_has_a_participant_on_each_side_and_a_third_on_none() -> None:
    actors = [actor("participant", f"Group {name}", "Rebel group") for name in "ABC"]
    found = told(actors=actors, **CLASH)
    assert [found[n] for n in ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")] == [
        "Group A",
        None,
        "Group B",
        None,
    ]


def test_who_demonstrates_comes_first() -> None:
    actors = [
        actor("perpetrator", "Police Forces of Kenya", "State forces", "KEN"),
        actor("target", "Protesters", "Protesters"),
    ]
    demonstration = {
        "event_type": "Protests",
        "sub_event_type": "Protest with intervention",
        "disorder_type": "Demonstrations",
    }
    found = told(actors=actors, place=place(1, country="KEN"), **demonstration)
    assert (found["actor1"], found["actor2"]) == ("Protesters (Kenya)", "Police Forces of Kenya")
    assert found["interaction"] == "State forces-Protesters"


def test_a_states_forces_in_another_state_are_external() -> None:
    actors = [actor("perpetrator", "Military Forces of Iran", "State forces", "IRN")]
    assert told(actors=actors, place=place(1))["inter1"] == "External/Other forces"
    assert told(actors=actors, place=place(1))["interaction"] == "External/Other forces only"
    assert told(actors=actors, place=place(1, country="IRN"))["inter1"] == "State forces"
    assert told(actors=actors, place=None)["inter1"] == "State forces"


def test_an_actor_of_no_known_kind_gives_no_interaction() -> None:
    actors = [actor("perpetrator", "Somebody"), actor("target", "Civilians", "Civilians")]
    assert told(actors=actors)["interaction"] is None
    assert told(actors=[])["interaction"] is None


@pytest.mark.parametrize(("precision", "geo"), [(1, 1), (2, 2), (3, 3), (4, None)])
def test_what_only_a_country_is_known_of_has_no_location(precision: int, geo: int | None) -> None:
    found = told(place=place(precision))
    assert found["geo_precision"] == geo
    assert found["location"] == ("Sanaa" if geo else None)
    assert found["country"] == "Yemen"


@pytest.mark.parametrize(
    ("toll", "number"), [(dead(7, 9, 12), 7), (dead(None, 9), 9), (dead(12), 12), (Casualties(), 0)]
)
def test_fatalities_are_the_lowest_number_told_and_none_without_one(toll: Casualties, number: int) -> None:
    assert told(casualties=toll)["fatalities"] == number


def test_what_acled_does_not_record_is_left_out() -> None:
    assert acled.recorded(incident())
    assert not acled.recorded(
        incident(event_type=None, sub_event_type=None, disorder_type=None, plover=Plover(event="ASSAULT"))
    )
