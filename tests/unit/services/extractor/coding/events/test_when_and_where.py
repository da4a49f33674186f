"""The day that belongs to an event, and the place that is its own; Thursday, 14 March 2024 is today."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas import ConflictEvent
from tests.unit.services.extractor.coding.articles import events, triggers, violence

_CHAIN = "Xarakhel area of Mera Xisalpur in Swabi District"


def missed(why: str, *case: object) -> object:
    return pytest.param(*case, marks=pytest.mark.xfail(strict=False, reason=why))


def _of(text: str, trigger: str) -> ConflictEvent:
    (event,) = [e for e in violence(text) if trigger in triggers(e)]
    return event


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Gunmen killed six people in Zamfara on Monday.", "2024-03-11", "2024-03-11"),
        ("Gunmen killed six people in Zamfara on Sunday night.", "2024-03-10", "2024-03-10"),
        ("Gunmen killed six people in Zamfara yesterday.", "2024-03-13", "2024-03-13"),
        ("On 3 March 2024 gunmen killed six people in Zamfara.", "2024-03-03", "2024-03-03"),
        ("Gunmen killed six people in Zamfara in the early hours of Wednesday.", "2024-03-13", "2024-03-13"),
        ("Gunmen killed six people in Zamfara last week.", "2024-03-04", "2024-03-10"),
        ("Gunmen killed six people in Zamfara in January.", "2024-01-01", "2024-01-31"),
        ("Police said on Tuesday that gunmen had killed a priest in Kaduna on Sunday.", "2024-03-10", "2024-03-10"),
        ("Gunmen killed a priest in Kaduna on Sunday, the police said on Tuesday.", "2024-03-10", "2024-03-10"),
    ],
)
def test_an_event_has_the_day_that_its_sentence_tells(text: str, start: str, end: str) -> None:
    date = violence(text)[0].date
    assert date is not None
    assert (str(date.start), str(date.end), date.basis) == (start, end, "text")


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("A day after rebels attacked Goma, soldiers shelled Bukavu on Tuesday.", "attacked", "2024-03-11"),
        ("A day after rebels attacked Goma, soldiers shelled Bukavu on Tuesday.", "shelled", "2024-03-12"),
        ("Soldiers shelled Bukavu on Tuesday, a day after rebels attacked Goma.", "attacked", "2024-03-11"),
        ("Soldiers shelled Bukavu on Tuesday, two days after rebels attacked Goma.", "attacked", "2024-03-10"),
        (
            "Two days after a suicide bombing in Kabul, gunmen killed a judge in Herat on Thursday.",
            "killed",
            "2024-03-14",
        ),
        (
            "On Tuesday the governor condemned the blast at a mosque in Herat that killed 12 people a day earlier.",
            "blast",
            "2024-03-11",
        ),
        (
            "Hundreds marched in Lima on Wednesday over the death of a student whom police had shot two days earlier.",
            "shot",
            "2024-03-11",
        ),
        (
            "Raiders shot dead two men near Kutum on Tuesday, elders said, a day after a bombing in town left 15 dead.",
            "bombing",
            "2024-03-11",
        ),
    ],
)
def test_days_are_reckoned_from_one_event_to_the_other(text: str, trigger: str, day: str) -> None:
    date = _of(text, trigger).date
    assert date is not None
    assert str(date.start) == str(date.end) == day


def test_what_came_before_is_an_event_of_its_own() -> None:
    found = violence("Two days after a suicide bombing in Kabul, gunmen killed a judge in Herat on Thursday.")
    assert {e.place.name for e in found if e.place is not None} == {"Kabul", "Herat"}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed two officers in Kisumu on Tuesday, a day after a suicide bombing at a bus station killed 17.",
        "Drones hit a hostel in Sumy on Tuesday, wounding five people, hours after a missile strike killed nine.",
        "The ambush near Ansongo came two days after rebels killed eight soldiers in Gao.",
    ],
)
def test_what_hours_or_days_lie_between_are_two_events(text: str) -> None:
    assert len(violence(text)) == 2


def test_a_day_that_nobody_tells_is_the_day_of_publication_or_the_one_before_and_says_so() -> None:
    (event,) = violence("Gunmen killed six people in Zamfara.")
    assert event.date is not None
    assert (event.date.start, event.date.end) == (dt.date(2024, 3, 13), dt.date(2024, 3, 14))
    assert event.date.basis == "publication"
    assert "date" in event.inferred


def test_without_a_day_of_publication_no_weekday_is_resolved() -> None:
    (event,) = events("Gunmen killed six people in Zamfara on Monday.", published=None)
    assert event.date is None


def test_a_dateline_stands_in_for_the_day_of_publication() -> None:
    (event,) = events("KANO, March 14, 2024 (Reuters) - Gunmen killed six people in Zamfara on Monday.", published=None)
    assert event.date is not None
    assert event.date.start == dt.date(2024, 3, 11)


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("Gunmen attacked villagers in Kaduna on Sunday.", "Kaduna", "NGA", 1),
        ("Gunmen attacked villagers near Kaduna on Sunday.", "Kaduna", "NGA", 2),
        ("A bomb exploded in Lahore, Pakistan, on Sunday, killing two people.", "Lahore", "PAK", 1),
        ("Soldiers killed four villagers in Ituri on Sunday.", "Ituri", "COD", 3),
        ("Gunmen killed two soldiers in Somalia on Sunday.", "Somalia", "SOM", 4),
        ("In Paris, the minister said that gunmen had killed a priest in Kaduna on Sunday.", "Kaduna", "NGA", 1),
        ("PARIS (AP) - Gunmen killed a priest in Kaduna on Sunday.", "Kaduna", "NGA", 1),
        ("Rebels from Chad attacked villagers in Maroua, Cameroon, on Sunday.", "Maroua", "CMR", 1),
        ("US-led air strikes killed ten Islamic State fighters near Raqqa on Sunday.", "Raqqa", "SYR", 2),
    ],
)
def test_an_event_has_its_own_place(text: str, name: str, country: str, precision: int) -> None:
    place = violence(text)[0].place
    assert place is not None
    assert (place.name, place.country, place.precision) == (name, country, precision)


@pytest.mark.parametrize(
    "text", ["Gunmen killed two soldiers in Somalia on Sunday.", "Gunmen killed a priest on Sunday."]
)
def test_no_point_is_made_up(text: str) -> None:
    place = violence(text)[0].place
    assert place is None or (place.latitude is None and place.longitude is None)


def test_a_country_that_is_known_from_its_town_is_inferred_and_one_that_is_told_is_not() -> None:
    (known,) = violence("Gunmen killed a priest in Kaduna on Sunday.")
    (told,) = violence("Gunmen killed a priest in Kaduna, Nigeria, on Sunday.")
    assert "place.country" in known.inferred
    assert "place.country" not in told.inferred


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("U.S. forces shot dead a bomber on Sunday.", None),
        ("Gunmen shot dead a tailor from Guinea on Sunday.", None),
        ("A nurse was shot on Sunday and was evacuated to South Africa.", None),
        ("Students demonstrated against the war in Yemen on Sunday.", None),
        ("Workers demonstrated outside the Chilean embassy in Lusaka on Sunday.", "Lusaka"),
        ("A driver was shot in Bujumbura on Sunday and died in a hospital in Nairobi.", "Bujumbura"),
        ("Soldiers killed two men in Gitega, 60 km east of Bujumbura, on Sunday.", "Gitega"),
        ("All five gunmen were shot dead after they attacked a base in Garissa on Sunday.", "Garissa"),
        ("Police said in Nairobi that gunmen had killed a teacher in Mandera on Sunday.", "Mandera"),
        ("Rebels abducted a doctor from a clinic in Pibor on Sunday.", "Pibor"),
        ("Clashes in the Jobar district of Damascus killed six people on Sunday.", "Jobar district of Damascus"),
        ("Austin Marsh was shot on Sunday.", None),
        ("Thousands marched in Bonn on Sunday in protest at Ankara's campaign.", "Bonn"),
        ("Rebels stormed Xarakhel Zoxa on Sunday.", "Xarakhel Zoxa"),
        ("Troops shelled Hezbollah on Sunday.", None),
        ("Rebels stormed the northern perimeter of Xarakhel on Sunday.", "Xarakhel"),
        ("Dallas police shot dead a man on Sunday.", "Dallas"),
        ("An Apache helicopter was shot down near Gao on Sunday.", "Gao"),
        ("A bomb went off in Makhachkala at 4 p.m. Moscow time on Sunday.", "Makhachkala"),
        ("Two men were shot in Kabwe, 140 kilometres north of the capital, Lusaka, on Sunday.", "Kabwe"),
        ("Thousands marched through Hong Kong's streets on Sunday.", "Hong Kong"),
        ("Gunmen attacked a checkpoint in eastern Xarakhel on Sunday.", "Xarakhel"),
        ("A guard shot Florence Abbot near Oruro on Sunday.", "Oruro"),
        ("A bomb near Kosti's stadium killed two people on Sunday.", "Kosti"),
        ("Rebels shot dead eleven traders in India's northeastern state of Assam on Sunday.", "Assam"),
        ("A leader of the Tehrik-e-Xafria Pakistan was shot in the town of Sahiwal on Sunday.", "Sahiwal"),
        ("A clerk was shot in Mogadishu's Hodan district on Sunday.", "Mogadishu's Hodan district"),
        ("A bomb hit a van in Kapho district, Pattani, on Sunday.", "Kapho district"),
        ("Two judges were shot in their car on a road in Diwaniyah, 130 km south of Baghdad.", "Diwaniyah"),
        ("Sadr supporters marched in Najaf on Sunday.", "Najaf"),
        ("Rebel forces captured the eastern quarter of Zaire on Sunday.", "Zaire"),
        ("Gunmen gunned down five laborers from Bihar near the town of Dibrugarh.", "Dibrugarh"),
        ("The elusive Omar Said Aksum was captured in a hotel in Quito on Sunday.", "Quito"),
        ("The rest were captured in Quito on Sunday.", "Quito"),
        ("Ethiopian and Somali forces have been patrolling Mogadishu since Sunday.", "Mogadishu"),
        ("A security source in Nairobi confirmed on Sunday that gunmen had killed a teacher.", None),
        ("Fighters of the Front, which is banned in Oman, shot dead a tailor on Sunday.", None),
        ("A miner who was born in Oruro was shot on Sunday.", None),
        ("A miner who was born in Oruro was shot in Kabwe on Sunday.", "Kabwe"),
        ("Gunmen shot dead a teacher in Xarakhel area of Mera Xisalpur in Swabi District.", _CHAIN),
        ("The talks failed. LUSAKA (Reuters) Gunmen killed a miner near Kabwe on Sunday.", "Kabwe"),
        ("The talks failed. LUSAKA (Reuters) Gunmen killed a miner on Sunday.", None),
        ("A bus was going from Oruro to Kabwe on Sunday when it hit a mine near Xarakhel village.", "Xarakhel village"),
        ("Rebels blew up a lorry travelling from Oruro to Kabwe on Sunday.", None),
        ("Six passengers on a Kabwe bound bus were shot dead on Sunday.", None),
        ("Six herders were killed by a mine along the Chad and Sudan border in Wadi Fira on Sunday.", "Wadi Fira"),
        ("Two clerks were shot at Thang in Imphal West District on Sunday.", "Thang in Imphal West District"),
        ("A porter was shot on Sunday and flown to a hospital in Nairobi.", None),
        ("A porter was shot near Oruro on Sunday and died at a clinic in La Paz.", "Oruro"),
        ("Students marched to the governor's office in Bonn on Sunday.", "Bonn"),
        ("Hundreds demonstrated on Sunday against the killing of a nurse in Kabwe.", None),
        ("Demonstrators protested on Sunday against the shelling of a market in Kabwe.", None),
        ("Hundreds rallied in Bonn on Sunday over the army's offensive in Kabwe.", "Bonn"),
        ("Two traders from Oruro were captured by rebels on a trip to Kabwe.", "Kabwe"),
        ("Omar Said, who left Oruro in 2014, was killed in a battle with rebels in the town of Kabwe.", "Kabwe"),
        ("A clerk was shot dead on Sunday after gunmen stopped his van in Oruro.", "Oruro"),
        ("Three rebels were captured on Sunday following a shootout in Oruro.", "Oruro"),
        ("Four rebels were killed on Sunday a year after a battle in Oruro.", None),
        ("Jets bombed the Aleppo countryside on Sunday, killing six near the village of Xarakhel.", "Xarakhel"),
    ],
)
def test_the_way_through_the_parse_tells_where_from_whose(text: str, place: str | None) -> None:
    found = violence(text)[0].place
    assert (found.mention if found is not None else None) == place


def test_a_spot_lies_in_the_district_that_the_text_names_and_not_where_its_namesake_does() -> None:
    (event,) = violence("Two clerks were shot at Thang in Imphal West District on Sunday.")
    assert event.place is not None
    assert (event.place.admin1, event.place.latitude) == ("Manipur", None)


def test_forces_move_somewhere() -> None:
    (event,) = [
        e for e in events("French soldiers patrolled the streets of Gao on Monday.") if e.plover.event == "MOBILIZE"
    ]
    assert event.place is not None
    assert event.place.name == "Gao"


def test_a_light_verb_shows_the_event_beside_its_noun() -> None:
    (event,) = violence("The rebels launched an offensive near Gao on Monday.")
    assert {"launched", "offensive"} <= set(triggers(event))


def test_the_verb_that_says_that_a_deed_began_shows_it_too() -> None:
    (event,) = violence("The rebels began shelling Gao on Monday.")
    assert {"began", "shelling"} <= set(triggers(event))


@pytest.mark.parametrize(
    ("text", "places", "killed"),
    [
        (
            "Jets bombed a house in Rafah, killing four people, and a car in Jabalia, killing two.",
            *(["Rafah", "Jabalia"], [4, 2]),
        ),
        ("Gunmen attacked a church in Gao and a mosque in Menaka on Monday.", ["Gao", "Menaka"], [None, None]),
        ("Gunmen killed five people in Beni and three in Bunia.", ["Beni", "Bunia"], [5, None]),
        (
            "The army shelled a camp near Gao held by JNIM, which had claimed an attack in Menaka.",
            *(["Gao", "Menaka"], [None, None]),
        ),
        ("Five people were killed in attacks in Beni and Bunia.", ["Beni"], [5]),
        ("Fighting between rebels in Beni and soldiers in Bunia went on.", ["Beni"], [None]),
        ("Rebels killed nine farmers in Beni and burned 40 houses in Butembo.", ["Beni", "Butembo"], [9, None]),
        ("Two soldiers died in clashes in Beni and a nurse died in a bomb attack in Bunia.", ["Beni", "Bunia"], [2, 1]),
    ],
)
def test_deeds_in_two_towns_have_a_place_and_a_toll_each(
    text: str, places: list[str], killed: list[int | None]
) -> None:
    found = violence(text)
    assert [e.place.mention for e in found if e.place is not None] == places
    tolls = [e.casualties.killed.best if e.casualties.killed is not None else None for e in found]
    assert tolls == killed


def test_the_dateline_is_no_part_of_anybody() -> None:
    (event,) = violence("TUPELO, Miss. - A teenager was shot dead in a park on Monday.")
    assert [a.mention for a in event.actors] == ["A teenager"]
