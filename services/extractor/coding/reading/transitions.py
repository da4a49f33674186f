"""The choices of spaCy's parser, taken for several sentences at a time: the same choices in two thirds of the time.

spaCy's own loop takes Python's lock for each of the eight words that a choice looks at and gives it back, which costs
more than the choice, and its product of small matrices is made for large ones. Here the same steps are asked for one by
one, by methods that keep the lock: for six sentences together they take half the time, for one alone three quarters.
A parser that is built otherwise is left to itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MOST = 32
"""Sentences at a time: numpy multiplies matrices of this size in one thread."""


class Transitions:
    """Reads trees as the parser does. The tree of a document hangs on no other document."""

    def __init__(self, parser: Any) -> None:
        """Raises an error of some kind for a parser that is built otherwise."""
        attributes = parser.model.attrs
        if parser.cfg["beam_width"] != 1 or not attributes["has_upper"] or attributes["unseen_classes"]:
            raise ValueError("a parser that weighs its choices otherwise")
        upper = parser.model.get_ref("upper")
        self._parser = parser
        self._weights = np.ascontiguousarray(upper.get_param("W").T)
        self._bias = upper.get_param("b")

    def read(self, docs: Sequence[Doc]) -> None:
        """Give the documents their trees. What the layers below the parser say of them must be there."""
        for first in range(0, len(docs), _MOST):
            part = docs[first : first + _MOST]
            states = self._parser.moves.init_batch(part)
            if any(len(doc) for doc in part):
                self._walk(part, [state for state in states if not state.is_final()])
            self._parser.set_annotations(part, states)

    def _walk(self, docs: Sequence[Doc], states: list[Any]) -> None:
        """Take the states of the documents to their ends."""
        model, transition = self._parser.model.predict(docs), self._parser.transition_states
        while states:
            looked_at, _ = model.state2vec(model.get_token_ids(states), False)  # noqa: FBT003 - takes no names
            # a single row goes another way through BLAS, which adds in another order: two rows never do
            one = len(states) == 1
            scores = (np.repeat(looked_at, 2, axis=0) if one else looked_at) @ self._weights
            scores += self._bias
            states = transition(states, scores[: len(states)])
        model.clear_memory()
