"""Deeds that the first sentence takes as known, to tell other news."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import events


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("The governor thanked the guards who were shot by rebels in Jos.", "shot", "historical"),
        ("Troops who had stormed the camp near Gao were given medals by the president.", "stormed", "historical"),
        ("Police near Gao arrested two men over the blast that killed nine traders.", "killed", "historical"),
        ("The bishop condemned the attack on the market in Jos.", "attack", "historical"),
        ("Guards were doubled in Jos in the wake of an ambush on a convoy.", "ambush", "historical"),
        ("Odu Bale is accused of the attack in which nine traders were killed in Jos.", "killed", "historical"),
        ("Police in Jos doubled the guards after an input about a suicide bombing.", "suicide bombing", "hypothetical"),
        ("The bishop condemned the murder of a nurse in Jos.", "murder", "actual"),
        ("The bishop condemned the attack on the market in Jos on Sunday.", "attack", "actual"),
        ("Rebels claimed responsibility for the ambush on a convoy near Gao.", "ambush", "actual"),
        ("Nine traders suffered burns in a blast in Jos.", "blast", "actual"),
        ("The convoy reached Gao on Sunday, when rebels shelled the town.", "shelled", "actual"),
        ("Nine people were taken to a clinic by militants, who shelled the town.", "shelled", "actual"),
        ("A nurse is among the nine killed in Jos.", "killed", "actual"),
        ("Mourners buried the four policemen whose car was shelled near Gao.", "shelled", "actual"),
        ("Guards near Gao foiled an attempt to kill the mayor.", "kill", "attempted"),
    ],
)
def test_a_deed_that_the_lead_takes_as_known_is_past(text: str, trigger: str, expected: str) -> None:
    told = events(f"{text} It had rained for a week.", None, None)
    assert {e.modality for e in told for s in e.evidence if s.text == trigger} == {expected}


def test_a_deed_that_nothing_follows_may_be_the_news() -> None:
    text = "The mayor thanked the guards who were shot by rebels in Jos."
    assert "actual" in {e.modality for e in events(text, None, None)}


def test_a_headline_tells_its_deed_anew() -> None:
    text = "The army opened an inquiry into the killing of the nine traders who had been shot near Gao. It rained."
    assert "actual" in {e.modality for e in events(text, "Nine traders shot near Gao", None)}
    assert "actual" not in {e.modality for e in events(text, None, None) if e.disorder_type}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The governor said on May 3 that peace was near. A guard was killed in Jos on May 2, 2011.", "historical"),
        ("The governor said that peace was near. Nine guards have been killed in a raid on Jos.", "actual"),
    ],
)
def test_what_has_its_year_is_past_where_the_lead_has_none(text: str, expected: str) -> None:
    (found,) = {e.modality for e in events(text, None, None) for s in e.evidence if s.text == "killed"}
    assert found == expected


def test_shells_of_tear_gas_are_no_artillery() -> None:
    told = events("Two students were hurt in teargas shelling by police in Jos.", None, None)
    assert [e.event_type for e in told if e.event_type in ("Explosions/Remote violence", "Battles")] == []
