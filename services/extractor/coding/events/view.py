"""One gated sentence with all that was found in it: parse, triggers, weapons, tolls, dates, places, actors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.extractor.coding.actors.find import ActorMention, find_actors
from services.extractor.coding.dates import DateMention, find_dates
from services.extractor.coding.lexicon.matcher import Trigger, fold, matcher
from services.extractor.coding.lexicon.weapons import WeaponMention, weapon_finder
from services.extractor.coding.numbers import find_numbers
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.places.model import PlaceMention
from services.extractor.coding.tolls import TollMention, find_tolls

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from services.extractor.coding.reading.sentences import Sentence


# Triggers and places of one sentence beyond this are a table's or a list's: reading them all would cost their product.
_MOST = 30


@dataclass(slots=True)
class View:
    """All offsets are characters within the sentence; the sentence knows its own place in the article."""

    sentence: Sentence
    doc: Doc
    triggers: list[Trigger]
    weapons: list[WeaponMention]
    tolls: list[TollMention]
    dates: list[DateMention]
    places: list[PlaceMention]
    actors: list[ActorMention]
    newsroom_end: int = 0
    """Where the dateline ends within the sentence: nobody before it does anything."""
    _by_char: list[int] = field(default_factory=list)
    clauses: dict[int, tuple[Token | None, DateMention | None]] = field(default_factory=dict)
    """The `after …` clause of each token asked for, by the token's index."""

    def token_at(self, char: int) -> Token:
        """The token that holds the character, or the last one before it."""
        return self.doc[self._by_char[min(char, len(self._by_char) - 1)]]

    def head_of(self, start: int, end: int) -> Token:
        """The token of characters `start` to `end` that governs the others."""
        first, last = self.token_at(start).i, self.token_at(max(start, end - 1)).i
        return self.doc[first : last + 1].root


def look(sentence: Sentence, doc: Doc, newsroom: tuple[int, int] = (0, 0)) -> View:
    """All that stands in a sentence whose parse is `doc`; a place in `newsroom`, the dateline, is none of an event."""
    text = sentence.text
    folded = fold(text)
    dates = find_dates(text)
    numbers = find_numbers(text, exclude=[(d.start, d.end) for d in dates])
    by_char = [0] * (len(text) + 1)
    at = 0
    for token in doc:
        by_char[at : token.idx] = [max(token.i - 1, 0)] * (token.idx - at)
        at = token.idx + len(token)
        by_char[token.idx : at] = [token.i] * len(token)
    by_char[at:] = [max(len(doc) - 1, 0)] * (len(text) + 1 - at)
    return View(
        sentence=sentence,
        doc=doc,
        triggers=[t for t in matcher().find(text) if not _within(sentence, t.start, newsroom)][:_MOST],
        weapons=weapon_finder().find(folded),
        tolls=find_tolls(text, numbers),
        dates=[d for d in dates if not _within(sentence, d.start, newsroom)],
        places=[p for p in load().find(text) if not _within(sentence, p.start, newsroom)][:_MOST],
        actors=[a for a in find_actors(text) if not _within(sentence, a.start, newsroom)],
        newsroom_end=max(newsroom[1] - sentence.start, 0) if sentence.part == "text" else 0,
        _by_char=by_char,
    )


def _within(sentence: Sentence, at: int, span: tuple[int, int]) -> bool:
    return sentence.part == "text" and span[0] <= sentence.start + at < span[1]
