"""Kinds of deeds that are only spoken of make no event; a deed with its day, place or number does."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import violence


@pytest.mark.parametrize(
    "text",
    [
        "The governor of Kano spoke of extortion, kidnapping and murder.",
        "Bandits here live on the proceeds of abduction for ransom and robbery.",
        "Officers of the bomb blast unit in Kano got new cars.",
        "Terrorism, targeted killings and street crime worry the traders of Kano.",
        "The law names torture among its heinous crimes.",
    ],
)
def test_a_kind_of_deed_is_no_event(text: str) -> None:
    assert [e.sub_event_type for e in violence(text) if e.modality == "actual"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Clashes erupted in Kano on Monday.",
        "Shelling killed a farmer near Goma.",
        "Four men were killed in clashes with the army.",
        "Residents fled shelling in the town of Bakhmut.",
        "The quarrel sparked clashes between herders and farmers near Jos.",
        "A shooting incident near Goma left one dead.",
    ],
)
def test_a_deed_with_its_place_day_or_toll_is_one(text: str) -> None:
    assert [e for e in violence(text) if e.modality == "actual"]
