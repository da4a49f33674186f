"""One name, however its words are put into letters."""

from __future__ import annotations

import pytest

from services.extractor.coding.actors.find import find_actors
from services.extractor.coding.actors.spellings import spellings


def test_the_name_itself_comes_first_and_none_comes_twice() -> None:
    ways = spellings("Hizb-ul-Mujahideen")
    assert ways[0] == "Hizb-ul-Mujahideen"
    assert {"Hizbul-Mujahidin", "Hizbul-Mujahedeen"} <= set(ways)
    assert spellings("Boko Haram") == ["Boko Haram"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Tahreek-e-Taliban Pakistan", "Tehrik-i-Taliban Pakistan"),
        ("Tehrik e Taliban Pakistan", "Tehrik-i-Taliban Pakistan"),
        ("Jama at ul Ahrar", "Jamaat-ul-Ahrar"),
        ("Jamatul Ahrar", "Jamaat-ul-Ahrar"),
        ("Laskar-e-Toiba", "Lashkar-e-Taiba"),
        ("Jaysh-e-Mohamed", "Jaish-e-Mohammed"),
        ("Hizbul Mujahedin", "Hizbul Mujahideen"),
        ("al-Shebab", "Al-Shabaab"),
        ("Hizballah", "Hezbollah"),
        ("Baluch Liberation Army", "Balochistan Liberation Army"),
    ],
)
def test_a_group_is_found_by_each_spelling(written: str, name: str) -> None:
    [actor] = [a for a in find_actors(f"Fighters of {written} attacked a convoy.") if a.category == "named"]
    assert (actor.text, actor.name) == (written, name)


def test_a_spelling_is_a_whole_word() -> None:
    assert not [a for a in find_actors("Shababnagar lies near Assamese villages.") if a.category == "named"]


@pytest.mark.parametrize(
    ("told", "name", "kind"),
    [
        ("two Bajaur Levies personnel", "Bajaur Levies", "State forces"),
        ("a C-60 commando of Gadchiroli in India", "C-60 (Gadchiroli)", "State forces"),
        ("officers of Densus 88", "Detachment 88", "State forces"),
        ("Danab commandos", "Danab", "State forces"),
        ("members of Jeay Sindh Qaumi Mahaz", "Jeay Sindh Qaumi Mahaz", "Civilians"),
        ("cadres of the CPN Maoist Baidya", "Communist Party of Nepal (Maoist)", "Rebel group"),
    ],
)
def test_forces_parties_and_groups_by_their_own_names(told: str, name: str, kind: str) -> None:
    assert (name, kind) in {(a.name, a.kind) for a in find_actors(f"Gunmen killed {told} on Sunday.")}
