"""One gated sentence with all that was found in it: parse, triggers, weapons, tolls, dates, places, actors."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.extractor.coding.actors.find import ActorMention, find_actors
from services.extractor.coding.dates import DateMention, find_dates
from services.extractor.coding.lexicon.matcher import Trigger, fold, matcher
from services.extractor.coding.lexicon.weapons import WeaponMention, weapon_finder
from services.extractor.coding.numbers import find_numbers
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.places.model import PlaceMention
from services.extractor.coding.reading.tokens import Parsed, Token
from services.extractor.coding.tolls import TollMention, find_tolls

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from services.extractor.coding.events.coreference import Memory
    from services.extractor.coding.events.way import Around
    from services.extractor.coding.reading.sentences import Sentence


# Triggers, places, weapons and tolls of one sentence beyond this are a table's or a list's: to read them all would cost
# their product.
_MOST = 30


@dataclass(slots=True)
class View:
    """All offsets are characters within the sentence; the sentence knows its own place in the article."""

    sentence: Sentence
    doc: Parsed
    triggers: list[Trigger]
    dates: list[DateMention]
    places: list[PlaceMention]
    actors: list[ActorMention]
    days: list[tuple[int, int]]
    """Spans of all dates, the dateline's too: their numbers count nobody."""
    memory: Memory | None = None
    """What the sentences before named; for words that point back."""
    newsroom_end: int = 0
    """Where the dateline ends within the sentence: nobody before it does anything."""
    clauses: dict[int, tuple[Token | None, DateMention | None]] = field(default_factory=dict)
    """The `after …` clause of each token asked for, by the token's index."""
    around: Around | None = None
    """What the names of the sentence stand for, once it was asked where an event took place."""
    _heads: dict[tuple[int, int], Token] = field(default_factory=dict)
    _weapons: list[WeaponMention] | None = None
    _tolls: list[TollMention] | None = None

    @property
    def weapons(self) -> list[WeaponMention]:
        """The weapons, looked for when first asked for: only deeds of violence ask."""
        if self._weapons is None:
            found = weapon_finder().find(fold(self.sentence.text))[:_MOST]
            self._weapons = [w for w in found if not self._only_describes(w)]
        return self._weapons

    def _only_describes(self, weapon: WeaponMention) -> bool:
        """True for talks that are "explosive"."""
        if self.sentence.text[weapon.start : weapon.end].lower() != "explosive":
            return False
        token = self.token_at(weapon.start)
        return token.dep_ in ("acomp", "oprd") or (token.dep_ == "amod" and token.head.dep_ == "prep")

    @property
    def tolls(self) -> list[TollMention]:
        """The tolls, read when first asked for: a sentence without a deed of violence is seldom asked."""
        if self._tolls is None:
            text = self.sentence.text
            self._tolls = find_tolls(text, find_numbers(text, exclude=self.days))[:_MOST]
        return self._tolls

    def token_at(self, char: int) -> Token:
        """The token that holds the character, or the last one before it."""
        return self.doc[max(bisect_right(self.doc.starts, char) - 1, 0)]

    def head_of(self, start: int, end: int) -> Token:
        """The token of characters `start` to `end` that governs the others."""
        found = self._heads.get((start, end))
        if found is None:
            first, last = self.token_at(start).i, self.token_at(max(start, end - 1)).i
            found = self._heads[start, end] = self.doc.root(first, last)
        return found


def look(sentence: Sentence, doc: Doc, newsroom: tuple[int, int] = (0, 0)) -> View:
    """All that stands in a sentence whose parse is `doc`; a place in `newsroom`, the dateline, is none of an event."""
    text = sentence.text
    dates = find_dates(text)
    actors = [a for a in find_actors(text) if not _within(sentence, a.start, newsroom)]
    groups = {(a.start, a.end) for a in actors if a.category == "named"}
    places = [p for p in load().find(text) if not _within(sentence, p.start, newsroom)]
    return View(
        sentence=sentence,
        doc=Parsed(doc),
        triggers=[t for t in matcher().find(text) if not _within(sentence, t.start, newsroom)][:_MOST],
        dates=[d for d in dates if not _within(sentence, d.start, newsroom)],
        places=[p for p in places if (p.start, p.end) not in groups or _is_country(p)][:_MOST],
        actors=actors,
        days=[(d.start, d.end) for d in dates],
        newsroom_end=max(newsroom[1] - sentence.start, 0) if sentence.part == "text" else 0,
    )


def _is_country(place: PlaceMention) -> bool:
    """Groups may bear a country's name ("Zaire"), but not a town's: "the gang Los Rastrojos"."""
    return place.candidates[0].kind == "country"


def _within(sentence: Sentence, at: int, span: tuple[int, int]) -> bool:
    return sentence.part == "text" and span[0] <= sentence.start + at < span[1]
