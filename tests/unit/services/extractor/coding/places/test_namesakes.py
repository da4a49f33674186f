"""A neighbourhood, a school or a street is not the far-away town whose name it bears."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import violence

CASES = [
    ("A girl was shot in Lynwood on Friday. Detroit police are looking for two men.", "Lynwood", "Michigan", "USA"),
    ("MEMPHIS, Tenn. (AP) - A boy was shot outside Linton Middle School on Monday.", None, "Tennessee", "USA"),
    ("LAS VEGAS (AP) - A gunman opened fire at Mandalay Bay on Sunday, killing three people.", None, "Nevada", "USA"),
    ("A man was stabbed in the Englewood neighborhood of Chicago on Friday.", "Englewood", "Illinois", "USA"),
    ("A man was killed by a gunman in Humboldt Park on Sunday, Chicago police said.", None, "Illinois", "USA"),
    # What is of its city stays there, whatever other city the article names.
    ("Rebels shelled Kabul airport on Friday, residents of Kandahar said.", "Kabul", "Kabul", "AFG"),
    ("Gunmen attacked a bus in Gwoza on Friday, residents who fled to Maiduguri said.", "Gwoza", "Borno", "NGA"),
]


@pytest.mark.parametrize(("text", "name", "admin1", "country"), CASES)
def test_the_article_tells_which_place_a_name_means(text: str, name: str | None, admin1: str, country: str) -> None:
    place = violence(text)[0].place
    assert place is not None
    assert (place.admin1, place.country) == (admin1, country)
    assert name is None or place.name == name


def test_an_unknown_spot_has_no_point_and_its_division_is_inferred() -> None:
    event = violence("A man was killed by a gunman in Humboldt Park on Sunday, Chicago police said.")[0]
    assert event.place is not None
    assert event.place.latitude is None
    assert {"place.admin1", "place.country"} <= set(event.inferred)
