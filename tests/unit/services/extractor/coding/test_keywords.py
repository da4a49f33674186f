from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.keywords import LEAD, MOST, keywords

TEXT = (
    "The rains came late. Gunmen on motorcycles shot Amadou Traore, 22, near Gao's market on Tuesday 12 March 2024, "
    "Col. Ibrahim Sani of the army said. \u201cTerrible,\u201d he said."
)


def test_names_pairs_of_names_numbers_and_uncommon_words_are_kept() -> None:
    found = keywords(None, TEXT)
    assert {"Amadou", "Traore", "Amadou Traore", "22", "12", "Gao", "Ibrahim Sani", "motorcycles", "market"} <= set(
        found
    )


def test_what_any_report_has_is_left_out() -> None:
    found = set(keywords(None, TEXT))
    assert found.isdisjoint(
        {"The", "Tuesday", "March", "2024", "Col", "shot", "said", "near", "gunmen", "Gunmen", "Terrible"}
    )


def test_a_word_that_opens_a_sentence_is_no_name() -> None:
    assert "Shelling" not in keywords(None, "Shelling damaged a silo. Mortars hit a silo near Izium.")


def test_a_headline_in_title_case_tells_no_names_that_the_text_does_not() -> None:
    found = keywords("Motorcycle Raiders Kill Amadou Traore", TEXT)
    assert found[:2] == ["motorcycle", "raiders"]
    assert "Amadou Traore" in found


@given(st.none() | st.text(max_size=80), st.text(max_size=400))
def test_any_text_gives_few_words_each_once(title: str | None, text: str) -> None:
    found = keywords(title, text)
    assert len(found) == len(set(found)) <= MOST
    assert all(found)


def test_only_the_head_is_read() -> None:
    assert "Zinder" not in keywords(None, "x" * LEAD + " near Zinder")
