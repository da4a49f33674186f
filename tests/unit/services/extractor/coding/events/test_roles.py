"""Who did it and who suffered it, however the sentence is built."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import events, kinds, names, violence

UAG, ARMY, POLICE, PEOPLE = "Unidentified Armed Group", "Military Forces", "Police Forces", "Civilians"


def missed(why: str, *case: object) -> object:
    """A case that must hold and does not yet; `why` names the class of the error."""
    return pytest.param(*case, marks=pytest.mark.xfail(strict=False, reason=why))


ACTIVE_AND_PASSIVE = [
    ("Taliban fighters killed two policemen in Kunduz on Monday.", {"Taliban"}, {POLICE}),
    ("Two policemen were killed by Taliban fighters in Kunduz on Monday.", {"Taliban"}, {POLICE}),
    ("Two policemen were killed on Monday in Kunduz by the Taliban.", {"Taliban"}, {POLICE}),
    (
        "Turkey's army shelled Islamic State fighters in Afrin on Monday.",
        {"Military Forces of Turkey"},
        {"Islamic State"},
    ),
    ("Gunmen opened fire on worshippers in Peshawar on Friday.", {UAG}, {PEOPLE}),
    ("Farmers were abducted by gunmen in Borno on Monday.", {UAG}, {PEOPLE}),
    ("Journalist Amina Yusuf was shot dead by gunmen in Mogadishu on Monday.", {UAG}, {PEOPLE}),
    ("Suspected Boko Haram militants abducted 20 girls in Borno on Monday.", {"Boko Haram"}, {PEOPLE}),
]
NOMINAL = [
    ("Four people were killed in police firing in Sopore on Monday.", {POLICE}, {PEOPLE}),
    ("The killing of a journalist by soldiers in Bamako on Monday shocked many.", {ARMY}, {PEOPLE}),
    ("The Taliban's attack on Kunduz killed two policemen on Monday.", {"Taliban"}, {POLICE}),
    ("An attack by the Taliban on civilians in Kunduz left nine dead on Monday.", {"Taliban"}, {PEOPLE}),
    (
        "Two policemen were killed in an attack by Taliban fighters on a checkpoint in Kunduz on Monday.",
        {"Taliban"},
        {POLICE},
    ),
    (
        "Israeli air strikes killed five Hezbollah fighters in Tyre on Monday.",
        {"Military Forces of Israel"},
        {"Hezbollah"},
    ),
    ("Boko Haram launched an attack on villagers in Gwoza on Monday.", {"Boko Haram"}, {PEOPLE}),
    ("A soldier of the Rapid Support Forces was shot dead by gunmen in Nyala.", {UAG}, {"Rapid Support Forces"}),
    (
        "Israel carried out an air strike on Hezbollah positions in Tyre on Monday.",
        {"Military Forces of Israel"},
        {"Hezbollah"},
    ),
    (
        "An air strike was carried out by Israel on Hezbollah positions in Tyre on Monday.",
        {"Military Forces of Israel"},
        {"Hezbollah"},
    ),
    ("A judge's murder by gunmen in Culiacan on Monday shocked Mexico.", {UAG}, {"Government"}),
    ("A missile fired by Houthi rebels struck policemen in Marib on Monday.", {"Houthis"}, {POLICE}),
    ("A trader succumbed to his injuries on Monday after gunmen shot at him in Gao.", {UAG}, {PEOPLE}),
    ("Shelling claimed the lives of two villagers in Rakhine on Monday.", set(), {PEOPLE}),
    ("The blast left two villagers injured in Rakhine on Monday.", set(), {PEOPLE}),
    ("Gunmen shot dead teacher Amadou Diallo in Gao on Monday.", {UAG}, {PEOPLE}),
    ("Musa Ibrahim Garba (45) was shot dead by unidentified gunmen in Kano on Monday.", {UAG}, {PEOPLE}),
    ("Two women stepped on a landmine planted by M23 rebels in Rutshuru on Monday.", {"March 23 Movement"}, {PEOPLE}),
]
CLAUSES = [
    ("Soldiers who killed four villagers in Ituri on Monday left the area.", {ARMY}, {PEOPLE}),
    ("The villagers killed by M23 rebels in Ituri on Monday were farmers.", {"March 23 Movement"}, {PEOPLE}),
    ("Gunmen firing from a car killed two soldiers in Quetta on Monday.", {UAG}, {ARMY}),
    ("Rebels stormed the town of Goma on Monday and killed three soldiers.", {UAG}, {ARMY}),
    ("Rebels raided a camp in Goma on Monday, killing three soldiers.", {UAG}, {ARMY}),
    ("Police said gunmen had killed a farmer in Kaduna on Sunday.", {UAG}, {PEOPLE}),
]
CONJUNCTS = [
    (
        "Rebels attacked soldiers and civilians in Goma on Monday.",
        {UAG},
        {ARMY, PEOPLE},
    ),
    (
        "Russia and Syria shelled the town of Saraqib on Monday.",
        {"Military Forces of Russia", "Military Forces of Syria"},
        set(),
    ),
    (
        "Boko Haram and Islamic State fighters killed villagers in Borno on Monday.",
        {"Boko Haram", "Islamic State"},
        {PEOPLE},
    ),
]


@pytest.mark.parametrize(("text", "doers", "sufferers"), [*ACTIVE_AND_PASSIVE, *NOMINAL, *CLAUSES, *CONJUNCTS])
def test_doer_and_sufferer(text: str, doers: set[str], sufferers: set[str]) -> None:
    event = violence(text)[0]
    assert names(event, "perpetrator") == doers
    assert names(event, "target") >= sufferers
    assert not names(event, "target") & doers


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Soldiers clashed with M23 rebels near Goma on Monday.", {ARMY, "March 23 Movement"}),
        ("Soldiers and al-Shabaab fighters exchanged fire near Kismayo on Monday.", {ARMY, "Al-Shabaab"}),
        ("Clashes erupted between soldiers and M23 rebels near Goma on Monday.", {ARMY, "March 23 Movement"}),
        (
            "Clashes between soldiers and M23 rebels near Goma on Monday killed five people.",
            {ARMY, "March 23 Movement"},
        ),
        (
            "M23 rebels clashed with soldiers near Goma on Monday, killing three people.",
            {ARMY, "March 23 Movement"},
        ),
        (
            "Two soldiers and a rebel fell in the gunfight between the army and ELN rebels in Arauca on Monday.",
            {ARMY, "National Liberation Army (Colombia)"},
        ),
        ("Two soldiers died in a gun battle with Taliban fighters in Kunduz on Monday.", {ARMY, "Taliban"}),
    ],
)
def test_both_sides_of_a_clash_take_part_in_it(text: str, sides: set[str]) -> None:
    event = violence(text)[0]
    assert names(event, "participant") | names(event, "perpetrator") | names(event, "target") >= sides


@pytest.mark.parametrize(
    "text",
    [
        "The bombing in Mogadishu on Monday was blamed on al-Shabaab.",
        "Officials blamed al-Shabaab for the bombing in Mogadishu on Monday.",
    ],
)
def test_who_is_blamed_is_the_doer(text: str) -> None:
    bombing = next(e for e in violence(text) if e.plover is not None and e.plover.event == "ASSAULT")
    assert names(bombing, "perpetrator") == {"Al-Shabaab"}


@pytest.mark.parametrize(
    "text",
    [
        "Al-Shabaab claimed responsibility for the bombing in Mogadishu on Monday.",
        "The bombing in Mogadishu on Monday, claimed by al-Shabaab, killed ten people.",
    ],
)
def test_who_claims_it_is_told_apart(text: str) -> None:
    assert violence(text)[0].claimed_by == "Al-Shabaab"


def test_who_says_it_is_neither_doer_nor_sufferer() -> None:
    (event,) = events("Gunmen killed a farmer in Kaduna on Sunday, the Red Cross said.")
    assert event.reported_by is not None
    assert "Red Cross" in event.reported_by
    assert names(event, "perpetrator") == {UAG}
    assert names(event, "target") == {PEOPLE}


@pytest.mark.parametrize(
    "dateline",
    [
        "",
        "KABUL (Reuters) - ",
        "KABUL, March 12 (AP) - ",
        "KABUL \u2014 ",
    ],
)
def test_a_newsrooms_city_does_nothing_to_anybody(dateline: str) -> None:
    event = violence(f"{dateline}Gunmen shot dead two police officers in Kandahar on Monday.")[0]
    assert names(event, "perpetrator") == {UAG}
    assert event.date is not None
    assert str(event.date.start) == "2024-03-11"


@pytest.mark.parametrize(
    "text",
    ["A bomb killed four people in Kabul on Monday.", "Four people were killed in an air strike in Idlib on Monday."],
)
def test_nobody_is_made_up_where_no_doer_is_told(text: str) -> None:
    (event,) = violence(text)
    assert names(event, "perpetrator") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Protesters demonstrated in Dhaka on Wednesday against the law.",
        "Thousands of people marched in Nairobi on Tuesday in protest.",
        "Hundreds of Malians marched in Bamako on Tuesday to demand justice for six people shot by soldiers.",
        "Supporters of the government marched in Kampala on Tuesday.",
        "The president's supporters marched in Lima on Tuesday.",
    ],
)
def test_a_crowd_that_demonstrates_are_protesters(text: str) -> None:
    assert "Protesters" in kinds(violence(text)[0], "perpetrator") | kinds(violence(text)[0], "participant")


def test_who_marches_for_a_government_is_not_the_government() -> None:
    (event,) = violence("Supporters of the government marched in Kampala on Tuesday.")
    assert [(actor.name, actor.mention) for actor in event.actors] == [("Protesters", "Supporters of the government")]


@pytest.mark.parametrize(
    "whom",
    [
        "those behind the bombing",
        "whoever is responsible for the bombing",
        "the people responsible for the bombing",
        "the perpetrators of the bombing",
    ],
)
def test_who_swears_to_find_the_bombers_is_none_of_them(whom: str) -> None:
    event = violence(f"President Adan Warsame vowed on Monday to hunt down {whom} that killed nine people in Kismayo.")[
        0
    ]
    assert event.modality == "actual"
    assert names(event, "perpetrator") == set()


@pytest.mark.parametrize("deed", ["a police operation", "a police raid"])
def test_the_word_for_an_operation_names_who_does_it(deed: str) -> None:
    event = events(f"Two rebels were killed in {deed} in Goma on Monday.")[0]
    assert names(event, "perpetrator") == {"Police Forces"}
    event = events(f"Two rebels were killed by soldiers in {deed} in Goma on Monday.")[0]
    assert "Military Forces" in names(event, "perpetrator")


@pytest.mark.parametrize("sayer", ["a local official", "a local official and a civil society leader"])
def test_a_number_after_a_phrase_of_killing_is_its_object(sayer: str) -> None:
    (event,) = violence(
        f"Rebels from the Allied Democratic Forces hacked to death at least 19 villagers, {sayer} said."
    )
    assert (names(event, "perpetrator"), names(event, "target")) == ({"Allied Democratic Forces"}, {PEOPLE})


def test_one_person_of_a_nation_is_not_its_army() -> None:
    (event,) = violence(
        "A Palestinian rammed his car into a checkpoint near Hebron on Tuesday and wounded two soldiers."
    )
    assert kinds(event, "perpetrator") == {"Civilians"}
