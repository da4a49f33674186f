"""A sentence's dependency tree as plain objects: spaCy makes a new one at each look, which costs more than the look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Token:
    """A word of a sentence, with spaCy's names for what it knows."""

    __slots__ = ("_tokens", "children", "dep_", "head", "i", "idx", "lower_", "text")

    def __init__(self, tokens: list[Token], i: int, idx: int, text: str, dep_: str) -> None:
        self._tokens = tokens
        self.i = i
        """Which word of the sentence it is, from nought."""
        self.idx = idx
        """Characters of the sentence before it."""
        self.text = text
        self.lower_ = text.lower()
        self.dep_ = dep_
        """How it hangs on its head."""
        self.head = self
        """The word that governs it; the root's is itself."""
        self.children: list[Token] = []
        """The words that it governs, in the order of the text."""

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"{self.text!r}({self.dep_} of {self.head.text!r})"

    @property
    def is_punct(self) -> bool:
        """True for a mark of punctuation."""
        return all(unicodedata.category(char)[0] == "P" for char in self.text)

    @property
    def subtree(self) -> Iterator[Token]:
        """The word and all below it, in the order of the text."""
        for child in self.children:
            if child.i < self.i:
                yield from child.subtree
        yield self
        for child in self.children:
            if child.i > self.i:
                yield from child.subtree

    @property
    def left_edge(self) -> Token:
        """The first word of the subtree."""
        return min(self.subtree, key=lambda token: token.i)

    def nbor(self, steps: int) -> Token:
        """The word so many places to the right. Raises IndexError where the sentence has none."""
        return self._tokens[self.i + steps]

    def is_ancestor(self, other: Token) -> bool:
        """True if it governs the other, at any distance."""
        while other.head is not other:
            other = other.head
            if other is self:
                return True
        return False


class Parsed:
    """The words of one sentence with their tree."""

    def __init__(self, doc: Doc) -> None:
        text = doc.text
        self.tokens: list[Token] = []
        self.starts: list[int] = []
        """Where each word begins."""
        rows = doc.to_array(["IDX", "LENGTH", "HEAD", "DEP"]).astype("int64").tolist() if len(doc) else []
        deps: dict[int, str] = {}
        for i, (start, length, _, dep) in enumerate(rows):
            if dep not in deps:
                deps[dep] = doc.vocab.strings[dep % 2**64]
            self.tokens.append(Token(self.tokens, i, start, text[start : start + length], deps[dep]))
            self.starts.append(start)
        for i, (_, _, head, _) in enumerate(rows):
            if head:
                token, above = self.tokens[i], self.tokens[i + head]
                token.head = above
                above.children.append(token)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, number: int) -> Token:
        return self.tokens[number]

    def root(self, first: int, last: int) -> Token:
        """The word of those from `first` to `last`, both included, that governs the others."""
        span = self.tokens[first : last + 1]
        top = next((token for token in span if token.head is token), None)
        if top is not None or first == last:
            return top or span[0]
        outer = [token for token in span if not first <= token.head.i <= last]
        return min(outer, key=self._depth, default=span[0])

    def _depth(self, token: Token) -> int:
        """Steps to the root; marks and blanks that govern nothing stand lowest."""
        if not token.children and (token.is_punct or token.text.isspace()):
            return len(self.tokens) - 1
        return _steps(token)


def _steps(token: Token) -> int:
    steps = 0
    while token.head is not token:
        token = token.head
        steps += 1
    return steps
