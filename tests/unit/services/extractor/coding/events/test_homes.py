"""What a name that is not in the data lies in, by the rest of the article."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import violence


@pytest.mark.parametrize(
    ("text", "country", "admin1"),
    [
        (
            "Rockets hit the Xarm district in the old town of the eastern Libyan city of Benghazi, killing nine.",
            "LBY",
            "Benghazi",
        ),
        (
            "Gunmen killed nine in the village of Xarmoli. Soldiers attacked Xarmoli village in Borno State.",
            "NGA",
            "Borno",
        ),
        ("Kenyan police said gunmen killed a woman in the village of Xkoriki on Tuesday.", "KEN", None),
        ("Shelling killed nine in the village of Xarmoli in Syria, the UK-based observatory said.", "SYR", None),
        ("US-led air strikes killed nine in the village of Xarmoli on Tuesday.", None, None),
        ("Russian warplanes killed nine in the village of Xarmoli on Tuesday.", None, None),
        ("West Papua rebels killed nine in the village of Xarmoli, Indonesia. West Papua rebels fled.", "IDN", None),
    ],
)
def test_a_name_lies_where_the_article_says_and_nowhere_else(
    text: str, country: str | None, admin1: str | None
) -> None:
    place = violence(text)[0].place

    assert place is not None
    assert (place.country, place.admin1) == (country, admin1)


def test_whose_shells_they_are_tells_not_where_they_fell() -> None:
    for text in (
        "Russian shells hit a clinic in Donetsk on Monday, killing three.",
        "Russian forces shelled Kherson on Monday, killing three.",
    ):
        (event,) = violence(text)
        assert event.place is not None
        assert event.place.country == "UKR"
