"""The matcher finds whole words, the longest first, over gaps, with offsets into the text as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.lexicon.matcher import Trigger, fold, matcher
from services.extractor.coding.lexicon.weapons import weapon_finder


def _found(text: str) -> list[str]:
    return [text[t.start : t.end] for t in matcher().find(text)]


def _classes(trigger: Trigger) -> set[str]:
    return {cls.name for cls, _ in trigger.readings}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A suicide car bombing in the capital", ["suicide car bombing"]),
        ("Two air strikes near the border", ["air strikes"]),
        ("Gunmen opened fire on a bus", ["opened fire"]),
        ("Police fired tear gas at them", ["fired tear gas"]),
        ("the Bombing of the market", ["Bombing"]),
        ("CLASHES NEAR THE TOWN", ["CLASHES"]),
    ],
)
def test_the_longest_phrase_wins(text: str, expected: list[str]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize("text", ["unkilled", "reshelling", "clashing5", "ambushé", "bombastic", "Ükilled"])
def test_a_word_within_a_word_is_none(text: str) -> None:
    assert _found(text) == []


def _inner(text: str, trigger: Trigger) -> bool:
    before = text[trigger.start - 1] if trigger.start else " "
    after = text[trigger.end] if trigger.end < len(text) else " "
    return before.isalnum() or after.isalnum()


@pytest.mark.parametrize(
    "text",
    [
        "Militants lobbed a grenade into the shop",
        "Militants lobbed a hand grenade into the shop",
        "Militants lobbed grenades into the shop",
        "Militants lobbed at least two hand grenades into it",
    ],
)
def test_words_may_stand_between_a_verb_and_the_end_of_its_phrase(text: str) -> None:
    (trigger, *_) = matcher().find(text)
    assert "grenade" in _classes(trigger)
    assert text[trigger.start : trigger.end].startswith("lobbed")
    assert text[trigger.start : trigger.end].rstrip("s").endswith("grenade")


@pytest.mark.parametrize(
    "text",
    [
        "Militants lobbed something. A grenade lay there",
        "Militants lobbed one; a grenade lay there",
        "Militants lobbed what all the people there later took to be some old grenade",
        "Militants lobbed grenadelike toys",
    ],
)
def test_a_gap_ends_at_a_full_stop_and_after_some_words(text: str) -> None:
    assert all("grenade" not in _classes(t) for t in matcher().find(text))


def test_a_hyphened_phrase_is_also_found_without_its_hyphen() -> None:
    assert _found("Police baton-charged the crowd") == ["baton-charged"]
    assert _found("Police baton charged the crowd") == ["baton charged"]


def test_curly_apostrophes_no_break_spaces_and_line_ends_are_read_as_plain_ones() -> None:
    assert _found("two air\u00a0strikes") == ["air\u00a0strikes"]
    assert _found("two air\nstrikes") == ["air\nstrikes"]
    assert _found("a coup d\u2019etat") == ["coup d\u2019etat"]


@pytest.mark.parametrize("char", ["\u0130", "\u1e9e", "\u03a3", "\ufb01", "\U0001f4a5", "\u0345", "\u01c5", "\u1fb3"])
def test_folding_keeps_every_offset_around_a_character_that_changes_length(char: str) -> None:
    text = f"{char}{char} killed {char} Bombing{char}"
    assert len(fold(text)) == len(text)
    assert "killed" in _found(text)


@given(st.text(max_size=200))
def test_folding_keeps_the_length_of_any_text(text: str) -> None:
    assert len(fold(text)) == len(text)


WORDS = st.sampled_from(["killed", "air strike", "Opened Fire", "lobbed a", "grenade", "shelling", "SUICIDE BOMBER"])


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=30), st.sampled_from([" ", "", "\n", ". ", "\u0130"]))
def test_triggers_stand_in_order_within_the_text_on_word_ends(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    at = 0
    for trigger in matcher().find(text):
        assert at <= trigger.start < trigger.end <= len(text)
        assert not _inner(text, trigger)
        assert trigger.readings
        at = trigger.end


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_trigger_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    text = f"{before} . bombarded . {after}"
    assert any(text[t.start : t.end] == "bombarded" for t in matcher().find(text))


@given(st.lists(st.one_of(st.sampled_from(["rocket", "hand grenade", "IED"]), st.text(max_size=5)), max_size=20))
def test_weapons_are_found_at_their_offsets(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for mention in weapon_finder().find(fold(text)):
        assert 0 <= mention.start < mention.end <= len(text)
        assert not (mention.start and text[mention.start - 1].isalnum())


@pytest.mark.parametrize(
    "piece", ["lobbed ", "lobbed , ", "fire a ", "take take ", "hold a b c d ", "-fire ", "killed ", "a,b ", "\n \n"]
)
def test_a_phrase_repeated_many_times_ends(piece: str) -> None:
    """A pattern that backtracks over the whole text would not come back from 20,000 pieces."""
    text = piece * 20_000
    found = matcher().find(text)
    assert len(found) <= 20_000 * len(piece.split())
    assert all(t.end - t.start < 200 for t in found)


def test_holds_says_whether_there_is_any() -> None:
    assert matcher().holds(fold("They were killed."))
    assert not matcher().holds(fold("They were kind."))


def test_a_phrase_that_nothing_follows_leaves_its_beginning_to_stand_for_itself() -> None:
    assert _found("They pulled out of the talks") == ["pulled out of the talks"]
    assert _found("They pulled back from the river") == ["pulled back"]


def test_pairs_join_each_verb_with_each_object() -> None:
    for text in ("Rome lifted its long ban", "Rome eased all curbs", "Rome scrapped the restrictions"):
        (trigger,) = matcher().find(text)
        assert _classes(trigger) == {"ease_rules"}


def test_of_two_objects_that_end_alike_the_longer_says_what_it_was() -> None:
    (trigger,) = matcher().find("Hackers launched a vast cyber attack")
    assert _classes(trigger) == {"cyber"}


def test_dots_of_numbers_and_abbreviations_end_no_phrase() -> None:
    assert _found("Rome gave the U.S. 5.1 million dollars") == ["gave the U.S. 5.1 million"]
    assert _found("Rome gave up. Aid came later") == ["gave up", "Aid"]
