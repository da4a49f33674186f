"""Who fires at whom and is fired at in turn fights one fight; "security forces" are the police of the next sentence."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import names, violence

ARMY = "Military Forces"


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers killed two rebels near Marawi on Friday. The rebels had opened fire on the soldiers at a checkpoint.",
        "A patrol was fired at by rebels near Marawi on Friday. The soldiers returned fire, killing four rebels.",
        "Rebels ambushed soldiers near Marawi on Friday, wounding five. The army killed 11 rebels in the encounter.",
        "Two rebels were killed when soldiers opened fire after the soldiers were attacked by the rebels in Marawi.",
    ],
)
def test_each_sides_fire_is_one_fight_with_two_sides(text: str) -> None:
    (event,) = violence(text)
    assert event.sub_event_type == "Armed clash"
    assert {a.kind for a in event.actors if a.role == "participant"} == {"State forces", "Rebel group"}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot dead a teacher in Kano on Monday. Soldiers killed two gunmen in Zamfara on Monday.",
        "Rebels killed two soldiers near Marawi on Monday. The army killed four rebels near Marawi on Wednesday.",
        "Taliban fighters shot dead a soldier in Kunduz on Monday. Soldiers killed two Islamic State fighters there.",
    ],
)
def test_other_towns_days_and_groups_are_other_fights(text: str) -> None:
    assert len(violence(text)) == 2


def test_security_forces_are_the_police_of_the_next_sentence() -> None:
    text = (
        "Three rebels were killed in a gun battle with security forces in Kasese on Friday. "
        "Police raided a camp of the rebels there. A gun battle followed in which three rebels were killed."
    )
    assert len(violence(text)) == 1


def test_bombs_thrown_in_a_fight_are_part_of_the_fight() -> None:
    text = (
        "Three rebels were killed in an exchange of fire with soldiers in Marawi on Friday. "
        "The rebels opened fire and hurled hand grenades. Three rebels were killed when the soldiers returned fire."
    )
    (event,) = violence(text)
    assert event.sub_event_type == "Armed clash"


@pytest.mark.parametrize("fire", ["an exchange of fire", "a shootout", "a gunfight"])
def test_who_raids_and_kills_did_it_though_shots_were_exchanged(fire: str) -> None:
    (event,) = violence(f"Soldiers killed three rebels in {fire} during a raid in Marawi on Friday.")
    assert event.sub_event_type == "Armed clash"
    assert names(event, "perpetrator") == {ARMY}
    assert {a.kind for a in event.actors if a.role == "target"} == {"Rebel group"}


def test_a_fight_with_both_sides_named_or_hurt_has_two_sides() -> None:
    for text in (
        "Three rebels were killed in an exchange of fire with soldiers in Marawi on Friday.",
        "Soldiers killed three rebels in a gunfight in Marawi on Friday. Two soldiers were wounded in the gunfight.",
    ):
        (event,) = violence(text)
        assert names(event, "participant") >= {ARMY}
