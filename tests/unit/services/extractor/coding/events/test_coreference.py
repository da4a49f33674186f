"""Words that point back stand for who was named before, and for nobody where two fit."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import names, violence

DOERS = [
    ("Boko Haram released a video on Friday. On Sunday the group killed nine farmers in Gwoza.", {"Boko Haram"}),
    (
        "The FARC denied the charge. The rebels kidnapped a mayor in Cauca on Monday.",
        {"Revolutionary Armed Forces of Colombia"},
    ),
    ("Ethiopia's army chief spoke on Friday. A day later the army shelled Mekelle.", {"Military Forces of Ethiopia"}),
    ("M23 fighters reached the hill at dawn. They then shot dead four villagers in Rutshuru.", {"March 23 Movement"}),
    ("Hamas and Fatah blamed each other. The group killed a shopkeeper in Rafah on Monday.", set()),
    ("Gunmen met a Hezbollah commander. The gunmen killed a guard in Tyre on Monday.", {"Unidentified Armed Group"}),
    ("The army of Chad and the army of Niger met. The army shelled Diffa on Monday.", {"Military Forces"}),
]


@pytest.mark.parametrize(("text", "wanted"), DOERS)
def test_doer_by_the_sentences_before(text: str, wanted: set[str]) -> None:
    [event] = violence(text)
    assert names(event, "perpetrator") == wanted


def test_what_is_read_back_is_marked_and_shown_by_the_words_that_name_it() -> None:
    [event] = violence("M23 fighters reached the hill at dawn. They then shot dead four villagers in Rutshuru.")
    [rebels] = [n for n, a in enumerate(event.actors) if a.role == "perpetrator"]
    assert f"actors.{rebels}" in event.inferred
    assert event.actors[rebels].mention.startswith("M23")


def test_a_victim_of_the_sentence_before() -> None:
    [event] = violence("A cattle trader was walking home in Zinder. Two men on a motorbike shot him dead on Monday.")
    assert "Civilians" in names(event, "target")


def test_whoever_says_it_did_it_claims_it_unless_it_is_a_state() -> None:
    [event] = violence(
        "A bomb killed two policemen in Quetta. The Balochistan Liberation Front said it had carried out the attack."
    )
    assert event.claimed_by == "Balochistan Liberation Front"
    [event] = violence("The army of Niger said it had killed six bandits near Maradi on Monday.")
    assert event.claimed_by is None
