"""A sentence's dependency tree as plain objects: spaCy makes a new one at each look, which costs more than the look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


_ROW: list[int | str] = ["IDX", "ORTH", "HEAD", "DEP"]
_WORD_SIZE = 2**64
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_AUXILIARIES = frozenset(("aux", "auxpass"))
# Words met of late, by spaCy's number for them: the word and its small letters.
_WORDS: dict[int, tuple[str, str]] = {}
_MOST_WORDS = 50_000


def _kept(text: str, number: int) -> tuple[str, str]:
    """Remember a word; its number is a hash of its letters alone."""
    if len(_WORDS) >= _MOST_WORDS:
        _WORDS.clear()
    return _WORDS.setdefault(number, (text, text.lower()))


class Token:
    """A word of a sentence, with spaCy's names for what it knows."""

    __slots__ = ("_tokens", "children", "dep_", "head", "i", "idx", "lower_", "phrase", "text")

    def __init__(self, tokens: list[Token], i: int, idx: int, word: tuple[str, str], dep_: str) -> None:
        self._tokens = tokens
        self.i = i
        """Which word of the sentence it is, from nought."""
        self.idx = idx
        """Characters of the sentence before it."""
        self.text, self.lower_ = word
        self.dep_ = dep_
        """How it hangs on its head."""
        self.head = self
        """The word that governs it; the root's is itself."""
        self.children: list[Token] = []
        """The words that it governs, in the order of the text."""
        self.phrase: tuple[int, int] | None = None
        """For `tree.noun_phrase`, which many stages ask for the same word."""

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
        first, below = self, list(self.children)
        while below:
            token = below.pop()
            if token.i < first.i:
                first = token
            below += token.children
        return first

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
        self.tokens: list[Token] = []
        self.starts: list[int] = []
        """Where each word begins."""
        rows = doc.to_array(_ROW).astype("int64").tolist() if len(doc) else []
        strings = doc.vocab.strings
        for i, (start, word, _, dep) in enumerate(rows):
            both = _WORDS.get(word) or _kept(strings[word % _WORD_SIZE], word)
            label, _ = _WORDS.get(dep) or _kept(strings[dep % _WORD_SIZE], dep)
            self.tokens.append(Token(self.tokens, i, start, both, label))
            self.starts.append(start)
        for i, (_, _, head, _) in enumerate(rows):
            if head:
                token, above = self.tokens[i], self.tokens[i + head]
                if token.dep_ in _SUBJECTS:  # "forces have been patrolling": hung on "been" now and then
                    while above.dep_ in _AUXILIARIES and rows[above.i][2]:
                        above = self.tokens[above.i + rows[above.i][2]]
                token.head = above
                above.children.append(token)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words, in small letters: many questions end with none of them being one looked for."""
        return frozenset(token.lower_ for token in self.tokens)

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
