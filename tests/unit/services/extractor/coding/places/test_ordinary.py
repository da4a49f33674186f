"""Names that are rather words, by made-up frequencies."""

from __future__ import annotations

from services.extractor.coding.places import curated, ordinary

KNOWN = {"battle": -10.0, "Battle": -11.5, "nice": -8.0, "Nice": -9.0, "poppy": -14.0, "Poppy": -14.5, "Smith": -10.8}
PEOPLE = {"battle": 6_000, "nice": 340_000, "poppy": 900, "smith": 3_000, "goma": 670_000, "bunia": 360_000, "kono": 0}


def test_a_common_word_is_no_place_unless_a_city_bears_it() -> None:
    assert ordinary.cities(PEOPLE) == {"nice", "goma", "bunia"}
    assert ordinary.words(KNOWN, ordinary.cities(PEOPLE)) == {"battle"}


def test_a_rarer_word_and_a_name_too_common_for_its_town_are_doubtful() -> None:
    found = ordinary.doubtful({**KNOWN, "Goma": -13.0, "Bunia": -18.0, "Kono": -13.0}, PEOPLE, {"kono"})
    assert found == {"battle", "nice", "poppy", "smith"}


def test_the_shipped_lists_spare_countries_and_cities() -> None:
    never, weak = curated.never(), curated.stop("stop_weak")
    assert not {"turkey", "chad", "goma", "mosul", "chin", "meta"} & never
    assert {"nice", "reading", "hit", "tank"} <= weak
    assert {"over", "young", "nothing", "thursday"} <= never
