"""Which place quoted words name, by the gazetteer and all places of the article: the model gives no coordinate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.event import Place
from services.extractor.coding.places.combine import combine
from services.extractor.coding.places.countries import find_demonyms
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.places.model import PlaceMention
from services.extractor.coding.places.resolve import country_prior
from services.extractor.coding.reading.sentences import Sentence
from services.extractor.model_coder.spans import Span

# Keeps the title's offsets apart from the text's when both are laid on one line.
_TITLE = -1_000_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A place, the words that name it, and what of it they do not say."""

    place: Place
    span: Span
    inferred: tuple[str, ...]


def _moved(mention: PlaceMention, sentence: Sentence) -> PlaceMention:
    by = sentence.start + (_TITLE if sentence.part == "title" else 0)
    return replace(
        mention, start=mention.start + by, end=mention.end + by, qualifiers=tuple(q + by for q in mention.qualifiers)
    )


class Places:
    """All places that one article names."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._found = {s.index: load().find(s.text) for s in sentences}
        self._context = [_moved(m, s) for s in sentences for m in self._found[s.index]]
        demonyms = [d for s in sentences for d in find_demonyms(s.text)]
        self._countries: Counter[str] = country_prior(self._context, demonyms)

    def resolve(self, quoted: Span) -> Placed | None:
        """The place that the quoted words name; null where the gazetteer finds none in them."""
        inside = [m for m in self._found[quoted.sentence.index] if quoted.overlaps(m.start, m.end)]
        moved = {m.start: m for m in inside}
        combined = combine([_moved(m, quoted.sentence) for m in inside], self._context, self._countries)
        if combined is None:
            return None
        shift = _moved(inside[0], quoted.sentence).start - inside[0].start
        named = moved[combined.span[0] - shift]
        return Placed(Place(**combined.place), Span(quoted.sentence, named.start, named.end), combined.inferred)
