"""Which of a sentence's place names say where the event took place, by their place in the parse."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.objects import ground_objects
from services.extractor.coding.events.way import Around, Way, sites
from services.extractor.coding.events.when import offset_clause
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.places.links import leads_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.view import View
    from services.extractor.coding.places.model import PlaceMention
    from services.extractor.coding.reading.tokens import Token

_FAR = 20
# What the object of a verb costs.
_OBJECT = 1
# In an `after …` clause that tells of no other time, a place is the main clause's too, if that has none.
_SAME_OCCASION = 8
_BEARING = 5
_PRONOUNS = frozenset(("they", "he", "she", "it", "who"))
_FROM_AFAR = frozenset(("Air/drone strike", "Shelling/artillery/missile attack"))
# Who or what was taken was so from where it was.
_TAKING = frozenset(("abduction", "arrest", "finding"))
# What befalls people alone.
_PERSONAL = frozenset(
    (
        *("killing", "shooting", "execution", "stabbing", "beating", "torture", "sexual", "death", "injury"),
        *("abduction", "arrest", "mob", "robbery"),
    )
)
# What befalls a government takes place in its country.
_OF_STATES = frozenset(("upheaval",))
# "US-led", "Britain-based": what follows the hyphen tells of somebody, not of a place.
_JOINED = re.compile(r" bound\b|[-\u2011](?!area|wide|side|region|province|city|town|border)[a-z]")

# In capitals, with the agency behind it.
_DESK = re.compile(r"[^a-z(]{3,40} ?\((?:The )?(?P<agency>[^()]{2,40})\)")
_DESK_WIDTH = 40

# "120 km from", "just east of": more than that the one is near the other.
_DISTANCE = re.compile(r"\d|\b(?:north|south|east|west)")
# What stands right before a place's name and before no other's, whatever the parser makes of it.
_TOLD = re.compile(r"\b(?:in|at|near|outside|inside|around)(?: +|&nbsp;)(?:the )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Located:
    """A place name that says where; `cost` is how far from the trigger it stands: the least is the likeliest."""

    view: View
    mention: PlaceMention
    cost: int


def locations(mention: Mention, clause: Token | None) -> list[Located]:
    """The place names of the sentence that can say where the mention took place, the likeliest first.

    `clause` is the `after …` clause that the mention stands in: what stands inside it and what stands outside of it
    tell of different events.
    """
    found = list(_read(mention, clause))
    if not any(p.cost <= _OBJECT for p in found):
        found += [Located(mention.view, place, _OBJECT) for place in ground_objects(mention)]
    if not found:
        found = [Located(p.view, p.mention, p.cost + _SAME_OCCASION) for p in _read(mention, clause, elsewhere=True)]
    return sorted(_exact_first(_found_from(found)), key=lambda p: (p.cost, p.mention.start))


def _found_from(found: list[Located]) -> list[Located]:
    """With the names whose distance from the places is told: "shot after he left Farah, 750 km south of Kabul"."""
    by_start = {p.mention.start: p for p in reversed(found)}
    for place in found:
        before = [m for m in place.view.places if m.end <= place.mention.start]
        if place.mention.modifier != "near" or not before or before[-1].candidates[0].kind in {"country", "region"}:
            continue
        gap = place.view.sentence.text[before[-1].end : place.mention.start]
        if _DISTANCE.search(gap) and leads_to(gap):
            inner = by_start.get(before[-1].start, place)
            by_start[before[-1].start] = replace(place, mention=before[-1], cost=min(inner.cost, place.cost))
            by_start[place.mention.start] = replace(place, cost=place.cost + _BEARING)
    return list(by_start.values())


def _exact_first(found: list[Located]) -> list[Located]:
    """A place told by its distance ("30 km south of Pristina") stands behind the one that it helps to find."""
    fine, loose = {"town", "admin2", "unknown"}, ("near", "rural")
    if not any(p.mention.modifier not in loose and p.mention.candidates[0].kind in fine for p in found):
        return found
    return [replace(p, cost=p.cost + _BEARING) if p.mention.modifier in loose else p for p in found]


def _read(mention: Mention, clause: Token | None, *, elsewhere: bool = False) -> Iterator[Located]:
    """The places in the mention's clause, or those in the others that tell of the same occasion."""
    view = mention.view
    if not view.places:
        return
    around = view.around = view.around or _around(view)
    for place in view.places:
        head = view.head_of(place.start, place.end)
        other, step = offset_clause(head, view)
        apart = (other.i if other is not None else -1) != (clause.i if clause is not None else -1)
        if apart != elsewhere or (elsewhere and (step is not None or not _goes_on(other, mention))):
            continue
        if _JOINED.match(view.sentence.text, place.end) or _names_somebody(place, mention) or _of_desk(place, view):
            continue
        cost = _way(mention, place, around).cost(head)
        if cost is not None and cost <= _FAR:
            yield Located(view, place, cost)


def _of_desk(place: PlaceMention, view: View) -> bool:
    """It is the desk's that a report further down in the article comes from: "LUSAKA (Reuters) Gunmen killed …"."""
    desk = _DESK.match(view.sentence.text) if place.start < _DESK_WIDTH else None
    if desk is None or place.end > desk.end():
        return False
    return any(re.match(rf"{re.escape(agency)}\b", desk["agency"]) for agency in cues()["agencies"].words)


def _goes_on(clause: Token | None, mention: Mention) -> bool:
    """The clause tells of those of the main one: "shot dead after they attacked a base", "held after seizing them"."""
    if clause is None:
        return False
    verbs = [clause, *tree.children(clause, "pcomp")]
    subjects = [s for v in verbs for s in tree.children(v, "nsubj", "nsubjpass")]
    if subjects:
        # "shot dead after assailants stopped his car in Xyz": who did it is told there
        told_there = (
            mention.verbal and mention.cls.name in _PERSONAL and not tree.children(mention.token, "agent", "dobj")
        )
        after = any(m.lower_ == "after" for m in tree.children(clause, "mark"))
        return (told_there and after) or all(s.lower_ in _PRONOUNS for s in subjects)
    return any(v.dep_ == "pcomp" for v in verbs)


def _way(mention: Mention, place: PlaceMention, around: Around) -> Way:
    country = place.candidates[0].kind == "country"
    return Way(
        mention.token,
        around,
        country=country and mention.cls.name not in _OF_STATES,
        struck=country and mention.cls.sub_event_type in _FROM_AFAR,
        crowd=mention.cls.frame == "crowd",
        told=place.hint is not None or _TOLD.search(mention.view.sentence.text, 0, place.start) is not None,
        taken=mention.cls.name in _TAKING,
        personal=mention.cls.name in _PERSONAL and mention.verbal,
    )


def _around(view: View) -> Around:
    heads = (view.head_of(a.start, a.end) for a in view.actors if a.category != "country")
    places = {view.head_of(p.start, p.end).i for p in view.places}
    days = frozenset(t.i for d in view.dates for t in (view.token_at(d.start), view.head_of(d.start, d.end)))
    words = [(view.head_of(t.start, t.end).i, t.readings) for t in view.triggers]
    talk = frozenset(i for i, readings in words if any(c.domain == "diplomacy" for c, _ in readings))
    deeds = frozenset(
        i for i, readings in words if all(c.domain != "diplomacy" and c.frame != "crowd" for c, _ in readings)
    )
    people = frozenset(t.i for t in heads if t.lower_ not in sites()) - places
    return Around(people, frozenset(places), days, talk, deeds)


def _names_somebody(place: PlaceMention, mention: Mention) -> bool:
    """It is part of a name that is somebody's: "the Islamic State of Iraq", "U.S. forces"."""
    for actor in mention.view.actors:
        if actor.start <= place.start and place.end <= actor.end and place.end - place.start < actor.end - actor.start:
            country = place.candidates[0].kind == "country" and mention.cls.name not in _OF_STATES
            return actor.category == "named" or country
    return False
