"""Says which place a mention is: by its qualifiers, the article's countries, its kind and its size."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from services.extractor.coding.places.alike import alike
from services.extractor.coding.places.fold import ascii_name
from services.extractor.coding.places.gazetteer import fits
from services.extractor.coding.places.model import Candidate, Demonym, PlaceMention
from services.extractor.coding.places.namesakes import Home, home_divisions, is_elsewhere, is_named_after, lodged
from services.extractor.coding.places.nesting import lies_in

# Weights in powers of ten of population: a country outweighs a town a million times its neighbour's size.
_KIND: Final = {"country": 6.0, "admin1": 2.0, "region": 2.5, "admin2": 0.0, "town": 0.5, "unknown": -2.0}
_PRIMARY: Final = 1.5
# "the Sahel" is the wide region, until the article tells of the country whose division bears the name too.
_WIDE: Final = 4.0
_QUALIFIED: Final = 12.0
_CONTRADICTED: Final = -4.0
_HINTED: Final = 5.0
_COUNTRY_SHARE: Final = 6.0
_COUNTRY_SEEN: Final = 1.5
_SAME_ADMIN1: Final = 2.0
_NO_HAMLET: Final = 20_000
_CITY: Final = 50_000
_METROPOLIS: Final = 300_000
_SMALLER_DIVISION: Final = 2.0
_LARGE: Final = 150_000
_SMALLER: Final = frozenset({"town", "admin2", "camp", "site"})
_ALIKE: Final = 0.7
_OUTSHINES: Final = 4
_LARGER: Final = 50


Divisions = Mapping[tuple[str | None, str], frozenset[int]]
"""Country and first-level division to the starts of the mentions that surely lie there."""


class Surroundings(NamedTuple):
    """What an article's places tell of one another: reckoned once an article."""

    sure: Divisions
    home: Home


def surroundings(
    context: Sequence[PlaceMention], countries: Mapping[str, int], dateline: Sequence[PlaceMention] = ()
) -> Surroundings:
    """The divisions of the places that an article names; its dateline's where they tell of no home."""
    home = home_divisions(context, countries) or home_divisions(dateline, countries)
    return Surroundings(sure_divisions(context), home)


def country_prior(mentions: Sequence[PlaceMention], demonyms: Sequence[Demonym] = ()) -> Counter[str]:
    """How much the article tells of each country, by alpha-3.

    A country named counts 3, a division of one country 2, a town of one country or a demonym 1.
    """
    prior: Counter[str] = Counter()
    for mention in mentions:
        if is_named_after(mention):
            continue
        sure = {c.country for c in mention.candidates}
        first = mention.candidates[0]
        if first.kind == "country" and first.country:
            prior[first.country] += 3
        elif (
            len(sure) == 1 and first.country and first.primary and (first.kind != "town" or first.population >= 10_000)
        ):
            prior[first.country] += 2 if first.kind in {"admin1", "region"} else 1
        elif first.kind == "town" and first.population >= 500_000 and first.primary and first.country:
            prior[first.country] += 1
    for demonym in demonyms:
        prior[demonym.country] += 1
    return prior


def resolve(
    mention: PlaceMention,
    context: Sequence[PlaceMention],
    countries: Mapping[str, int],
    scene: Surroundings | None = None,
) -> Candidate | None:
    """The place that `mention` is, `context` being the mentions of the article and `countries` its prior.

    A name that fits none of the countries the article tells of, and is no large place's main name, comes back as kind
    `unknown` without coordinates, lest a namesake's be given. None only where the text calls the name something that
    no candidate can be and that has no place of its own ("the Jordan region" gives a candidate, never None).
    """
    first = mention.candidates[0]
    if (
        first.kind == "country"
        and mention.hint is None
        and not any(c.kind == "admin1" and c.primary for c in mention.candidates)
    ):
        return first  # a country's name is the country's, whatever villages bear it
    named = mention.qualifiers
    outer = [other for other in context if other.start in named and other is not mention] if named else []
    sure, home = surroundings(context, countries) if scene is None else scene
    total = sum(countries.values())
    best: Candidate | None = None
    best_score = -math.inf
    for candidate in mention.candidates:
        score = _alone(candidate, mention)
        score += _by_country(candidate, countries, total)
        score += _by_qualifiers(candidate, outer)
        if mention.nation is not None:
            score += _QUALIFIED if mention.nation in (candidate.countries or (candidate.country,)) else _CONTRADICTED
        if candidate.admin1 and candidate.kind in {"town", "admin2"}:
            others = sure.get((candidate.country, candidate.admin1), frozenset()) - {mention.start}
            score += _SAME_ADMIN1 if others else 0.0
        if score > best_score:
            best, best_score = candidate, score
    if best is not None and best.kind == "country" and mention.hint in _SMALLER:
        return _unplaced(mention)  # "Bahrain tehsil"
    if best is None:
        return None
    if best.kind != "unknown" and mention.nation is None and is_elsewhere(best, mention, outer, home):
        return lodged(_unplaced(mention), mention, home)
    if best.kind != "unknown" and not _told_apart(best, outer) and _trusted(best, mention, outer, countries):
        return best
    return _spelt_otherwise(mention, outer, countries) or _nameless(best, mention, home)


def _nameless(best: Candidate, mention: PlaceMention, home: Home) -> Candidate:
    if best.kind != "unknown":
        return _unplaced(mention)
    if mention.nation is not None:
        return replace(best, country=mention.nation)
    return lodged(best, mention, home) if mention.hint == "site" else best


def _spelt_otherwise(
    mention: PlaceMention, outer: Sequence[PlaceMention], countries: Mapping[str, int]
) -> Candidate | None:
    """The town of the article's country that the name may be another spelling of, if the text agrees."""
    if mention.hint not in {None, "town", "camp"}:
        return None
    country = mention.nation or max(sorted(countries), key=lambda c: countries[c], default=None)
    if country is None or (mention.nation is None and countries[country] * 2 <= sum(countries.values())):
        return None
    found = alike(mention.text, country)
    inner = found is not None and all(any(lies_in(found, c) for c in other.candidates) for other in outer)
    return found if inner else None


def _alone(candidate: Candidate, mention: PlaceMention) -> float:
    score = _KIND[candidate.kind] + math.log10(candidate.population + 10) / 1.5
    score += _PRIMARY if candidate.primary else 0.0
    score += _WIDE if candidate.wide else 0.0
    if _is_old_name(candidate, mention):
        score -= _PRIMARY
    if mention.hint is not None:
        score += _HINTED if fits(candidate, mention.hint) else 0.0
    elif (
        mention.modifier != "rural"
        and candidate.kind == "admin1"
        and any(_same_city(candidate, c) for c in mention.candidates)
    ):
        # "in Aleppo" is the city; "in Helmand" has no city to be, and no city has a countryside.
        score -= 4.0
    elif candidate.kind == "admin1" and any(_outgrows(c, candidate) for c in mention.candidates):
        score -= _SMALLER_DIVISION  # a metropolis is meant before another country's province of its name
    return score


def _outgrows(town: Candidate, division: Candidate) -> bool:
    return town.kind == "town" and town.primary and town.population > max(division.population, _METROPOLIS)


def _is_old_name(candidate: Candidate, mention: PlaceMention) -> bool:
    """True for another name of a town where one of its country is spelt much like it: Nikopol was Sloviansk once."""
    if candidate.kind != "town" or _like(candidate, mention):
        return False
    towns = (c for c in mention.candidates if c.kind == "town" and c.country == candidate.country)
    return any(c.population * _OUTSHINES > candidate.population and _like(c, mention) for c in towns)


def _like(candidate: Candidate, mention: PlaceMention) -> bool:
    return SequenceMatcher(None, candidate.name.lower(), mention.text.lower()).ratio() >= _ALIKE


def _same_city(division: Candidate, town: Candidate) -> bool:
    same = town.kind == "town" and town.country == division.country and town.primary
    return (same and town.population >= _CITY and town.admin1 == division.name) or (same and town.name == division.name)


def _by_country(candidate: Candidate, countries: Mapping[str, int], total: int) -> float:
    score = 0.0
    for country in () if candidate.wide else candidate.countries or (candidate.country,):
        if country is None:
            continue
        share = countries.get(country, 0) / total if total else 0.0
        gain = (_COUNTRY_SEEN + _COUNTRY_SHARE * share) if share else 0.0
        score = max(score, gain)
    return score


def _by_qualifiers(candidate: Candidate, outer: Sequence[PlaceMention]) -> float:
    score = 0.0
    for other in outer:
        if any(lies_in(candidate, c) for c in other.candidates):
            score += _QUALIFIED
        elif len({c.country for c in other.candidates}) == 1:
            score += _CONTRADICTED
    return score


def sure_divisions(context: Sequence[PlaceMention]) -> Divisions:
    """The first-level divisions that an article's mentions surely lie in, with the starts of those mentions.

    Reckoned once an article and given to `resolve`, lest a long list of places cost the square of its length.
    """
    found: dict[tuple[str | None, str], set[int]] = {}
    for mention in context:
        first = mention.candidates[0]
        if (
            first.kind in {"admin1", "town", "admin2"}
            and first.admin1
            and len({c.country for c in mention.candidates}) == 1
        ):
            found.setdefault((first.country, first.admin1), set()).add(mention.start)
    return {division: frozenset(starts) for division, starts in found.items()}


def _trusted(
    best: Candidate, mention: PlaceMention, outer: Sequence[PlaceMention], countries: Mapping[str, int]
) -> bool:
    """Whether the text supports this place, so that its point is no namesake's."""
    if best.kind in {"country", "region"} or any(lies_in(best, c) for other in outer for c in other.candidates):
        return True
    own = set(best.countries or (best.country,))
    told = (
        {mention.nation}
        if mention.nation
        else {c.country for other in outer for c in other.candidates[:2] if c.country}
    )
    if (
        told and not own & told
    ):  # "Solhan in Burkina Faso" is not the only Solhan that the data have, which is elsewhere
        return mention.nation is None and best.primary and best.population >= _METROPOLIS
    if mention.hint in {"town", "admin2", "camp"} and best.kind == "admin1":
        return False
    if own & set(countries):
        return True
    namesakes = [c.population for c in mention.candidates if c.country != best.country]
    if not countries:  # nothing tells of any country: only what outshines its namesakes is meant without a word
        return best.kind == "admin1" or best.population >= min(_LARGE, _OUTSHINES * max(namesakes, default=0))
    spelt = best.primary or _like(best, mention)
    alone = max(namesakes, default=0) * _LARGER <= best.population and (
        best.population >= (_NO_HAMLET if spelt else _LARGE) or _kept_by_hand(best)
    )
    return alone or (best.primary and (best.population >= 100_000 or best.kind == "admin1"))


def _told_apart(best: Candidate, outer: Sequence[PlaceMention]) -> bool:
    """Whether what the text calls the district or province around it is of another province of the country."""
    told = {(c.country, c.admin1) for o in outer if _is_division(o) for c in o.candidates if c.admin1}
    return best.kind in _SMALLER and bool(told) and (best.country, best.admin1) not in told


def _is_division(outer: PlaceMention) -> bool:
    """The text calls it one, or its name can be nothing else."""
    return outer.hint in {"admin1", "admin2"} or all(c.kind in {"admin1", "admin2"} for c in outer.candidates)


def _kept_by_hand(place: Candidate) -> bool:
    """A locality of the hand-kept lists, which news names: the armed group beside it may be of the next country."""
    return place.kind in _SMALLER and place.geonames_id is None and place.admin1 is not None


def _unplaced(mention: PlaceMention) -> Candidate:
    return Candidate("unknown", ascii_name(mention.text) or mention.text, country=mention.nation)
