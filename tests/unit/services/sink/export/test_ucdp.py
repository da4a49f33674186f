"""UCDP GED's columns: all of them, in its order, filled by its rules and no further than the facts go."""

from __future__ import annotations

from typing import Any

import pytest

from schemas import Place
from services.sink.export import ucdp
from tests.unit.services.sink.export.build import actor, dead, incident, place, row, span

HEADER = """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources
source_article source_office source_date source_headline source_original where_prec where_coordinates
where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity
date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
"""
REBELS = actor("perpetrator", "Houthi Movement", "Rebel group", "YEM")
ARMY = actor("target", "Military Forces of Yemen", "State forces", "YEM")


def told(**changes: Any) -> dict[str, Any]:
    return row(ucdp.COLUMNS, incident(**({"place": place(1)} | changes)))


def test_the_columns_are_ucdps_in_its_order() -> None:
    assert [column.name for column in ucdp.COLUMNS] == HEADER.split()
    assert len(HEADER.split()) == 49


def test_one_sided_violence_kills_civilians() -> None:
    found = told(casualties=dead(5, 7, 9))
    assert found["type_of_violence"] == 3
    assert (found["side_a"], found["side_b"]) == ("Raiders of the North", "Civilians")
    assert (found["deaths_civilians"], found["deaths_unknown"]) == (7, None)
    assert (found["low"], found["best"], found["high"]) == (5, 7, 9)


def test_a_state_is_side_a_and_its_dead_are_not_told_apart() -> None:
    found = told(actors=[REBELS, ARMY], casualties=dead(5, 7))
    assert found["type_of_violence"] == 1
    assert (found["side_a"], found["side_b"]) == ("Government of Yemen", "Houthi Movement")
    assert found["dyad_name"] == "Government of Yemen - Houthi Movement"
    assert (found["gwnoa"], found["gwnob"]) == (678, None)
    assert (found["deaths_civilians"], found["deaths_unknown"], found["deaths_a"]) == (None, 7, None)


@pytest.mark.parametrize(
    ("actors", "kind"),
    [
        ([REBELS, actor("target", "Tribal Militia", "Identity militia")], 2),
        ([REBELS], None),
        ([REBELS, actor("target", "Somebody")], None),
        ([actor("perpetrator", "Rioters", "Rioters"), ARMY], 1),
        ([], None),
    ],
)
def test_the_type_of_violence_needs_two_known_sides(actors: Any, kind: int | None) -> None:
    found = told(actors=actors)["type_of_violence"]
    # Rioters are not organised, so that this is none of the three although the state, put first, is.
    assert found == (None if actors and actors[0].kind == "Rioters" else kind)


@pytest.mark.parametrize(
    ("where", "precision"),
    [
        (place(1), 1),
        (place(2), 2),
        (place(2, admin2="Sanaa"), 3),
        (place(3, admin2="Sanaa", admin1="Sanaa Province"), 3),
        (place(3, admin1="Sanaa"), 4),
        (place(3), 5),
        (place(4), 6),
        (None, None),
    ],
)
def test_places_have_ucdps_precision(where: Place | None, precision: int | None) -> None:
    assert told(place=where)["where_prec"] == precision


@pytest.mark.parametrize(
    ("end", "precision"),
    [
        ("2024-01-01", 1),
        ("2024-01-06", 2),
        ("2024-01-07", 3),
        ("2024-01-31", 4),
        ("2024-12-31", 5),
        ("2025-01-01", None),
    ],
)
def test_dates_have_ucdps_precision(end: str, precision: int | None) -> None:
    assert told(date=span("2024-01-01", end))["date_prec"] == precision


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-89.9, -179.9, 1), (-89.9, 179.9, 720), (-89.4, -179.9, 721), (90.0, 180.0, 259200), (0.1, 0.1, 129961)],
)
def test_the_cell_of_priogrid(latitude: float, longitude: float, cell: int) -> None:
    assert ucdp.priogrid(latitude, longitude) == cell


def test_where_it_was_and_who_told_it() -> None:
    found = told()
    assert found["geom_wkt"] == "POINT (44.2 15.35)"
    assert (found["country"], found["country_id"], found["region"]) == ("Yemen", 678, "Middle East")
    assert found["source_article"] == "The Paper, 2024-01-18, Raid on Ost"
    assert (found["source_office"], found["source_date"], found["source_headline"]) == (
        "The Paper",
        "2024-01-18",
        "Raid on Ost",
    )
    nowhere = told(place=None)
    assert [nowhere[n] for n in ("geom_wkt", "priogrid_gid", "country", "country_id", "region")] == [None] * 5


def test_only_what_killed_somebody_is_recorded() -> None:
    assert ucdp.recorded(incident(casualties=dead(1)))
    assert not ucdp.recorded(incident(casualties=dead(0, 0)))
