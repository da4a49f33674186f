"""Kinds of deeds that are only spoken of make no event; a deed with its day, place or number does."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import violence


@pytest.mark.parametrize(
    "text",
    [
        "The governor of Kano spoke of extortion, kidnapping and murder.",
        "Troops picked up combat uniforms and two tents near Goma.",
        "The army lent Kano its counter-kidnapping unit.",
        "Soldiers went through the hills near Goma in a search operation on Monday.",
        "The council of Kano executed the works in three months.",
        "The fight against terrorism goes on, the king of Morocco said.",
        "Bandits here live on the proceeds of abduction for ransom and robbery.",
        "Officers of the bomb blast unit in Kano got new cars.",
        "Terrorism, targeted killings and street crime worry the traders of Kano.",
        "The law names torture among its heinous crimes.",
    ],
)
def test_a_kind_of_deed_is_no_event(text: str) -> None:
    assert [e.sub_event_type for e in violence(text) if e.modality == "actual"] == []


def test_an_execution_that_a_court_ordered_is_none_of_acleds() -> None:
    (event,) = violence("Four convicts were hanged in Lahore on Tuesday.")
    assert (event.modality, event.sub_event_type) == ("actual", None)
    (event,) = violence("Rebels hanged four farmers near Lahore on Tuesday.")
    assert event.sub_event_type == "Attack"


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
