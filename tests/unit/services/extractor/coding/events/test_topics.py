"""What a crowd is about lends it no place."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import violence


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hundreds demonstrated in Bonn on Sunday against the killing of a nurse in Kabwe.", "Bonn"),
        ("Protesters denounced the bombing of a market in Kabwe at a rally in Bonn on Sunday.", "Bonn"),
        ("Hundreds protested the arrest of a nurse in Kabwe on Sunday.", None),
        ("Hundreds rallied in Bonn on Sunday, demanding the release of two men arrested in Kabwe.", "Bonn"),
        ("Two men were killed at a protest in Kabwe on Sunday.", "Kabwe"),
        ("Police shot dead two protesters in Kabwe on Sunday.", "Kabwe"),
    ],
)
def test_where_a_deed_was_done_that_a_crowd_is_about_no_crowd_was(text: str, place: str | None) -> None:
    found = violence(text)[0].place
    assert (found.mention if found is not None else None) == place


def test_what_a_crowd_is_about_is_not_done_to_it() -> None:
    (event,) = violence("Hundreds protested the arrest of a nurse on Sunday.")
    assert event.sub_event_type == "Peaceful protest"
