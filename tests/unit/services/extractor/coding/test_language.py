"""A language is told only where it is sure; what is not surely foreign is read."""

from __future__ import annotations

import pytest

from services.extractor.coding.language import MIN_CHARACTERS, detect, supported

ENGLISH = "The army said on Monday that nine farmers had been killed near the town by unidentified gunmen. " * 4
FRENCH = "La police a dit lundi que neuf agriculteurs sont morts dans les champs, non loin de la ville, hier. " * 4


@pytest.mark.parametrize(("text", "expected"), [(ENGLISH, "en"), (FRENCH, "fr")])
def test_a_long_text_tells_its_language(text: str, expected: str) -> None:
    assert detect(text) == expected


def test_a_short_text_does_not() -> None:
    assert detect(FRENCH[: MIN_CHARACTERS - 1]) is None
    assert detect("") is None


@pytest.mark.parametrize("text", ["\n" * 300, "\x00" * 300, "1 2 3 " * 100, "\U0001f4a5" * 300, "\ufffd" * 300])
def test_a_text_without_words_breaks_nothing(text: str) -> None:
    language = detect(text)
    assert language is None or language


@pytest.mark.parametrize(("tag", "read"), [(None, True), ("en", True), ("en-GB", True), ("EN", True), ("fr", False)])
def test_english_and_the_unknown_are_read(tag: str | None, read: bool) -> None:  # noqa: FBT001 - a table's column
    assert supported(tag) is read
