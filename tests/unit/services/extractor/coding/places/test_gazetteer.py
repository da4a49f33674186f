from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.extractor.coding.places.countries import find_demonyms
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.places.model import PlaceMention


def found(text: str) -> list[str]:
    return [mention.text for mention in load().find(text)]


def first(text: str) -> PlaceMention:
    return load().find(text)[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell on Goma, North Kivu, overnight.", ["Goma", "North Kivu"]),
        ("A raid near Deir ez-Zor's airport", ["Deir ez-Zor"]),
        ("Fighters left al-Bab for Aleppo.", ["al-Bab", "Aleppo"]),
        ("Drones struck Sana\u2019a and Ta\u02bbizz.", ["Sana\u2019a", "Ta\u02bbizz"]),
        ("Bomben in So\u0301fia?", ["So\u0301fia"]),
        ("The army of the U.S. and the UAE", ["U.S.", "UAE"]),
        ("They told us that it is over.", []),
        ("Police said on Thursday that Justice Young was over in March.", []),
        ("President Barack Obama spoke.", []),
        ("Ms Victoria Jackson was hurt in Lagos.", ["Lagos"]),
        ("Later Jackson left.", []),
        ("The blast in Jackson killed two.", ["Jackson"]),
        ("Protesters gathered in Nice and in Mobile.", ["Nice", "Mobile"]),
        ("Nice weather for a mobile phone, he said. Nice!", []),
        ("BLAST KILLS SEVEN IN KABUL AFTER POLICE RAID", ["KABUL"]),
        ("Syrian and Iranian officers met.", []),
        ("Syrias president visited Aleppos market.", ["Syria", "Aleppo"]),
        ("Rebels of the FATA and the KP met", ["FATA", "KP"]),
        ("What is up with the kp there?", []),
        ("Members of SIMI and the GoI met.", []),
    ],
)
def test_finds_places_and_leaves_words_and_persons(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "mention", "hint", "kind", "name"),
    [
        ("in Dantewada District today", "Dantewada District", "admin2", "admin2", "Dakshin Bastar Dantewada"),
        ("in Idlib province", "Idlib province", "admin1", "admin1", "Idlib"),
        ("in Idlib city", "Idlib city", "town", "town", "Idlib"),
        ("in the state of Bihar", "Bihar", "admin1", "admin1", "Bihar"),
        ("in the village of Qwertabad, they said", "Qwertabad", "town", "unknown", "Qwertabad"),
        ("in Qwertabad village", "Qwertabad village", "town", "unknown", "Qwertabad"),
        ("at Umm Qwerta refugee camp", "Umm Qwerta refugee camp", "camp", "unknown", "Umm Qwerta"),
        ("killed in Qwertabad, Helmand", "Qwertabad", None, "unknown", "Qwertabad"),
        ("killed in al-Qwertabad on Monday", "al-Qwertabad", None, "unknown", "al-Qwertabad"),
        ("storming the town of Al-Qwertabad again", "Al-Qwertabad", "town", "unknown", "Al-Qwertabad"),
        ("killed in Qwert Zuiopa on Monday", "Qwert Zuiopa", None, "unknown", "Qwert Zuiopa"),
        ("shelled the villages of Qwertabad and Zuiopa", "Qwertabad", "town", "unknown", "Qwertabad"),
        ("attacked the market of Qwertabad, Niger, on Monday", "Qwertabad", None, "unknown", "Qwertabad"),
        ("hit the weekly market of Qwertabad in Niger", "Qwertabad", None, "unknown", "Qwertabad"),
        ("died in a raid on Qwertabad, Helmand, on Monday", "Qwertabad", None, "unknown", "Qwertabad"),
        ("hit Qwertabad; a village that rebels hold", "Qwertabad", "town", "unknown", "Qwertabad"),
        ("fighting in the Al-Raqqa Governorate", "Al-Raqqa Governorate", "admin1", "admin1", "Raqqa"),
        ("war in Darfur", "Darfur", None, "region", "Darfur"),
        ("the Gaza Strip", "Gaza Strip", None, "admin1", "Gaza Strip"),
        ("in Burma", "Burma", None, "country", "Myanmar"),
        ("in Orissa", "Orissa", None, "admin1", "Odisha"),
    ],
)
def test_what_the_text_calls_a_name_decides_its_kind(
    text: str, mention: str, hint: str | None, kind: str, name: str
) -> None:
    got = first(text)
    assert (got.text, got.hint, got.candidates[0].kind, got.candidates[0].name) == (mention, hint, kind, name)


@pytest.mark.parametrize(
    "spelling",
    [
        "Sistan-Baluchistan",
        "Siestan-o-Baluchistan",
        "Sistan and Baluchestan",
        "S\u012bst\u0101n va Bal\u016bchest\u0101n",
    ],
)
def test_spellings_of_one_province_are_one(spelling: str) -> None:
    candidate = first(f"in {spelling} province").candidates[0]
    assert (candidate.kind, candidate.name, candidate.country) == ("admin1", "Sistan and Baluchestan", "IRN")


@pytest.mark.parametrize(
    "text",
    ["a raid on Zuiopas in Niger", "the attack on Zuiopa, Niger's best-known paper", "the bombing of Zuiopas in Niger"],
)
def test_an_unknown_name_after_raid_on_is_a_place_by_what_stands_behind_a_comma_alone(text: str) -> None:
    assert found(text) == ["Niger"]


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("a village near Homs", ["near"]),
        ("on the outskirts of Damascus", ["near"]),
        ("10 km north of Mosul", ["near"]),
        ("in southern Homs", ["part"]),
        ("in the northern countryside of Hama", ["rural"]),
        ("in the Homs countryside", ["rural"]),
        ("in rural Homs", ["rural"]),
        ("in the Homs suburbs", ["near"]),
        ("on the road between Homs and Hama", ["between", "between"]),
        ("a border village in Iran's Sistan-Baluchistan province", [None, None]),
        ("people from Homs", [None]),
    ],
)
def test_words_around_a_name_modify_it(text: str, modifiers: list[str | None]) -> None:
    mentions = [m for m in load().find(text) if m.candidates[0].kind != "unknown"]
    assert [m.modifier for m in mentions] == modifiers


def test_what_has_a_capital_is_no_town() -> None:
    town, division = load().find("A jet fell near Grozny, the capital of Chechnya.")
    assert (division.hint, division.candidates[0].kind) == (None, "admin1")
    assert division.start in town.qualifiers


def test_what_a_place_lies_in_is_linked_through_to_its_country() -> None:
    goma, kivu, congo = load().find("Goma, North Kivu, DR Congo")
    assert goma.qualifiers == (kivu.start, congo.start)
    pakistan, province = load().find("Pakistan's Balochistan province")
    assert province.qualifiers == (pakistan.start,)


def test_demonyms_tell_countries_without_being_places() -> None:
    text = "A Syrian and two South Sudanese men"
    assert [(d.text, d.country) for d in find_demonyms(text)] == [("Syrian", "SYR"), ("South Sudanese", "SSD")]
    assert all(text[d.start : d.end] == d.text for d in find_demonyms(text))


def test_peoples_and_missions_tell_their_country_and_leave_provinces_their_names() -> None:
    text = "Murle and Nuer youth fought near an AMISOM base"
    assert [(d.text, d.country) for d in find_demonyms(text)] == [("Murle", "SSD"), ("Nuer", "SSD"), ("AMISOM", "SOM")]
    assert [m.text for m in load().find("A raid in Turkana on Monday")] == ["Turkana"]


NAMES = st.sampled_from(
    ["Goma", "al-Bab", "Sana\u2019a", "Deir ez-Zor", "village of", "U.S.", " in ", ", ", "\u0130", "\u0301", "'s"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=8) | NAMES, max_size=12).map("".join))
def test_offsets_reproduce_any_text_in_order_without_overlap(text: str) -> None:
    last = 0
    for mention in load().find(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        assert mention.candidates
        last = mention.end
    for demonym in find_demonyms(text):
        assert text[demonym.start : demonym.end] == demonym.text


@pytest.mark.parametrize(
    "text",
    ["", "A", "\u0645\u062f\u064a\u0646\u0629 \u062d\u0644\u0628", "San " * 2000, "Kafr al-" * 2000, "\x00" * 99],
)
def test_odd_texts_do_not_break_it(text: str) -> None:
    assert isinstance(load().find(text), list)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A child was killed in Xamurlo on Sunday.", ["Xamurlo"]),
        ("A child was killed at Sabaa al-Xamur, police said.", ["Sabaa al-Xamur"]),
        ("Troops held Gubayle, a small town on the river.", ["Gubayle"]),
        ("Militants stormed the Xindi Hospital.", ["Xindi Hospital"]),
        ("Militants stormed the Central Hospital.", []),
        ("Shells fell on Jabal al-Xarra.", ["Jabal al-Xarra"]),
        ("He fired at Xengistu and missed.", []),
        ("Two people were killed by shells in Ain Xarma.", ["Ain Xarma"]),
        ("The crossing at Bab al-Xanur was shut on Sunday.", ["Bab al-Xanur"]),
        ("According to the Assam Tribune and to Radio Dakar nobody was hurt.", []),
        ("An office of the Press Trust of India", []),
        ("Three ethnic Amhara fled.", []),
        ("Gunmen of the Harb tribe fled.", []),
        ("Two more, among them Wali Khan Amin, were captured.", []),
        ("Jordan, 56, was shot as he slept in Arusha.", ["Arusha"]),
        ("It is 65 km North West of Xusa.", []),
        ("A bomb went off in Tank, Pakistan.", ["Tank", "Pakistan"]),
        ("A bomb went off in Hassan Xarhi ground.", []),
        ("Pat O\u2019 Hara was in Improvised Explosive Device training.", []),
        ("Anna D\u2019 Souza was held in Kabul.", ["Kabul"]),
        ("A bomb went off outside Dar e Xarbas.", []),
    ],
)
def test_names_without_a_place_in_the_data(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("name", "admin1"),
    [
        ("Sheikh Maqsud", "Aleppo"),
        ("Sheikh Maqsoud", "Aleppo"),
        ("Turkmen Mountain", "Latakia"),
        ("al-Foua", "Idlib"),
        ("Sayyida Zeinab", "Rif Dimashq"),
        ("Baghouz", "Deir ez-Zor"),
        ("Latamneh", "Hama"),
    ],
)
def test_places_of_a_war_are_known_by_their_spellings(name: str, admin1: str) -> None:
    place = first(f"Two people were killed by shells in {name} in Syria on Sunday, the monitor said.").candidates[0]
    assert (place.admin1, place.country) == (admin1, "SYR")


def test_an_adjective_before_its_head_tells_the_country() -> None:
    assert first("the southern Lebanese village of Xitaroun").nation == "LBN"
    assert first("a Turkish strike on the village of Xitaroun").nation is None
