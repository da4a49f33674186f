"""Settles where each draft took place, in the light of all places that the article names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.event import Place
from schemas.words import INCIDENT_MODALITIES
from services.extractor.coding.events import tree
from services.extractor.coding.events.abroad import ABROAD, fights_abroad
from services.extractor.coding.events.build import Settled
from services.extractor.coding.events.homes import Homes
from services.extractor.coding.places.combine import Combined, combine, inside
from services.extractor.coding.places.countries import find_demonyms
from services.extractor.coding.places.gazetteer import load
from services.extractor.coding.places.links import leads_to
from services.extractor.coding.places.model import PlaceMention
from services.extractor.coding.places.resolve import country_prior, resolve, sure_divisions, surroundings

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
_REACH, _REACH_OF_COUNTRY = 6, 10
# A place nearer than this to its own event is told of it so surely that it may be another's of the sentence.
_SURE = 7
_LEAD = 4
_FINE = 2
# Characters between a spot and its town.
_GAP = 50
_SMALL = frozenset(("town", "admin2", "unknown"))
_COARSE = frozenset(("admin1", "region", "country"))
# What comes after these in time is of no one place: "killed since the truce between Chad and …".
_PACTS = frozenset(("ceasefire", "pact", "accord"))
_ATTACHED = re.compile(r"[-\u2011](?:based|led|backed|registered|funded|made|supported|brokered|sponsored|allied)")
_IN = re.compile(
    r"(?:[,(]|\b(?:in|at|near|on|inside|outside|across|of|into|throughout|within|around|to|from))\s*(?:the\s+)?"
    r"(?:(?:(?:north|south|east|west)[a-z]*|central|rural|neighbou?ring|all)[\s-]+)*$",
    re.IGNORECASE,
)
# The share of an article's names of places and peoples that makes it one of a country.
_MAINLY = 0.8
# A list of places longer than this is no report of events.
_MOST_PLACES = 500
# Places of one event beyond this add nothing.
_MOST_TOLD = 100


def _shift(sentence: Sentence) -> int:
    return sentence.start + (_TITLE if sentence.part == "title" else 0)


def _moved(mention: PlaceMention, by: int) -> PlaceMention:
    start, end, qualifiers = mention.start + by, mention.end + by, tuple(q + by for q in mention.qualifiers)
    return PlaceMention(
        start, end, mention.text, mention.candidates, mention.hint, mention.modifier, mention.nation, qualifiers
    )


def _reach(mention: PlaceMention) -> int:
    return _REACH_OF_COUNTRY if mention.candidates[0].kind == "country" else _REACH


def _says_where(place: PlaceMention, view: View) -> bool:
    """It is no part of somebody's name ("the West Papua National Liberation Army"), and stands as a place does."""
    in_name = any(a.start <= place.start and place.end <= a.end for a in view.actors)
    return not in_name and _IN.search(view.sentence.text, 0, place.start) is not None


class Scene:
    """The places of one article: all its mentions, and how much it tells of each country."""

    def __init__(self, sentences: Sequence[Sentence], views: Sequence[View], dateline: str = "") -> None:
        self._views = views
        seen = {v.sentence.index: [_moved(p, _shift(v.sentence)) for p in v.places] for v in views}
        demonyms = []
        for sentence in sentences:
            if sentence.index < _LEAD or sentence.index in seen:
                if sentence.index not in seen:
                    seen[sentence.index] = [_moved(p, _shift(sentence)) for p in load().find(sentence.text)]
                demonyms += [d for d in find_demonyms(sentence.text) if not fights_abroad(d, sentence.text)]
        told = [m for index in sorted(seen) for m in seen[index]]
        # "TOLEDO, Ohio -" tells which Toledo is meant further down
        here = [_moved(p, 2 * _TITLE) for p in load().find(dateline)] if dateline else []
        if {p.text.lower() for p in here} & {p.text.lower() for p in told}:
            told += here
        self._context = told[:_MOST_PLACES]
        placing = self._placing(sentences)
        self._told: Counter[str] = country_prior(placing)
        self._countries: Counter[str] = country_prior(placing, demonyms)
        if not self._countries and here:  # a text that names no country is read from where it was written
            beside = surroundings(here, Counter(), here)
            written = {c.country for m in here if (c := resolve(m, here, Counter(), beside)) is not None and c.country}
            self._countries.update(written if len(written) == 1 else ())
        for view in views:  # who fights tells where: Al-Shabaab in Somalia
            self._countries.update(a.country for a in view.actors if a.country and a.category == "named")
        self._around = surroundings(self._context, self._countries, here)
        self._known: dict[int, Candidate | None] = {}
        located = {p.start + _shift(v.sentence) for v in views for p in v.places if _says_where(p, v)}
        apart = [m for m in self._context if m.start in located]
        self._homes = Homes(
            self._context, sure_divisions(apart), lambda m: resolve(m, self._context, self._countries, self._around)
        )
        self._located: dict[int, list[tuple[View, PlaceMention]]] = {}
        self._recalled: dict[int, list[tuple[View, PlaceMention]]] = {}

    def _placing(self, sentences: Sequence[Sentence]) -> list[PlaceMention]:
        """The places that tell what the article is about: "UK-based" tells of somebody, "Russia said" of who spoke."""
        parts = {_shift(s): s.text for s in sentences}
        starts = sorted(parts)
        somebody = {a.start + _shift(v.sentence) for v in self._views for a in v.actors if a.category == "country"}
        found = []
        for mention in self._context:
            if mention.candidates[0].kind == "country":
                at = bisect_right(starts, mention.start) - 1
                text, by = (parts[starts[at]], starts[at]) if at >= 0 else ("", 0)
                if _ATTACHED.match(text, mention.end - by):
                    continue
                if mention.start in somebody and not _IN.search(text, 0, mention.start - by):
                    continue
            found.append(mention)
        return found or self._context

    def learn(self, drafts: Sequence[Draft]) -> None:
        """Remember where the article's events took place, for those beside them that do not say."""
        for draft in drafts:
            apart = draft.set_apart or (draft.background and draft.names & _PACTS)
            for place in draft.places[:1] if draft.modality in INCIDENT_MODALITIES and not apart else []:
                if place.cost > _SURE:
                    continue
                known = self._recalled if draft.background else self._located
                # the whole place: the hospital and its town
                for view, mention in next(self._groups(draft)):
                    known.setdefault(view.sentence.index, []).append((view, mention))

    def candidate(self, draft: Draft) -> Candidate | None:
        """The place that the draft itself names, resolved; null where it names none."""
        return self._resolve(draft.places[0].view, draft.places[0].mention) if draft.places else None

    def _resolve(self, view: View, mention: PlaceMention) -> Candidate | None:
        shift = _shift(view.sentence)
        start = mention.start + shift
        if start not in self._known:
            moved = _moved(mention, shift)
            self._known[start] = resolve(moved, self._context, self._countries, self._around)
        return self._known[start]

    def settle(self, draft: Draft) -> Iterator[Settled]:
        """The draft's place; several where it names several countries, each an event of its own."""
        groups = list(self._groups(draft))
        for group in groups:
            combined = self._combined(group)
            if combined is not None:
                yield self._at_home(self._settled(combined, group, ()), draft)
        if not groups:
            yield self._from_around(draft) if draft.domain == "violence" else Settled(None, None)

    def _combined(self, group: Sequence[tuple[View, PlaceMention]]) -> Combined | None:
        """The place that mentions of one event tell together."""
        moved = [_moved(mention, _shift(view.sentence)) for view, mention in group]
        return combine(moved, self._context, self._countries, told=self._told, scene=self._around)

    def _at_home(self, settled: Settled, draft: Draft) -> Settled:
        """A place that is not in the data lies in the country of those beside it, else of the group that fights."""
        place = settled.place
        if place is None or (place.precision > _FINE and place.country is not None):
            return settled
        kinds = {c.kind for c in settled.shown[1].candidates} if settled.shown else set()
        if place.admin1 is None and place.geonames_id is None and kinds <= _SMALL:
            return self._in_division(settled, place, draft)
        return settled if place.country is not None else self._in_country(settled, place, draft)

    def _in_division(self, settled: Settled, place: Place, draft: Draft) -> Settled:
        """What another sentence places the name in; else the one division that the article tells of."""
        told = self._homes.of(place.name)
        if told is not None and place.country in {None, told[0]}:
            where = place.model_copy(update={"country": told[0], "admin1": told[1]})
            inferred = ("place.admin1",) if place.country else ("place.country", "place.admin1")
            return replace(settled, place=where, inferred=(*settled.inferred, *inferred))
        if place.country is None:
            settled = self._in_country(settled, place, draft)
            place = settled.place or place
        only = self._homes.only(place.country) if place.country else None
        if only is None:
            return settled
        where = place.model_copy(update={"admin1": only})
        return replace(settled, place=where, inferred=(*settled.inferred, "place.admin1"))

    def _in_country(self, settled: Settled, place: Place, draft: Draft) -> Settled:
        """In the country of the places beside it, else of the group that fights, else of the whole article."""
        beside = {c.country for p in draft.places if (c := self._resolve(p.view, p.mention)) and c.country}
        forces = {p.country for p in draft.agents if p.kind == "State forces"}
        beside = beside or (set(self._told) - forces if len(self._told) == 1 else set())
        beside = beside or {
            a.country for m in draft.mentions for a in m.view.actors if a.country and a.category == "named"
        }
        if not beside and (only := self._mainly()) is not None:  # an article of one country: "Kenyan police said"
            beside = {only} - (forces & ABROAD)
        if len(beside) != 1:
            return settled
        country = place.model_copy(update={"country": beside.pop()})
        return replace(settled, place=country, inferred=(*settled.inferred, "place.country"))

    def _mainly(self) -> str | None:
        """The country that nearly all that the article names is of."""
        country, times = max(sorted(self._countries.items()), key=lambda c: c[1], default=(None, 0))
        return country if times and times >= _MAINLY * self._countries.total() else None

    def _groups(self, draft: Draft) -> Iterator[list[tuple[View, PlaceMention]]]:
        """The draft's mentions of one place; one group for each of coordinated countries."""
        if not draft.places:
            return
        first = draft.places[0]
        reach = _reach(first.mention)
        for view, mention in self._coordinated(draft, first.view, first.mention):
            group = [(view, mention)]
            for other in draft.places[:_MOST_TOLD]:
                likely = other.view is not view and other.cost <= _SURE + 1
                near = other.cost <= first.cost + reach or likely or mention.hint == "site"
                if other.mention is not mention and near and self._together(view, mention, other.view, other.mention):
                    group.append((other.view, other.mention))
            # what the text names as its outer place is so whatever the parse
            known = [m for _, m in group]
            group += [(view, m) for m in view.places if m.start in mention.qualifiers and m not in known]
            yield group

    def _together(self, view: View, mention: PlaceMention, other_view: View, other: PlaceMention) -> bool:
        here, there = _moved(mention, _shift(view.sentence)), _moved(other, _shift(other_view.sentence))
        if there.start in here.qualifiers or here.start in there.qualifiers:
            return True
        mine, theirs = self._resolve(view, mention), self._resolve(other_view, other)
        if mine is None or theirs is None:
            return False
        if "unknown" in (mine.kind, theirs.kind) and mine.kind != theirs.kind and view is other_view:
            site = "site" in (mention.hint, other.hint) and "near" not in (mention.modifier, other.modifier)
            # a road lies in the town beside it, an unknown name in the region, or in the land around a town
            return site or bool({mine.kind, theirs.kind} & _COARSE) or "rural" in (mention.modifier, other.modifier)
        return inside(mention, other) or inside(other, mention)

    def _coordinated(self, draft: Draft, view: View, mention: PlaceMention) -> list[tuple[View, PlaceMention]]:
        head = view.head_of(mention.start, mention.end)
        heads = {t.i for t in tree.with_conjuncts(tree.first_conjunct(head))}
        own = {p.mention.start for p in draft.places if p.view is view}
        found = [
            (view, m)
            for m in view.places
            if m.start in own
            and view.head_of(m.start, m.end).i in heads
            and not (m.start in mention.qualifiers and inside(mention, m))
        ]
        kinds = {c.kind if (c := self._resolve(view, m)) else None for _, m in found}
        if kinds == {"country"} and self._has_finer(draft, view, [m for _, m in found]):
            return [(view, mention)]  # "on the border of Chad and Sudan, near Xyz"
        apart = kinds == {"country"} or (kinds == {"town"} and not draft.tolls and mention.modifier != "between")
        return found if len(found) > 1 and apart else [(view, mention)]

    def _has_finer(self, draft: Draft, view: View, countries: Sequence[PlaceMention]) -> bool:
        """The sentence tells a place within one of the countries, not far behind them."""
        reach = draft.places[0].cost + _reach(countries[0])
        finer = [p.mention for p in draft.places if p.view is view and p.cost <= reach and p.mention not in countries]
        return any(inside(m, c) for m in finer for c in countries if m.candidates[0].kind != "country")

    def _settled(
        self, combined: Combined, group: Sequence[tuple[View, PlaceMention]], inferred: tuple[str, ...]
    ) -> Settled:
        start = combined.span[0]
        view, mention = next((v, m) for v, m in group if m.start + _shift(v.sentence) == start)
        mention = self._with_spot(view, mention, [m for v, m in group if v is view])
        mention = self._with_exact(view, mention)
        place = Place(**combined.place).model_copy(update={"mention": mention.text})
        return Settled(place, (view, mention), (*combined.inferred, *inferred))

    def _with_spot(self, view: View, shown: PlaceMention, group: Sequence[PlaceMention]) -> PlaceMention:
        """The mention with what helps to find it: a town's spot or district, what a name not in the data lies in."""
        unknown = self._is_unknown(view, shown)
        for other in group:
            linked = shown.start in other.qualifiers or other.start in shown.qualifiers
            helps = unknown or self._is_unknown(view, other) or self._is_district(view, other, shown)
            if other is shown or not linked or not helps:
                continue
            start, end = min(other.start, shown.start), max(other.end, shown.end)
            if end - start - len(other.text) - len(shown.text) <= _GAP:
                return replace(shown, start=start, end=end, text=view.sentence.text[start:end])
        return shown

    def _is_district(self, view: View, mention: PlaceMention, town: PlaceMention) -> bool:
        """A district that the text places in the town: "Mogadishu's Hodan district"."""
        known = self._resolve(view, mention)
        return town.start in mention.qualifiers and known is not None and known.kind == "admin2"

    def _with_exact(self, view: View, shown: PlaceMention) -> PlaceMention:
        """The mention with the name not in the data that it helps to find: "Xyz area, 30 km north of Goma"."""
        text = view.sentence.text
        before = [m for m in view.places if m.end <= shown.start and shown.start - m.end <= _GAP]
        if not before or not self._is_unknown(view, before[-1]):
            return shown
        if not leads_to(text[before[-1].end : shown.start]):
            return shown
        return replace(shown, start=before[-1].start, text=text[before[-1].start : shown.end])

    def _is_unknown(self, view: View, mention: PlaceMention) -> bool:
        known = self._resolve(view, mention)
        pointless = known is not None and known.kind == "town" and known.latitude is None
        return pointless or (known is not None and known.kind == "unknown")

    def _from_around(self, draft: Draft) -> Settled:
        """A place for a draft that names none: another event's of its sentence, else what the sentences around name."""
        own = {m.view.sentence.index for m in draft.mentions}
        first, last = min(own) - _BEFORE, max(own) + _AFTER
        # a protest is against what its sentence tells beside it
        crowd = own if any(m.cls.frame == "crowd" and not m.background for m in draft.mentions) else set()
        indices = set(range(first, last + 1)) - crowd
        around = [v for v in self._views if v.places and v.sentence.index in indices]
        for view in sorted(around, key=lambda v: min(abs(v.sentence.index - i) for i in own)):
            group = self._located.get(view.sentence.index, []) if draft.modality in INCIDENT_MODALITIES else []
            if not group and view.sentence.index in own and draft.modality in INCIDENT_MODALITIES:
                # "captured after a clash in Xyz"
                group = self._recalled.get(view.sentence.index, [])
            if not group and view.sentence.index not in own:
                # what its own sentences name and is no event's place tells of somebody, or of something else
                group = [(view, m) for m in view.places]
            combined = self._combined(group)
            if combined is not None:
                return self._at_home(self._settled(combined, group, ("place",)), draft)
        return self._homeland(draft)

    def _homeland(self, draft: Draft) -> Settled:
        """The country of the state's forces where they deal with a crowd, which they do at home: inferred."""
        states = {p.country for p in (*draft.agents, *draft.patients) if p.kind == "State forces"}
        views = {m.view.sentence.index: m.view for m in draft.mentions if m.cls.frame == "crowd"}
        for view in views.values():
            for mention in view.places:
                if mention.candidates[0].kind == "country" and mention.candidates[0].country in states:
                    combined = combine([_moved(mention, _shift(view.sentence))])
                    if combined is not None:
                        return self._settled(combined, [(view, mention)], ("place",))
        return Settled(None, None)
