"""The coder's own way to the words' vectors: spaCy's numbers, whatever was read before; other models are left alone."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from services.extractor.coding.reading import vectors
from services.extractor.coding.reading.parse import model, pipeline
from services.extractor.coding.reading.vectors import Vectors, quicken

TEXTS = [
    "Soldiers shelled the village of Qwertz on Monday, and residents couldn't leave.",
    "",
    "\n",
    "Two men were killed.",
    "\u201cIt\u2019s over,\u201d  he said \u2013 3,500 \U0001f600 times.",
]


def test_the_numbers_are_those_of_spacy() -> None:
    nlp = model()
    docs = [nlp.make_doc(text) for text in TEXTS]
    theirs = nlp.get_pipe("tok2vec").predict(docs)
    mine = Vectors(nlp.get_pipe("tok2vec").model).of(docs)
    assert [len(rows) for rows in mine] == [len(doc) for doc in docs]
    for one, other in zip(mine, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-4)


def test_the_trees_are_those_of_spacy() -> None:
    trees = [[[(t.head.i, t.dep_) for t in doc] for doc in nlp.pipe(TEXTS)] for nlp in (model(), pipeline())]
    assert trees[0] == trees[1]


def test_what_was_read_before_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = model()
    tok2vec = nlp.get_pipe("tok2vec").model
    docs = [nlp.make_doc(text) for text in TEXTS]
    fresh, used = Vectors(tok2vec), Vectors(tok2vec)
    for doc in reversed(docs):
        used.of([doc])
    monkeypatch.setattr(vectors, "_MOST_WORDS", 3)  # and what is forgotten comes out as it was
    for one, other, again in zip(fresh.of(docs), used.of(docs), fresh.of(docs), strict=True):
        assert one.tobytes() == other.tobytes() == again.tobytes()


def test_no_documents_and_no_words_have_no_rows() -> None:
    nlp = model()
    mine = Vectors(nlp.get_pipe("tok2vec").model)
    assert mine.of([]) == []
    assert [rows.shape for rows in mine.of([nlp.make_doc("")])] == [(0, mine.width)]


def test_a_pipeline_of_another_kind_is_left_alone() -> None:
    assert not quicken(spacy.blank("en"))
    nlp = model()
    tok2vec = nlp.get_pipe("tok2vec")
    tok2vec.model = tok2vec.model.layers[0]
    before = tok2vec.model
    assert not quicken(nlp)
    assert tok2vec.model is before


def test_a_model_whose_numbers_come_out_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vectors, "of", lambda self, docs: [np.ones((len(doc), self.width), np.float32) for doc in docs])
    nlp = model()
    before = nlp.get_pipe("tok2vec").model
    assert not quicken(nlp)
    assert nlp.get_pipe("tok2vec").model is before


def test_the_parser_of_the_process_is_quickened() -> None:
    assert pipeline().get_pipe("tok2vec").model.name == "tok2vec"
