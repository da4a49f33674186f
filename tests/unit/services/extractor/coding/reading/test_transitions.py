"""The coder's own way through the parser's choices: spaCy's trees, alone or among others; else it is left to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from services.extractor.coding.reading import parse as parsing
from services.extractor.coding.reading.parse import model, parse, pipeline, transitions
from services.extractor.coding.reading.transitions import Transitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

TEXTS = [
    "Soldiers shelled the village of Qwertz on Monday, and residents couldn't leave.",
    "",
    "\n",
    "Fled.",
    "Two men whom the court had freed a day before were killed by a mob that had waited outside, their lawyer said.",
    "\u201cIt\u2019s over,\u201d  he said \u2013 3,500 \U0001f600 times.",
    *(f"The mayor of town {number} met {number} farmers and the owner of the mill." for number in range(40)),
]


def _trees(docs: Iterable[Doc]) -> Iterator[list[tuple[int, str, int, int]]]:
    for doc in docs:
        yield [(t.head.i, t.dep_, t.left_edge.i, t.right_edge.i) for t in doc]


def test_the_trees_are_those_of_spacy() -> None:
    assert transitions() is not None
    assert list(_trees(parse(TEXTS))) == list(_trees(pipeline().pipe(TEXTS)))


def test_a_tree_hangs_on_no_other_text() -> None:
    assert [tree for text in TEXTS for tree in _trees(parse([text]))] == list(_trees(parse(TEXTS)))


@pytest.mark.parametrize("texts", [[], [""], ["", " "]])
def test_there_may_be_nothing_to_read(texts: list[str]) -> None:
    assert [doc.text for doc in parse(texts)] == texts


def _other(parser: Any, how: str) -> None:
    if how == "beam":
        parser.cfg["beam_width"] = 4
    elif how == "unseen":
        parser.model.attrs["unseen_classes"] = {1}
    else:
        parser.model.attrs["has_upper"] = False


@pytest.mark.parametrize("how", ["beam", "unseen", "flat"])
def test_a_parser_of_another_kind_is_refused(how: str) -> None:
    parser: Any = model().get_pipe("parser")
    _other(parser, how)
    with pytest.raises(ValueError, match="otherwise"):
        Transitions(parser)


def test_a_parser_that_is_refused_goes_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = list(_trees(parse(TEXTS)))
    monkeypatch.setattr(parsing, "transitions", lambda: None)
    assert list(_trees(parse(TEXTS))) == quick
