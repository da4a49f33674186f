"""Acts of words take in the deeds that they are about: one event each, with the code of that act about that deed."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import events

# Text, PLOVER event, CAMEO code, modality of each of its events that is no violence.
TABLE = [
    ("Latvia agreed to lift its embargo on Belarus.", [("AGREE", "0354", "actual")]),
    ("Peru pledged to send food to Haiti.", [("AGREE", "0333", "actual")]),
    ("Algeria refused to release the Spanish sailors.", [("REJECT", "1243", "actual")]),
    ("Jordan's king will meet the president of Cyprus on Friday.", [("AGREE", "036", "planned")]),
    ("Kenya will not lift the ban on imports from Uganda, its trade minister said.", [("REJECT", "1241", "actual")]),
    ("Greece urged Turkey to withdraw its warships.", [("REQUEST", "1056", "actual")]),
    ("Finland said Russia must release the two activists.", [("REQUEST", "1053", "actual")]),
    ("Poland threatened to close its border with Belarus.", [("THREATEN", "132", "threatened")]),
    ("Mexico said it would recall its ambassador from Ecuador.", [("THREATEN", "1313", "threatened")]),
    ("Qatar condemned Chad for expelling its envoy.", [("ACCUSE", "111", "actual")]),
    ("Ghana rejected an offer of talks from Togo.", [("REJECT", "125", "actual")]),
    (
        "Japan imposed sanctions on Myanmar and recalled its ambassador.",
        [("COERCE", "163", "actual"), ("SANCTION", "161", "actual")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_an_act_and_its_deed_are_one_event(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(e.plover.event, e.cameo.code, e.modality) for e in events(text) if e.plover and e.cameo]
    assert sorted(found) == sorted(expected)


def test_whom_an_act_reaches_stands_in_what_it_is_about() -> None:
    (event,) = events("Australia eased its restrictions on imports of Fijian kava.")
    assert [(a.role, a.country) for a in event.actors] == [("perpetrator", "AUS"), ("target", "FJI")]


def test_who_says_what_must_be_done_asks_for_it() -> None:
    (event,) = events("Finland said Russia must release the two activists.")
    assert [(a.role, a.country) for a in event.actors][:2] == [("perpetrator", "FIN"), ("target", "RUS")]


def test_a_pronoun_stands_for_who_says_it() -> None:
    (event,) = events("Morocco announced that it had lifted its embargo on Mali.")
    assert [(a.role, a.country) for a in event.actors] == [("perpetrator", "MAR"), ("target", "MLI")]


def test_a_threatened_attack_stays_an_attack_and_is_a_threat() -> None:
    (event,) = events("Rebels threatened to shell the town of Bunia.")
    assert (event.modality, event.sub_event_type) == ("threatened", "Shelling/artillery/missile attack")
    assert event.plover is not None
    assert (event.plover.event, event.plover.mode) == ("THREATEN", "violence")


def test_somebody_whom_no_file_knows_is_named_by_the_text() -> None:
    (event,) = events("Denmark banned the Vestjord League.")
    assert ("target", "Vestjord League", None) in [(a.role, a.name, a.kind) for a in event.actors]


def test_an_agreement_of_governments_is_diplomacy_and_one_with_rebels_is_acleds() -> None:
    (treaty,) = events("Estonia and Portugal signed an agreement on student visas on Monday.")
    assert (treaty.sub_event_type, treaty.plover and treaty.plover.event) == (None, "SUPPORT")
    (peace,) = events("Chad and the rebels signed an agreement in Moundou on Monday.")
    assert peace.sub_event_type == "Agreement"


def test_what_a_protest_demands_is_told_with_the_protest() -> None:
    (event,) = events("Hundreds of teachers marched in Lusaka on Monday to demand higher pay from Zambia.")
    assert event.event_type == "Protests"
    assert "Government of Zambia" in {a.name for a in event.actors if a.role == "target"}


def test_rebels_who_will_surrender_agree_to_it_and_those_who_did_retreat() -> None:
    (planned,) = events("The FARC said that its fighters will lay down their arms.")
    (done,) = events("Fighters of the FARC laid down their arms on Monday.")
    assert [(e.modality, e.plover and e.plover.event) for e in (planned, done)] == [
        ("planned", "AGREE"),
        ("actual", "RETREAT"),
    ]


def test_what_is_agreed_on_is_the_agreement() -> None:
    (event,) = events("The army and M23 agreed a ceasefire on Monday.")
    assert (event.sub_event_type, event.modality) == ("Agreement", "actual")


def test_an_ultimatum_to_halt_a_deed_is_no_threat_of_that_deed() -> None:
    found = events("Niger issued an ultimatum to Togo to halt attacks on its traders.")
    assert ("threatened", "THREATEN") in [(e.modality, e.plover and e.plover.event) for e in found]
    assert not [e for e in found if e.modality == "threatened" and e.event_type is not None]


def test_a_duty_that_nobody_is_told_to_name_is_no_request() -> None:
    (event,) = events("Ireland declared that Belgium must open its archives.")
    assert (event.plover and event.plover.event, [a.country for a in event.actors]) == ("REQUEST", ["IRL", "BEL"])
    assert events("Belgium must open its archives.") == ()


def test_what_officers_do_to_a_protest_is_no_protest_in_plovers_terms() -> None:
    (event,) = events("Turkish police dispersed a protest by miners in Soma on Monday.")
    assert event.sub_event_type == "Protest with intervention"
    assert (event.plover and event.plover.event, event.cameo and event.cameo.code) == ("COERCE", "175")


def test_officials_of_two_states_in_one_phrase_are_two_parties() -> None:
    (event,) = events("Hungarian and Romanian officials agreed that their railways should cooperate.")
    assert {a.country for a in event.actors} == {"HUN", "ROU"}


@pytest.mark.parametrize(
    ("text", "event", "doer", "sufferer"),
    [
        ("Sanctions were imposed on Belarus by Switzerland.", "COERCE", "CHE", "BLR"),
        ("Three Russian diplomats were expelled by Austria.", "SANCTION", "AUT", "RUS"),
        ("US sanctions on Sudan were lifted on Monday.", "RETREAT", "USA", "SDN"),
        ("The withdrawal of Ethiopian forces from Somalia began on Tuesday.", "RETREAT", "ETH", "SOM"),
    ],
)
def test_a_phrase_turned_round_says_the_same(text: str, event: str, doer: str, sufferer: str) -> None:
    (found,) = events(text)
    assert found.plover is not None
    assert found.plover.event == event
    assert [(a.role, a.country) for a in found.actors] == [("perpetrator", doer), ("target", sufferer)]


def test_a_government_that_protests_complains() -> None:
    (event,) = events("Malta protested against the raid by Tunisia's navy.")[:1]
    assert (event.event_type, event.plover and event.plover.event) == (None, "ACCUSE")


@pytest.mark.parametrize(
    "text",
    [
        "A French tennis player visited his old school in Lille.",
        "Norway's fund sold its shares in a mining company.",
        "Germany's Brauhof agreed to buy a seed company.",
        "A Russian tourist was rescued from a cliff in Wales.",
    ],
)
def test_people_and_firms_of_a_country_are_not_its_government(text: str) -> None:
    assert not [a for e in events(text) for a in e.actors if a.role == "perpetrator" and a.country]
