"""Sentences are cut where they end and nowhere else, and their offsets give the text back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.reading import sentences
from services.extractor.coding.reading.sentences import MAX_SENTENCE, split


def _texts(text: str) -> list[str]:
    return [s.text for s in split(None, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Musa Idris led the raid.",
        "The raid was led by Lt. Col. Amin Haddad of the army.",
        "Dr. Lina Farouk treated the wounded.",
        "It happened on Jan. 18 near the border.",
        "The town of St. Pierre was quiet.",
        "George W. Bush spoke to reporters.",
        "The U.S. Army denied it.",
        "Fighters of the P.K.K. Attacked.",
        "At 6 a.m. Tuesday a bomb went off.",
        "The toll rose by 3.5 percent.",
        "Some 1.2 million people fled.",
        "The group's site, example.org, posted a claim.",
        "Adm. J. R. Moss and Sen. Ada Cole met.",
        "He came from Mt. Aru with 7.62 mm rifles.",
    ],
)
def test_a_full_stop_within_a_sentence_ends_nothing(text: str) -> None:
    assert _texts(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three died. Two fled.", ["Three died.", "Two fled."]),
        ('"We will fight." He left.', ['"We will fight."', "He left."]),
        ("\u201cWe will fight.\u201d He left.", ["\u201cWe will fight.\u201d", "He left."]),
        ("Who did it? Nobody knows! It is dark.", ["Who did it?", "Nobody knows!", "It is dark."]),
        ("He waited\u2026 Then he ran.", ["He waited\u2026", "Then he ran."]),
        ("Seven died. 12 were hurt.", ["Seven died.", "12 were hurt."]),
        ("Shots were heard.\nPolice came.", ["Shots were heard.", "Police came."]),
        ("A headline without a stop\n\nThe text begins.", ["A headline without a stop", "The text begins."]),
        ("A headline\r\n\r\nThe text begins.", ["A headline", "The text begins."]),
        ("The dead:\n- a man\n- a woman", ["The dead:", "- a man", "- a woman"]),
        ("The army left the town.Rebels took it over.", ["The army left the town.", "Rebels took it over."]),
        ("He died.  \n\n\n  She lived.", ["He died.", "She lived."]),
        (
            "Four were killed (two were children). Others fled.",
            ["Four were killed (two were children).", "Others fled."],
        ),
        ("(Two were children.) Others fled.", ["(Two were children.)", "Others fled."]),
    ],
)
def test_a_sentence_ends_at_its_mark(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "KABUL, Jan. 18 (Reuters) - A bomb killed four people on Monday.",
        "QUETTA (AP) \u2014 Gunmen shot a teacher dead.",
        "N'DJAMENA, Chad, Aug. 3 - Soldiers clashed with herders.",
    ],
)
def test_a_dateline_stays_with_its_sentence(text: str) -> None:
    assert _texts(text) == [text]


def test_a_line_broken_within_a_sentence_does_not_end_it() -> None:
    assert _texts("Soldiers clashed with\nherders on Monday.") == ["Soldiers clashed with\nherders on Monday."]


def test_the_title_comes_first_and_counts_its_own_offsets() -> None:
    title, text = "Four Die in Blast. Two Held", "A bomb went off. Four died."
    found = split(title, text)
    assert [s.part for s in found] == ["title", "title", "text", "text"]
    assert [s.index for s in found] == [0, 1, 2, 3]
    for s in found:
        assert (title if s.part == "title" else text)[s.start : s.end] == s.text


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\t \r\n", "\u2003"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert split(None, text) == []
    assert split(text, text) == []


PIECES = st.sampled_from(
    ["He died", ".", "!", "\n", "\n\n", " ", "Mr.", "U.S.", '"', "\u201d", "(", "5", "\u0130", "-"]
)


@given(st.one_of(st.none(), st.text(max_size=40)), st.one_of(st.text(max_size=300), st.lists(PIECES).map("".join)))
def test_offsets_give_the_text_back_and_nothing_but_space_is_left_out(title: str | None, text: str) -> None:
    parts = {"title": title or "", "text": text}
    covered: dict[str, list[str]] = {"title": list(parts["title"]), "text": list(text)}
    at = {"title": 0, "text": 0}
    for number, s in enumerate(split(title, text)):
        assert s.index == number
        assert parts[s.part][s.start : s.end] == s.text
        assert s.text == s.text.strip() != ""
        assert s.start >= at[s.part]
        at[s.part] = s.end
        covered[s.part][s.start : s.end] = [" "] * (s.end - s.start)
    assert not "".join(covered["title"] + covered["text"]).strip()


@given(st.integers(1, 4 * MAX_SENTENCE), st.sampled_from(["a", "a ", "word ", "\u0130 ", ", "]))
def test_no_sentence_is_longer_than_the_parser_should_get(times: int, piece: str) -> None:
    found = split(None, piece * times)
    assert all(len(s.text) <= MAX_SENTENCE for s in found)


def test_a_stretch_without_full_stops_is_cut_between_words() -> None:
    words = [f"word{n}" for n in range(2000)]
    found = split(None, " ".join(words))
    assert len(found) > 1
    assert " ".join(s.text for s in found).split() == words


class _Counting:
    """Stands in for a pattern and counts the characters that it was let look at."""

    def __init__(self, pattern: object) -> None:
        self.pattern = pattern
        self.looked = 0

    def search(self, text: str, start: int, end: int) -> object:
        self.looked += end - start
        return self.pattern.search(text, start, end)  # type: ignore[attr-defined]


@pytest.mark.parametrize("piece", ["He died. ", "No. ", "U.S. Army. ", "a. B ", '." ', "word ", "\n \n", "A", ". " * 4])
def test_the_work_grows_with_the_text_and_no_faster(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(length: int) -> tuple[int, int]:
        counting = _Counting(sentences._LAST_WORD if not isinstance(sentences._LAST_WORD, _Counting) else real)
        monkeypatch.setattr(sentences, "_LAST_WORD", counting)
        found = split(None, (piece * (length // len(piece) + 1))[:length])
        return counting.looked, len(found)

    real = sentences._LAST_WORD
    small, large = work(100_000), work(1_000_000)
    for few, many in zip(small, large, strict=True):
        assert many <= 10.5 * few + 100
