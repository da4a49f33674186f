"""Sentences that have lost their full stops are told by their capitals, and names are not torn."""

from __future__ import annotations

import pytest

from services.extractor.coding.reading.sentences import split
from services.extractor.coding.reading.unmarked import LONG, openers, starts

_LEAD = (
    "Gunmen on motorcycles stormed the market of a farming village in the north of the region late on the evening of "
    "March 4 and shot at traders who were closing their stalls after a long day that had been quiet until then "
)


def _begins(text: str) -> list[str]:
    return [text[at:].split(maxsplit=1)[0] for at in starts(text, 0, len(text))]


@pytest.mark.parametrize(
    ("rest", "openings"),
    [
        ("reports The Daily Herald The attackers burned two trucks before they left for the hills", ["The"]),
        (
            "They also took away a number of goats and some food The governor went there on the next day",
            ["They", "The"],
        ),
        ("reports Dawn Two guards of a bank next to the market were among those who were wounded", ["Two"]),
        ("According to a shopkeeper the men came from the forest and went back to it", ["According"]),
        ("said the mayor of the town in a statement However the army said that nobody had died", ["However"]),
        ("reports The Hindu on the day after with a picture of a street that is full of soldiers", []),
        ("in the province and The Hague said that it would look into what was done there", []),
        ("and one of them was Sergeant Ali Moussa of the Third Company who had come home to see his son", []),
    ],
)
def test_capitals_tell_where_a_sentence_begins(rest: str, openings: list[str]) -> None:
    assert _begins(_LEAD + rest) == openings


@pytest.mark.parametrize(
    "rest", ["won in Serie A and in the cup that year", "came to Phase Two in the spring of a year"]
)
def test_a_name_that_ends_in_a_number_is_kept_where_commas_stand(rest: str) -> None:
    assert _begins(_LEAD.replace("March 4", "Monday, March 4,") + "before the club " + rest) == []


def test_a_short_stretch_is_left_alone() -> None:
    text = "The men left the town The army came"
    assert len(text) < LONG
    assert _begins(text) == []


def test_offsets_hold() -> None:
    text = _LEAD + "They took away a number of goats The governor went to the village on the next day"
    found = split(None, text)
    assert len(found) == 3
    assert all(text[s.start : s.end] == s.text for s in found)


def test_no_word_stands_in_two_groups() -> None:
    words = openers()
    groups = (words.sure, words.before_small, words.ends_names)
    assert sum(map(len, groups)) == len(frozenset[str]().union(*groups))
