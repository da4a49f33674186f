"""Headlines in Title Case or capitals are told from running text and given its letter case, letter for letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.reading.titlecase import is_title_case, running_case


@pytest.mark.parametrize(
    "text",
    [
        "Army Kills Four Rebels in Northern Town",
        "ARMY KILLS FOUR REBELS IN NORTHERN TOWN",
        "Bomb Blast at Market Leaves Twelve Dead",
        "Gunmen Storm Hotel, Take Hostages; Police Surround Building",
        "BOMB BLAST",
    ],
)
def test_a_headline_is_known_by_its_capitals(text: str) -> None:
    assert is_title_case(text)


@pytest.mark.parametrize(
    "text",
    [
        "Army kills four rebels in northern town",
        "The Military Forces of Pakistan struck hideouts in Iran on Thursday.",
        "Troops entered Goma",
        "",
        "12 34",
        "\u0420\u0430\u043a\u0435\u0442\u044b",
        "the army",
    ],
)
def test_running_text_is_left_alone(text: str) -> None:
    assert not is_title_case(text)


def test_only_names_and_the_first_word_keep_their_capital() -> None:
    text = "Army Kills Four Rebels in Goma"
    assert running_case(text, [(25, 30)]) == "Army kills four rebels in Goma"
    assert running_case(text, []) == "Army kills four rebels in goma"


def test_capitals_become_names_with_one_capital_and_abbreviations_stay() -> None:
    text = "REBELS SHELL GOMA AFTER UN LEAVES"
    assert running_case(text, [(13, 17), (24, 26)]) == "Rebels shell Goma after UN leaves"


def test_an_abbreviation_in_a_headline_stays_large() -> None:
    assert "UN" in running_case("Blast Kills Two UN Workers", [])


@given(st.text(max_size=120), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=4))
def test_the_length_and_all_but_letters_stay(text: str, spans: list[tuple[int, int]]) -> None:
    names = [(min(pair), min(max(pair), len(text))) for pair in spans if min(pair) < min(max(pair), len(text))]
    changed = running_case(text, names)
    assert len(changed) == len(text)
    for before, after in zip(text, changed, strict=True):
        assert before == after or before.isalpha()
        assert before.lower() == after.lower()
    assert isinstance(is_title_case(text), bool)
