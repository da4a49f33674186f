"""The vectors of words in context that spaCy's parser reads, as its own layers compute them, in half the time.

Most words of a text were met before: what a word is before its neighbours are looked at is kept, with what it gives to
the first layer as a left neighbour, as the word itself and as a right neighbour. The layers above are the same sums in
fewer passes, the last of them for words alone. A model that is built otherwise (spaCy's larger ones) is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model, Ragged

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Floats = NDArray[np.float32]
_MOST_WORDS = 10_000
"""Some 40 MB."""
_TINY = np.float32(1e-08)
_NEAR = 1e-4
"""How far a number may be from spaCy's, for the order of the sums: they are of the size of one."""
_SAMPLES = ("Gunmen killed nine farmers near Gao on Tuesday, the army said.", "", "No.", "\u201cWe can't  stay\u201d")


class _Layer(NamedTuple):
    """One layer that looks at a word and its two neighbours."""

    weights: Floats
    """For the left one, the word and the right one; three answers to each question, the first of all coming first."""
    bias: Floats
    scale: Floats
    shift: Floats


class Vectors:
    """Gives the vectors of documents' words. The numbers of a document hang on no other document."""

    def __init__(self, model: Model[Any, Any]) -> None:
        """Raises an error of some kind for a model that is built otherwise."""
        embed, encode = model.layers
        self._columns: list[int | str] = embed.layers[0].attrs["columns"]
        self._word = embed.layers[2:4]
        self._pad: int = encode.attrs["pad"]
        # What stands between two documents is seen by the layers between: it hands on what the words beside it are.
        self._first, *self._between, self._last = (
            _layer(residual.layers[0].layers[1]) for residual in encode.layers[0].layers
        )
        self._gemm = model.ops.gemm
        self.width: int = encode.get_dim("nO")
        beside = self._first.weights.reshape(-1, self.width, self._first.weights.shape[1])
        self._gives = np.concatenate(list(beside), axis=1)
        self._nothing = np.zeros(self.width + self._gives.shape[1], np.float32)
        self._kept: dict[bytes, Floats] = {}

    def of(self, docs: Sequence[Doc]) -> list[Floats]:
        """A row for each word of each document."""
        keys = self._known([doc for doc in docs if len(doc)])
        if not keys:
            return [np.zeros((0, self.width), np.float32) for _ in docs]
        between = [self._nothing] * self._pad
        rows, places, done = [*between], [], 0
        words: list[int] = []
        for doc in docs:
            end = done + len(doc)
            places.append(slice(done, end))
            if len(doc):
                words += range(len(rows), len(rows) + len(doc))
                rows += [self._kept[key] for key in keys[done:end]]
                rows += between
            done = end
        found = self._in_context(np.concatenate(rows).reshape(len(rows), -1), words)
        return [found[place] for place in places]

    def _known(self, docs: Sequence[Doc]) -> list[bytes]:
        """The key of each word; what is kept under it is the word by itself and what it gives to the first layer."""
        if not docs:
            return []
        features = np.concatenate([doc.to_array(self._columns) for doc in docs])
        keys: list[bytes] = features.view(f"V{features.strides[0]}").ravel().tolist()
        if len(self._kept) > _MOST_WORDS:
            self._kept = {}
        new = {key: number for number, key in enumerate(keys) if key not in self._kept}
        if new:
            self._kept.update(zip(new, self._met(features[list(new.values())]), strict=True))
        return keys

    def _met(self, features: NDArray[Any]) -> list[Floats]:
        """What is kept of words that have not been met before. The numbers of a word hang on no other word."""
        found: Any = Ragged(cast("Any", features), cast("Any", np.full(1, len(features), np.int32)))
        for layer in self._word:
            found = layer.predict(found)
        given: Any = self._gemm(found.dataXd, cast("Any", self._gives))
        return [np.concatenate(both) for both in zip(found.dataXd, given, strict=True)]

    def _in_context(self, known: Floats, places: list[int]) -> Floats:
        """The words that stand at `places` among all rows, which are as `_known` keeps them."""
        words = self._by_first(known)
        around = np.zeros((len(words), 3 * self.width), np.float32)
        for layer in self._between:
            _put_around(around, words)
            words = words + self._answered(around, layer)
        _put_around(around, words)
        return words[places] + self._answered(around[places], self._last)

    def _by_first(self, known: Floats) -> Floats:
        """The rows after the first layer: sums of what was kept, where the other layers multiply."""
        width, each = self.width, self._first.weights.shape[1]
        left, own, right = (known[:, start : start + each] for start in range(width, width + 3 * each, each))
        answers = own + self._first.bias
        answers[1:] += left[:-1]
        answers[:-1] += right[1:]
        return known[:, :width] + self._best(answers, self._first)

    def _answered(self, around: Floats, layer: _Layer) -> Floats:
        answers: Any = self._gemm(cast("Any", around), cast("Any", layer.weights))
        answers += layer.bias
        return self._best(answers, layer)

    def _best(self, answers: Floats, layer: _Layer) -> Floats:
        """The greatest of the three answers to each question, in units of their spread."""
        width = self.width
        best = np.maximum(answers[:, :width], answers[:, width : 2 * width])
        np.maximum(best, answers[:, 2 * width :], out=best)
        return _normal(best, layer)


def _put_around(around: Floats, words: Floats) -> None:
    """Write each word between its neighbours."""
    width = words.shape[1]
    around[1:, :width] = words[:-1]
    around[:, width : 2 * width] = words
    around[:-1, 2 * width :] = words[1:]


def _layer(model: Model[Any, Any]) -> _Layer:
    maxout, norm = model.layers[0].layers
    of: Any = maxout.get_param("W")
    width, pieces, inputs = of.shape
    bias: Any = maxout.get_param("b")
    scale, shift = cast("Floats", norm.get_param("G")), cast("Floats", norm.get_param("b"))
    weights = np.ascontiguousarray(of.transpose(1, 0, 2).reshape(pieces * width, inputs).T)
    return _Layer(weights, bias.T.ravel(), scale, shift)


def _normal(rows: Floats, layer: _Layer) -> Floats:
    """The rows about their mean, in units of their spread."""
    size = np.float32(rows.shape[1])
    rows -= np.add.reduce(rows, axis=1, keepdims=True) / size
    spread = np.einsum("ij,ij->i", rows, rows) / size
    rows *= ((spread + _TINY) ** np.float32(-0.5))[:, None]
    rows *= layer.scale
    rows += layer.shift
    return rows


def quicken(nlp: Language) -> bool:
    """Let the pipeline's tok2vec work so. False, and nothing is changed, where its numbers would not be the same."""
    if "tok2vec" not in nlp.pipe_names:
        return False
    component: Any = nlp.get_pipe("tok2vec")
    docs = [nlp.make_doc(text) for text in _SAMPLES]
    try:
        vectors = Vectors(component.model)
        same = all(
            len(mine) == len(theirs) and np.allclose(mine, theirs, rtol=0, atol=_NEAR)
            for mine, theirs in zip(vectors.of(docs), component.predict(docs), strict=True)
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return False
    if same:
        component.model = Model("tok2vec", _forward(vectors), dims={"nO": vectors.width})
    return same


def _forward(vectors: Vectors) -> Callable[..., Any]:
    def forward(_: object, docs: Sequence[Doc], **_how: bool) -> tuple[list[Floats], Callable[[object], None]]:
        return vectors.of(docs), _untaught

    return forward


def _untaught(_: object) -> None:
    raise NotImplementedError("the parser is asked, not taught")
