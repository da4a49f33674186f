"""Who reports an event: the subject of the verb of saying above it, or the source after "according to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_PRONOUNS = frozenset(("he", "she", "it", "they", "who", "which", "that", "we", "i", "you"))
_ARTICLES = frozenset(("the", "a", "an"))


def speaker(mention: Mention) -> tuple[int, int] | None:
    """Characters, within the mention's sentence, of the name of who says it; null where the sentence names nobody."""
    for token in (mention.token, *tree.ancestors(mention.token)):
        if cues()["saying"].has_verb(token):
            for subject in tree.children(token, "nsubj"):
                if subject.lower_ not in _PRONOUNS:
                    return _name(subject)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "according":
                for to in tree.children(child, "prep"):
                    for source in tree.children(to, "pobj"):
                        return _name(source)
    return None


def _name(head: Token) -> tuple[int, int]:
    start, end = tree.noun_phrase(head)
    first = next((t for t in head.subtree if t.idx == start), head)
    if first.lower_ in _ARTICLES and first.i < head.i:
        start = first.nbor(1).idx
    return start, end
