"""Settles where each draft took place, in the light of all places that the article names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from schemas.event import Place
from services.extractor.coding.events import tree
from services.extractor.coding.events.build import Settled
from services.extractor.coding.places.combine import Combined, combine, inside
from services.extractor.coding.places.countries import find_demonyms
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.places.model import PlaceMention
from services.extractor.coding.places.resolve import country_prior, resolve, sure_divisions

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.view import View
    from services.extractor.coding.places.model import Candidate
    from services.extractor.coding.reading.sentences import Sentence

# Keeps the title's offsets apart from the text's when both are laid on one line.
_TITLE = -1_000_000
# How far around an event's sentences a place may stand that they leave out: two before, one after.
_BEFORE, _AFTER = 2, 1
# A place this much farther from the trigger than the nearest one may still add to it.
_REACH = 6
_LEAD = 4
# A list of places longer than this is no report of events.
_MOST_PLACES = 500


def _shift(sentence: Sentence) -> int:
    return sentence.start + (_TITLE if sentence.part == "title" else 0)


def _moved(mention: PlaceMention, by: int) -> PlaceMention:
    start, end, qualifiers = mention.start + by, mention.end + by, tuple(q + by for q in mention.qualifiers)
    return PlaceMention(start, end, mention.text, mention.candidates, mention.hint, mention.modifier, qualifiers)


class Scene:
    """The places of one article: all its mentions, and how much it tells of each country."""

    def __init__(self, sentences: Sequence[Sentence], views: Sequence[View]) -> None:
        self._views = views
        seen = {v.sentence.index: [_moved(p, _shift(v.sentence)) for p in v.places] for v in views}
        demonyms = []
        for sentence in sentences:
            if sentence.index < _LEAD or sentence.index in seen:
                if sentence.index not in seen:
                    seen[sentence.index] = [_moved(p, _shift(sentence)) for p in load().find(sentence.text)]
                demonyms += find_demonyms(sentence.text)
        self._context = [m for index in sorted(seen) for m in seen[index]][:_MOST_PLACES]
        self._sure = sure_divisions(self._context)
        self._told: Counter[str] = country_prior(self._context)
        self._countries: Counter[str] = country_prior(self._context, demonyms)
        for view in views:  # who fights tells where: Al-Shabaab in Somalia
            self._countries.update(a.country for a in view.actors if a.country and a.category == "named")
        self._known: dict[int, Candidate | None] = {}

    def candidate(self, draft: Draft) -> Candidate | None:
        """The place that the draft itself names, resolved; null where it names none."""
        return self._resolve(draft.places[0].view, draft.places[0].mention) if draft.places else None

    def _resolve(self, view: View, mention: PlaceMention) -> Candidate | None:
        shift = _shift(view.sentence)
        start = mention.start + shift
        if start not in self._known:
            moved = _moved(mention, shift)
            self._known[start] = resolve(moved, self._context, self._countries, sure=self._sure)
        return self._known[start]

    def settle(self, draft: Draft) -> Iterator[Settled]:
        """The draft's place; several where it names several countries, each an event of its own."""
        groups = list(self._groups(draft))
        for group in groups:
            combined = combine(
                [_moved(m, _shift(v.sentence)) for v, m in group],
                self._context,
                self._countries,
                told=self._told,
                sure=self._sure,
            )
            if combined is not None:
                yield self._settled(combined, group, ())
        if not groups:
            yield self._from_around(draft) if draft.domain == "violence" else Settled(None, None)

    def _combined(self, group: Sequence[tuple[View, PlaceMention]]) -> Combined | None:
        """The place that mentions of one event tell together."""
        moved = [_moved(mention, _shift(view.sentence)) for view, mention in group]
        return combine(moved, self._context, self._countries, told=self._told, sure=self._sure)

    def _groups(self, draft: Draft) -> Iterator[list[tuple[View, PlaceMention]]]:
        """The draft's mentions of one place; one group for each of coordinated countries."""
        if not draft.places:
            return
        first = draft.places[0]
        for view, mention in self._coordinated(draft, first.view, first.mention):
            group = [(view, mention)]
            for other in draft.places:
                near = other.cost <= first.cost + _REACH or other.view is not view
                if other.mention is not mention and near and self._together(view, mention, other.view, other.mention):
                    group.append((other.view, other.mention))
            yield group

    def _together(self, view: View, mention: PlaceMention, other_view: View, other: PlaceMention) -> bool:
        here, there = _moved(mention, _shift(view.sentence)), _moved(other, _shift(other_view.sentence))
        if there.start in here.qualifiers or here.start in there.qualifiers:
            return True
        mine, theirs = self._resolve(view, mention), self._resolve(other_view, other)
        if mine is None or theirs is None:
            return False
        return inside(mention, other) or inside(other, mention)

    def _coordinated(self, draft: Draft, view: View, mention: PlaceMention) -> list[tuple[View, PlaceMention]]:
        head = view.head_of(mention.start, mention.end)
        heads = {t.i for t in tree.with_conjuncts(tree.first_conjunct(head))}
        found = [(view, m) for m in view.places if view.head_of(m.start, m.end).i in heads]
        kinds = {c.kind if (c := self._resolve(view, m)) else None for _, m in found}
        apart = kinds == {"country"} or (kinds == {"town"} and not draft.tolls)
        return found if len(found) > 1 and apart else [(view, mention)]

    def _settled(
        self, combined: Combined, group: Sequence[tuple[View, PlaceMention]], inferred: tuple[str, ...]
    ) -> Settled:
        start = combined.span[0]
        view, mention = next((v, m) for v, m in group if m.start + _shift(v.sentence) == start)
        return Settled(Place(**combined.place), (view, mention), (*combined.inferred, *inferred))

    def _from_around(self, draft: Draft) -> Settled:
        """A place that the sentences around name, for a draft whose own sentences name none: inferred."""
        own = [m.view.sentence.index for m in draft.mentions]
        around = [v for v in self._views if v.places and min(own) - _BEFORE <= v.sentence.index <= max(own) + _AFTER]
        for view in sorted(around, key=lambda v: min(abs(v.sentence.index - i) for i in own)):
            group = [(view, m) for m in view.places]
            combined = combine(
                [_moved(m, _shift(view.sentence)) for _, m in group],
                self._context,
                self._countries,
                told=self._told,
                sure=self._sure,
            )
            if combined is not None:
                return self._settled(combined, group, ("place",))
        return Settled(None, None)
