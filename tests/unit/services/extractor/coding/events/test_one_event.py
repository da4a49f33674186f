"""Several sentences about one event make one event; other days, towns and deeds make others. And which comes first."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import events, names, triggers, violence

CHILDREN_FIRST = (
    "A raid on Gao killed 12 children on Monday, the United Nations said. Their school was hit. Help was slow. "
    "The army denied the raid. In all 31 people were killed in the raid, a doctor said."
)
THRICE = (
    "Government forces shelled the town of Douma on Monday, killing seven people. "
    "The shelling hit a market, witnesses said. Seven people died in the attack, a doctor said."
)


def test_one_shelling_told_in_headline_lead_and_text_is_one_event() -> None:
    (event,) = violence(THRICE, "Seven Killed as Army Shells Douma")
    assert event.sub_event_type == "Shelling/artillery/missile attack"
    assert event.casualties.killed is not None
    assert event.casualties.killed.best == 7
    assert {"shelled", "shelling", "attack"} <= triggers(event)
    assert {span.in_ for span in event.evidence} == {"title", "text"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "A car bomb killed four people in Baghdad on Monday. Another car bomb killed nine in Mosul on Monday.",
            2,
        ),
        (
            "A car bomb killed four people in Baghdad on Monday. On Tuesday, a car bomb killed nine people in Baghdad.",
            2,
        ),
        ("Gunmen shot dead a teacher in Kano on Monday. Soldiers arrested the governor of Kano on Tuesday.", 2),
        ("Gunmen killed ten people in Zamfara on Monday. The attack, in Zamfara, shocked the country.", 1),
        (*("Gunmen killed ten people in Zamfara on Monday. The attack, in Zamfara, was the worst this year.", 1),),
        ("A bomb exploded in Kabul on Monday. The blast killed four people.", 1),
        ("Soldiers clashed with rebels in Goma on Monday. The clashes left ten dead.", 1),
        ("Rebels attacked Goma on Monday. The army denied shelling Bukavu.", 2),
        (*("A week after gunmen killed a priest in Kaduna, soldiers raided a camp in Zamfara on Wednesday.", 2),),
        ("Hamas fired rockets at Tel Aviv on Tuesday; Israel responded with air strikes on Gaza City.", 2),
        ("The army shelled Gao and raided Menaka on Monday.", 2),
        ("A drone killed two soldiers in Gao on Monday. In the evening a landmine killed three pupils in Gao.", 2),
        ("A drone killed two soldiers in Gao on Monday. The blast wounded three pupils.", 1),
        ("There were attacks in Kano and clashes in Kaduna on Monday.", 2),
        ("Gunmen killed five in Kano on Monday and a bomb wounded two in Kano.", 1),
        ("He was kidnapped in Onitsha and killed in Owerri on Monday.", 1),
    ],
)
def test_days_towns_and_deeds_tell_events_apart(text: str, count: int) -> None:
    assert len(violence(text)) == count


def test_a_headline_goes_with_what_the_story_opens_with() -> None:
    text = (
        "Shells that fell on a market in the town of Goris killed 31 people on Monday, officials said. "
        "Four people died in a car bombing in Ganja on Sunday."
    )
    first, second = violence(text, "Scores Dead as Shells Hit Market")
    assert (first.casualties.killed and first.casualties.killed.best, {s.in_ for s in first.evidence}) == (
        31,
        {"text", "title"},
    )
    assert second.casualties.killed is not None
    assert second.casualties.killed.best == 4


def test_a_headline_that_counts_the_dead_of_one_town_goes_with_it() -> None:
    text = (
        "A nurse and a guard were killed and five people were injured when shells hit Goris on Monday. "
        "Shells also fell on a market in Ganja on Monday, police said."
    )
    first, *_ = violence(text, "Shells on Ganja, and on Goris where they leave two dead and five injured")
    assert first.place is not None
    assert first.place.name == "Goris"
    assert first.casualties.killed is not None
    assert first.casualties.killed.best == 2


def test_days_of_telling_may_lie_apart() -> None:
    text = (
        "A strike on Gao killed 12 people, the army said on Thursday. "
        "On Tuesday a doctor said that 12 people were killed in the strike on Gao."
    )
    (event,) = violence(text)
    assert event.date is not None
    assert str(event.date.start) == "2024-03-12"


def test_the_day_of_telling_is_no_other_day() -> None:
    text = (
        "An air strike on Atarib killed 61 people, a monitor said on Tuesday. "
        "The air strike hit the market of Atarib on Monday."
    )
    (event,) = violence(text)
    assert event.date is not None
    assert str(event.date.start) == "2024-03-11"


def test_a_day_told_of_somebody_is_not_that_of_the_deed() -> None:
    (event,) = violence("A bomb in Hilla killed nine pilgrims who had left Karbala on Saturday.")
    assert event.date is not None
    assert event.date.basis == "publication"


def test_a_march_is_not_the_bombing() -> None:
    text = "A car bomb killed nine people in Homs on Monday. Protesters in Homs marched on Monday for peace."
    assert len(violence(text)) == 2


def test_tolls_stay_with_their_events() -> None:
    first, second = violence(
        "A car bomb killed four people in Baghdad on Monday. Another car bomb killed nine people in Mosul on Monday."
    )
    tolls = {e.place.name: e.casualties.killed.best for e in (first, second) if e.place and e.casualties.killed}
    assert tolls == {"Baghdad": 4, "Mosul": 9}


@pytest.mark.parametrize(
    ("text", "kind", "low", "best", "high"),
    [
        ("A bomb in Kabul on Monday killed 15 people, including four children.", "killed", 15, 15, 15),
        ("A bomb in Kabul on Monday killed at least seven people.", "killed", 7, 7, None),
        ("A bomb in Kabul on Monday killed dozens of people.", "killed", 12, None, None),
        ("A bomb in Kabul on Monday killed between four and six people.", "killed", 4, None, 6),
        ("A bomb in Kabul on Monday wounded 30 people.", "injured", 30, 30, 30),
        ("A bomb killed 15 people in Kabul on Monday. It wounded 30 others.", "injured", 30, 30, 30),
        ("Gunmen abducted 30 pupils in Kaduna on Monday.", "abducted", 30, 30, 30),
        (
            "Gunmen killed six people in Gao on Monday. The war has killed more than 10,000 since 2012.",
            "killed",
            6,
            6,
            6,
        ),
        ("No one was killed in the blast in Kabul on Monday.", "killed", 0, 0, 0),
        ("A bomb in Kabul killed four people on Monday. The death toll rose to nine on Tuesday.", "killed", 9, 9, 9),
        (
            "A bomb in Kabul killed four people on Monday. By Friday the toll of the blast had risen to six.",
            "killed",
            6,
            6,
            6,
        ),
        ("A suicide bomber killed himself and five others in Kabul on Monday.", "killed", 6, 6, 6),
        ("In the worst attack this year, gunmen killed ten people in Gao on Monday.", "killed", 10, 10, 10),
        ("Pirates boarded a tanker off Hobyo on Monday and took its 25 crew hostage.", "abducted", 25, 25, 25),
        ("Gunmen abducted the 12-year-old in Kano on Monday.", "abducted", 1, 1, 1),
        (
            "A blast killed three nurses in Gao on Monday. It hit a ward. Patients fled. Four guards were also killed.",
            "killed",
            7,
            7,
            7,
        ),
        (CHILDREN_FIRST, "killed", 31, 31, 31),
    ],
)
def test_the_toll_of_an_event(text: str, kind: str, low: int, best: int | None, high: int | None) -> None:
    toll = getattr(violence(text)[0].casualties, kind)
    assert toll is not None
    assert (toll.low, toll.best) == (low, best)
    assert toll.high == high or (best is None and high != toll.low)


def test_dozens_is_inferred() -> None:
    (event,) = violence("A bomb in Kabul on Monday killed dozens of people.")
    assert "casualties.killed" in event.inferred


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers who killed four villagers in Ituri on Monday fled.",
        "Gunmen shot five farmers in Kaduna on Monday and fled.",
    ],
)
def test_doers_who_flee_are_not_displaced(text: str) -> None:
    found = violence(text)
    assert all(e.casualties.displaced is None for e in found)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("title", "text", "first"),
    [
        (
            "Gunmen kill 12 in Zamfara",
            "The minister visited a school in Lagos. Gunmen killed 12 people in Zamfara on Tuesday.",
            "killed",
        ),
        (
            None,
            "Gunmen killed 12 people in Zamfara on Tuesday. In 2014 Boko Haram abducted 276 girls in Chibok.",
            "killed",
        ),
        (None, "Rebels threatened to attack Goma. Soldiers shelled the town of Bukavu on Tuesday.", "shelled"),
        (
            "Army shells Bukavu, killing nine",
            "Soldiers shelled Bukavu on Tuesday, killing nine. It came a day after rebels attacked Goma.",
            "shelled",
        ),
    ],
)
def test_the_news_comes_first(title: str | None, text: str, first: str) -> None:
    assert first in triggers(events(text, title)[0])


def test_ranks_count_from_0_and_the_first_is_what_the_headline_tells() -> None:
    found = events(
        "Soldiers arrested a journalist in Bamako on Monday. Gunmen killed nine farmers in Mopti on Tuesday.",
        "Gunmen kill nine farmers in Mopti",
    )
    assert [e.rank for e in found] == list(range(len(found)))
    assert names(found[0], "perpetrator") == {"Unidentified Armed Group"}


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Police used water cannon.", "Protest with intervention"),
        ("Police fired tear gas and arrested 12 people.", "Protest with intervention"),
        ("Police shot dead two of the demonstrators.", "Excessive force against protesters"),
        ("Eighty police officers were injured by stones.", "Violent demonstration"),
    ],
)
def test_what_is_done_to_a_crowd_is_one_event_with_it(told: str, kind: str) -> None:
    (event,) = violence(f"Thousands of farmers protested in Lima on Thursday. {told}")
    assert event.sub_event_type == kind


def test_two_towns_of_one_province_are_two_events() -> None:
    found = violence(
        "Soldiers raided a camp in Bukavu on Monday and shot three fighters. A drone strike later hit a car in Uvira."
    )
    assert [event.place and event.place.name for event in found] == ["Bukavu", "Uvira"]


def test_a_town_may_be_told_by_the_province_that_is_called_after_it() -> None:
    (event,) = violence(
        "Gunmen walked into a bar in Saravena, Colombia, on Saturday and shot five people dead.",
        title="Five killed in bar in Colombia's Arauca",
    )
    assert event.place is not None
    assert event.place.name == "Saravena"


def test_what_is_shot_down_is_not_what_hit_elsewhere() -> None:
    found = violence(
        "Ukraine's air force shot down 22 drones over Odesa on Monday. In Zaporizhzhia, a missile destroyed a clinic."
    )
    assert [event.sub_event_type for event in found] == [
        "Disrupted weapons use",
        "Shelling/artillery/missile attack",
    ]
