"""ACLED's decision rules, sentence by sentence: each of the 25 sub-event types, and what ACLED does not record."""

from __future__ import annotations

import pytest

from schemas.taxonomies import acled
from tests.unit.services.extractor.coding.articles import violence


def missed(why: str, *case: object) -> object:
    return pytest.param(*case, marks=pytest.mark.xfail(strict=False, reason=why))


CLASH, REGAIN, OVERTAKE = "Armed clash", "Government regains territory", "Non-state actor overtakes territory"
EXCESS, INTERVENED, PEACEFUL = "Excessive force against protesters", "Protest with intervention", "Peaceful protest"
RIOT, MOB, CHEMICAL, AIR, SUICIDE = (
    "Violent demonstration",
    "Mob violence",
    "Chemical weapon",
    "Air/drone strike",
    "Suicide bomb",
)
SHELLING, IED, GRENADE = "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade"
SEXUAL, ATTACK, ABDUCTION = "Sexual violence", "Attack", "Abduction/forced disappearance"
AGREEMENT, ARRESTS, CHANGE, DISRUPTED = "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use"
BASE, LOOTING, HANDOVER, OTHER = (
    "Headquarters or base established",
    "Looting/property destruction",
    "Non-violent transfer of territory",
    "Other",
)

TABLE = [
    ("Rebels clashed with soldiers near Goma on Monday, killing three fighters.", CLASH),
    ("Soldiers and al-Shabaab fighters exchanged fire near Kismayo on Monday.", CLASH),
    ("Taliban fighters ambushed an army convoy in Helmand on Monday, killing six soldiers.", CLASH),
    ("Al-Shabaab fighters attacked an army base near Kismayo on Monday.", CLASH),
    ("Gunmen shot dead two policemen in Quetta on Sunday.", CLASH),
    ("A girl was grazed by a stray bullet in Rosario on Monday.", ATTACK),
    ("Gunmen opened indiscriminate fire on a bazaar in Turbat on Sunday, killing a barber.", ATTACK),
    ("Three shopkeepers died in a terror strike on a bazaar in Khuzdar on Monday.", ATTACK),
    ("Three shopkeepers died in a military strike on a bazaar in Khuzdar on Monday.", AIR),
    ("Rebels snatched a carbine from a guard in Sittwe on Monday.", LOOTING),
    ("Two soldiers died in a gun battle with Taliban fighters in Kunduz on Monday.", CLASH),
    ("The Syrian army and rebels shelled each other during fierce clashes in Aleppo on Monday.", CLASH),
    ("Syrian government forces recaptured the town of Palmyra from Islamic State on Sunday.", REGAIN),
    ("Iraqi forces retook the town of Hawija on Thursday.", REGAIN),
    ("M23 rebels captured the town of Goma on Tuesday.", OVERTAKE),
    ("Islamic State militants seized control of the city of Ramadi on Sunday.", OVERTAKE),
    ("Soldiers opened fire on protesters in Khartoum on Monday, killing five of them.", EXCESS),
    ("Police shot dead two protesters in Lagos on Tuesday.", EXCESS),
    ("Police fired tear gas to disperse protesters in Nairobi on Tuesday.", INTERVENED),
    ("Police arrested 20 protesters at a demonstration in Minsk on Sunday.", INTERVENED),
    ("Thousands of people marched in Nairobi on Tuesday to protest against taxes.", PEACEFUL),
    ("Hundreds of students demonstrated peacefully in Dhaka on Wednesday.", PEACEFUL),
    ("Protesters threw stones at police and burned tyres in Dhaka on Sunday.", RIOT),
    ("Protesters threw petrol bombs at police in Athens on Saturday.", RIOT),
    ("Rioters set fire to shops in Port Moresby on Wednesday during a riot.", RIOT),
    ("Protesters clashed with police in Nairobi on Tuesday.", RIOT),
    ("Villagers beat a suspected thief to death in Kano on Friday, as an angry mob looked on.", MOB),
    ("A mob lynched a man accused of theft in Jharkhand on Friday.", MOB),
    ("A chlorine attack killed 40 people in Douma on Saturday.", CHEMICAL),
    ("Government forces used sarin gas against civilians in Khan Sheikhoun on Tuesday.", CHEMICAL),
    ("An air strike hit a hospital in Idlib on Monday, killing nine patients.", AIR),
    ("A drone strike killed a Hezbollah commander in Tyre on Monday.", AIR),
    ("Russian warplanes bombed the market in Idlib on Sunday.", AIR),
    ("Two army helicopters fired rockets at rebel positions near Goma on Monday.", AIR),
    ("Russia and Syria bombed the town of Saraqib on Monday.", AIR),
    ("A suicide bomber blew himself up at a mosque in Kunduz on Friday, killing 50 worshippers.", SUICIDE),
    ("A suicide car bomb exploded outside a police station in Mogadishu on Saturday.", SUICIDE),
    ("Government artillery shelled the town of Douma on Sunday, killing three civilians.", SHELLING),
    ("A missile attack on Kharkiv killed four people on Tuesday.", SHELLING),
    ("Rockets were fired at Sderot from Gaza on Tuesday.", SHELLING),
    ("A roadside bomb killed four people in Ghazni on Monday.", IED),
    ("A car bomb exploded in a market in Mogadishu on Saturday, killing ten.", IED),
    ("Three farmers were killed when they stepped on a landmine near Mopti on Sunday.", IED),
    ("Militants threw a grenade into a bar in Bujumbura on Friday, wounding eight.", GRENADE),
    ("Fighters raped 12 women in a village in North Kivu on Sunday, the UN said.", SEXUAL),
    ("Gunmen killed 15 villagers in Plateau State on Sunday.", ATTACK),
    ("Boko Haram militants beheaded three farmers near Maiduguri on Tuesday.", ATTACK),
    ("Unidentified gunmen assassinated a politician in Quetta on Tuesday.", ATTACK),
    ("Rebels tortured two villagers in Ituri on Monday.", ATTACK),
    ("Gunmen abducted and killed a village chief in Borno on Sunday.", ATTACK),
    missed("an attack on a bus is one on its passengers", "Gunmen attacked a bus near Kaduna on Sunday.", ATTACK),
    ("Gunmen abducted 30 schoolchildren in Kaduna on Thursday.", ABDUCTION),
    ("Bandits kidnapped a priest in Zamfara on Sunday.", ABDUCTION),
    ("Boko Haram fighters detained 40 villagers near Maiduguri on Monday.", ABDUCTION),
    ("The government and FARC rebels signed a peace agreement in Havana on Wednesday.", AGREEMENT),
    ("The two sides exchanged prisoners near Donetsk on Sunday.", AGREEMENT),
    ("Police arrested the opposition leader in Kampala on Monday.", ARRESTS),
    ("Security forces arrested 200 opposition supporters in Minsk on Sunday.", ARRESTS),
    ("The rebel leader was captured near Bamako on Monday.", ARRESTS),
    ("Jihadist fighters captured two priests and held them in Kidal on Monday.", ABDUCTION),
    ("Menaka was captured by Tuareg rebels on Monday.", OVERTAKE),
    ("The army deployed troops to the border with Chad on Monday.", CHANGE),
    ("Rebel fighters entered the town of Bunia on Friday.", CHANGE),
    ("Government troops advanced towards Adigrat on Sunday.", CHANGE),
    ("Ukrainian air defences shot down 12 drones over Kyiv on Monday night.", DISRUPTED),
    ("Police defused a bomb in Lahore on Friday.", DISRUPTED),
    ("Two grenades were found in a canal near Leeds on Friday.", DISRUPTED),
    ("Troops seized a cache of weapons in Kashmir on Saturday.", DISRUPTED),
    ("Soldiers intercepted a missile over Riyadh on Saturday.", DISRUPTED),
    ("The army set up a new military base near Menaka on Monday.", BASE),
    ("Rebels burned 20 houses in a village near Bunia on Sunday.", LOOTING),
    ("Armed men looted a warehouse of the World Food Programme in El Fasher on Monday.", LOOTING),
    ("Rebels withdrew from the town of Bunia on Friday.", HANDOVER),
    ("Soldiers staged a coup in Niamey on Wednesday.", OTHER),
    ("Soldiers blocked the road to Zalingei on Sunday.", OTHER),
    ("Police seized explosives from two men near Raipur on Monday.", DISRUPTED),
    ("Clashes between the army and the rebels were reported in Rutshuru on Tuesday.", CLASH),
    ("Barrel bombs were dropped on the outskirts of Daraya on Friday.", AIR),
    ("Masked men dragged an activist out of his car in Benghazi on Friday.", ABDUCTION),
    ("Monks walked through Mandalay on Friday calling for an end to the war.", PEACEFUL),
    ("The Kachin rebels took a military outpost in Hpakant on Sunday.", OVERTAKE),
    ("Police beat marching nurses with batons in Harare on Tuesday.", EXCESS),
    ("Police dragged away pupils who had glued themselves to a bridge in Ghent on Saturday.", INTERVENED),
    ("A rally for a jailed cleric was broken up by police in Baku on Friday.", INTERVENED),
    ("Residents staged a demonstration in Kitale on Monday over a road that was damaged by rain.", PEACEFUL),
    ("Fans of two clubs attacked one another with bottles in Rosario on Sunday.", MOB),
    ("Gunmen seized a priest from his parish in Kaduna on Tuesday.", ABDUCTION),
    ("Sarin was used against the district of Irbin on Thursday.", CHEMICAL),
    ("A device hidden in a bin went off outside a bank in Athens on Wednesday.", IED),
    ("Militants blew up a gas pipeline near Sui on Wednesday.", IED),
    ("Ten fighters laid down their arms and surrendered to the army in Pool on Tuesday.", AGREEMENT),
    ("The former president was taken into custody in Bishkek on Tuesday.", ARRESTS),
    ("A mass grave was found near Sirte on Sunday.", OTHER),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_sub_event_type_by_the_decision_rules(text: str, expected: str) -> None:
    found = violence(text)
    assert found
    event = found[0]
    row = acled.sub_events()[expected]
    assert event.sub_event_type == expected
    assert (event.event_type, event.disorder_type) == (row.event_type, row.disorder_type)
    assert event.modality == "actual"


def test_the_table_shows_all_25_types() -> None:
    shown = {case[1] if isinstance(case, tuple) and not hasattr(case, "values") else case.values[1] for case in TABLE}
    assert shown == set(acled.sub_event_types())


@pytest.mark.parametrize(
    "text",
    [
        "A man was stabbed to death by his neighbour in a parking lot in Ohio on Friday, the sheriff said.",
        "Two people were shot in an apartment in Chicago on Friday; detectives look for a suspect in the robbery.",
        "A boy of five was beaten by his mother in Kampala on Friday.",
        "A fisherman stabbed his wife to death in Mwanza on Sunday after a quarrel over money.",
    ],
)
def test_ordinary_crime_is_an_assault_that_acled_does_not_record(text: str) -> None:
    (event,) = violence(text)
    assert event.event_type is None
    assert event.plover is not None
    assert event.plover.event == "ASSAULT"


@pytest.mark.parametrize(
    "text",
    [
        "Workers at the factory went on strike on Monday over pay, their union said.",
        "The striker scored twice as the league's champions attacked from the start of the match.",
        "The film bombed at the box office last weekend, and its director blamed the actor.",
        "The earthquake killed 300 people in Herat on Saturday.",
        "A bus crash killed 20 people near Lima on Sunday.",
        "Shares were hit as investors shot down the takeover bid and analysts attacked the quarterly earnings.",
        "The committee met in Geneva on Monday.",
    ],
)
def test_sport_films_shares_and_disasters_are_no_violence(text: str) -> None:
    assert [e for e in violence(text) if e.event_type is not None and e.modality == "actual"] == []


@pytest.mark.parametrize(
    ("text", "plover", "mode", "cameo"),
    [
        ("A drone strike killed a Hezbollah commander in Tyre on Monday.", "ASSAULT", "drone", "1952"),
        ("Gunmen abducted 30 schoolchildren in Kaduna on Thursday.", "ASSAULT", "abduct", "181"),
        ("A suicide bomber blew himself up at a mosque in Kunduz on Friday.", "ASSAULT", "suicide-attack", "1831"),
        ("Police arrested the opposition leader in Kampala on Monday.", "COERCE", "arrest", "173"),
        ("Hundreds of students demonstrated peacefully in Dhaka on Wednesday.", "PROTEST", "demo", "141"),
    ],
)
def test_plover_and_cameo_go_as_deep_as_the_text(text: str, plover: str, mode: str, cameo: str) -> None:
    event = violence(text)[0]
    assert event.plover is not None
    assert event.cameo is not None
    assert (event.plover.event, event.plover.mode, event.cameo.code) == (plover, mode, cameo)
    assert event.cameo.root == cameo[:2]
