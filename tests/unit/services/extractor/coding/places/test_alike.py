"""Other spellings of towns whose names are carried over from Arabic."""

from __future__ import annotations

import pytest

from services.extractor.coding.places.alike import alike


@pytest.mark.parametrize(
    ("name", "country", "town", "admin1"),
    [
        ("Sarakeb", "SYR", "Saraqib", "Idlib"),
        ("Telafar", "IRQ", "Tall 'Afar", "Nineveh"),
        ("Tikreet", "IRQ", "Tikrit", "Salah al-Din"),
    ],
)
def test_a_town_written_otherwise_is_that_town(name: str, country: str, town: str, admin1: str) -> None:
    found = alike(name, country)

    assert found is not None
    assert (found.name, found.admin1) == (town, admin1)


@pytest.mark.parametrize(
    ("name", "country"), [("Sarakeb", "FRA"), ("Taez", "YEM"), ("Bab", "SYR"), ("Khanewal", "SYR"), ("", "SYR")]
)
def test_short_names_names_of_other_countries_and_unlike_ones_are_no_town(name: str, country: str) -> None:
    assert alike(name, country) is None
