from __future__ import annotations

import pytest

from schemas.event import Place
from services.extractor.coding.places.combine import Combined, combine
from services.extractor.coding.places.countries import find_demonyms
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.places.model import Candidate
from services.extractor.coding.places.resolve import country_prior, resolve


def place(text: str, name: str) -> Candidate | None:
    mentions = load().find(text)
    mention = next(m for m in mentions if m.text.startswith(name))
    return resolve(mention, mentions, country_prior(mentions, find_demonyms(text)))


def together(text: str) -> Combined | None:
    mentions = load().find(text)
    return combine(mentions, mentions, country_prior(mentions, find_demonyms(text)))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A blast in Islamabad", "Islamabad", ("town", "Islamabad", "PAK")),
        ("Strikes in Balochistan, said Pakistan's army", "Balochistan", ("admin1", "Balochistan", "PAK")),
        ("Tripoli, Lebanon, was calm", "Tripoli", ("town", "Tripoli", "LBN")),
        ("Libyan troops left Tripoli", "Tripoli", ("town", "Tripoli", "LBY")),
        ("Rebels took Bukavu in South Kivu", "South Kivu", ("admin1", "South Kivu", "COD")),
        ("The U.S. state of Georgia", "Georgia", ("admin1", "Georgia", "USA")),
        ("Georgia accused Russia", "Georgia", ("country", "Georgia", "GEO")),
        ("killed in Helmand", "Helmand", ("admin1", "Helmand", "AFG")),
        ("killed in Kunduz, Afghanistan", "Kunduz", ("town", "Kunduz", "AFG")),
        ("A bomb in Hyderabad, police in Pakistan's Sindh province said", "Hyderabad", ("town", "Hyderabad", "PAK")),
        ("A bomb in Hyderabad, Indian police said", "Hyderabad", ("town", "Hyderabad", "IND")),
        ("the Nigerian state of Niger", "Niger", ("admin1", "Niger", "NGA")),
    ],
)
def test_context_tells_namesakes_apart(text: str, name: str, expected: tuple[str, str, str]) -> None:
    got = place(text, name)
    assert got is not None
    assert (got.kind, got.name, got.country) == expected


def test_a_small_namesake_in_a_country_that_the_article_does_not_tell_of_is_not_given_a_point() -> None:
    got = place("Syria's army shelled Toledo Bend and Cazorla village, Syrian rebels said.", "Cazorla")
    assert got is not None
    assert (got.kind, got.latitude) == ("unknown", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kafr Nabl in Idlib province, Syria", ("Kafranbel", "Idlib", "SYR", 1, True)),
        ("near Kafr Nabl in Idlib province, Syria", ("Kafranbel", "Idlib", "SYR", 2, True)),
        ("in Syria's Idlib province", ("Idlib", "Idlib", "SYR", 3, True)),
        ("in southern Idlib province, Syria", ("Idlib", "Idlib", "SYR", 2, True)),
        ("in northern Iraq", ("Iraq", None, "IRQ", 4, False)),
        ("in the Sahel", ("Sahel", None, None, 4, False)),
        ("the village of Qwertabad in Helmand, Afghanistan", ("Qwertabad", "Helmand", "AFG", 1, False)),
        ("in Darfur, Sudan", ("Darfur", None, "SDN", 3, True)),
        (
            "border village in Iran's Sistan-Baluchistan province",
            ("Sistan and Baluchestan", "Sistan and Baluchestan", "IRN", 3, True),
        ),
    ],
)
def test_mentions_make_one_honest_place(text: str, expected: tuple[str, str | None, str | None, int, bool]) -> None:
    got = together(text)
    assert got is not None
    fields = got.place
    point = fields["latitude"] is not None
    assert (fields["name"], fields["admin1"], fields["country"], fields["precision"], point) == expected
    assert text[slice(*got.span)] == fields["mention"]
    assert Place(**fields).name == fields["name"]


def test_what_the_text_does_not_say_is_named_as_inferred() -> None:
    got = together("in Kunduz")
    assert got is not None
    assert "place.country" in got.inferred
    assert together("nothing here") is None


def test_a_hand_kept_locality_is_trusted_where_only_the_armed_group_is_of_another_country() -> None:
    (here,) = load().find("Fighters raided Majembeni at dawn.")
    place = resolve(here, [here], {"SOM": 2})
    assert place is not None
    assert (place.country, place.admin1) == ("KEN", "Lamu")


def test_a_namesake_in_another_province_than_the_district_that_the_text_names_is_not_given_a_point() -> None:
    got = place("Gunmen shot a guard in Jos market in Kano state, Nigeria.", "Jos")
    assert got is not None
    assert (got.kind, got.latitude) == ("unknown", None)


def test_a_small_place_is_of_the_district_of_the_one_it_is_near() -> None:
    got = together("Zormi village, near the town of Xarmo in Sindh province, Pakistan")
    assert got is not None
    assert (got.place["name"], got.place["admin1"], got.place["country"]) == ("Zormi", "Sindh", "PAK")
