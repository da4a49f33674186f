"""The gate lets through what can tell of an event, and spares the parser the rest."""

from __future__ import annotations

import pytest

from services.extractor.coding.gate import passes
from services.extractor.coding.reading.sentences import Sentence


def _passes(text: str) -> bool:
    return passes(Sentence("text", 0, len(text), text, 0))


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed nine farmers near Gao.",
        "GUNMEN KILL NINE FARMERS",
        "The shelling went on all night.",
        "Nine bodies were found.",
        "Iran recalled its ambassador from Pakistan.",
        "Protesters marched to the palace.",
        "Two people died when it exploded.",
    ],
)
def test_a_sentence_with_a_trigger_passes(text: str) -> None:
    assert _passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "The rains came late this year.",
        "The recipe needs two eggs.",
        "He condemned it.",  # diplomacy, and nobody whom the coder knows
        "",
        "\u0411\u043e\u043c\u0431\u0430",
    ],
)
def test_a_sentence_that_can_tell_of_nothing_does_not(text: str) -> None:
    assert not _passes(text)
