from __future__ import annotations

import pytest

from services.extractor.coding.reading.parse import parse
from services.extractor.coding.reading.tokens import Parsed

TEXTS = [
    "Gunmen killed nine farmers, including two women, near Gao on Tuesday, the army said.",
    '"We shot them," he said; the blast, which nobody claimed, wounded a dozen people in Herat\u2019s bazaar.',
    "Who did they say the rebels had fled from?",
    "  Two   bombs\u2026 ",
    "\u0645\u0642\u062a\u0644 five \U0001f4a3 dead",
    "Dead",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_word_knows_what_spacys_word_knows(text: str) -> None:
    doc = next(parse([text]))
    parsed = Parsed(doc)
    assert len(parsed) == len(doc)
    for ours, theirs in zip(parsed, doc, strict=True):
        assert (ours.i, ours.idx, ours.text, ours.lower_, ours.dep_, len(ours), ours.is_punct) == (
            (theirs.i, theirs.idx, theirs.text, theirs.lower_, theirs.dep_, len(theirs), theirs.is_punct)
        )
        assert ours.head.i == theirs.head.i
        assert [child.i for child in ours.children] == [child.i for child in theirs.children]
        assert [below.i for below in ours.subtree] == [below.i for below in theirs.subtree]
        assert ours.left_edge.i == theirs.left_edge.i
        assert [ours.is_ancestor(other) for other in parsed] == [theirs.is_ancestor(other) for other in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_the_root_of_a_phrase_is_spacys(text: str) -> None:
    doc = next(parse([text]))
    parsed = Parsed(doc)
    for first in range(len(doc)):
        for last in range(first, min(len(doc), first + 6)):
            assert parsed.root(first, last).i == doc[first : last + 1].root.i


def test_a_neighbour_beyond_the_end_is_none() -> None:
    parsed = Parsed(next(parse(["Two died"])))
    assert parsed[0].nbor(1) is parsed[1]
    with pytest.raises(IndexError):
        parsed[1].nbor(1)


def test_no_words_at_all() -> None:
    assert len(Parsed(next(parse([""])))) == 0
