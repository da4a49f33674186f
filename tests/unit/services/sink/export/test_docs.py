"""The documents tell what the columns are."""

from __future__ import annotations

import re
from pathlib import Path

import services.sink.export
from services.sink import wording
from services.sink.export import acled, countries, ucdp
from services.sink.export.formats import FORMATS
from services.sink.export.sides import words

README = Path(services.sink.export.__file__).with_name("README.md").read_text("utf-8")


def test_what_is_never_filled_is_told() -> None:
    for columns, heading in ((acled.COLUMNS, "## ACLED's"), (ucdp.COLUMNS, "## UCDP's")):
        never = README.split(heading)[1].split("Never filled:")[1].split("\n\n")[0]
        told = set(re.findall(r"`([a-z0-9_]+)`", never))
        for column in columns:
            if column.of.__module__ == "services.sink.export.columns":
                assert column.name in told or re.match(r"conflict_|dyad_.*_id|side_.*_id", column.name), column.name
            else:
                assert column.name not in told
        assert not [name for name in told if name not in {column.name for column in columns}]


def test_every_format_is_told() -> None:
    for name in FORMATS:
        assert f"`{name}`" in README


def test_every_country_has_a_region_and_states_have_numbers() -> None:
    table = countries._table()
    assert set(table) == set(wording._countries())
    assert all(row.acled_region for row in table.values())
    assert all((row.gwno is None) == (row.ucdp_region is None) for row in table.values())
    numbers = [row.gwno for row in table.values() if row.gwno]
    assert len(numbers) == len(set(numbers)) > 190
    assert countries.codes("SDN").acled_region == "Northern Africa"
    assert countries.codes("EGY").ucdp_region == "Middle East"
    assert countries.codes(None).iso is None


def test_the_words_for_actors_are_the_contracts() -> None:
    from schemas.words import ACTOR_KINDS

    assert list(words().inter) == list(ACTOR_KINDS)
    assert {*words().state, *words().organised, *words().unarmed} <= set(ACTOR_KINDS)
