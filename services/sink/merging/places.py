"""What the places that two reports tell of say about whether they are of one incident."""

from __future__ import annotations

from collections.abc import Mapping

from services.sink.merging.knowledge import knowledge
from services.sink.merging.names import apart, one_name
from services.sink.merging.signature import Signature, Where


def by_place(one: Signature, other: Signature, *, copies: bool) -> int | None:
    """What the places add to a likeness, None where they rule it out. `copies` for prints of one text.

    A text that names the other's town as well may have been read wrong; where neither does, the towns are two.
    """
    here, there = one.where, other.where
    if here is None or there is None:
        return 0
    if here.country and there.country and here.country != there.country:
        return None
    sure = here.sure and there.sure and not copies
    if here.town and there.town and not _all_of(here.town, there.region) and not _all_of(there.town, here.region):
        return _by_town(one, other, sure=sure, copies=copies)
    # a region is often named after its capital, which has other spellings
    if apart(here.region, there.region):
        return None if sure and not _named(one, other) else -knowledge().places.elsewhere
    return knowledge().places.same_region


def two_towns(here: Where | None, there: Where | None) -> bool:
    """True for two towns that both texts tell outright and the gazetteer knows. Asked of most pairs, so it is quick."""
    if here is None or there is None or not (here.outright and there.outright):
        return False
    one, other = here.outright, there.outright
    return not (one == other or _all_of(one, there.region) or _all_of(other, here.region) or one_name(one, other))


def _all_of(town: str, region: str | None) -> bool:
    """True where the town of one may mean the region of both: "Gaza" stands for the Gaza Strip as well."""
    return region is not None and region.startswith(town) and region[len(town) : len(town) + 1] in ("", " ")


def _by_town(one: Signature, other: Signature, *, sure: bool, copies: bool) -> int | None:
    """The same for two towns."""
    here, there = one.where, other.where
    if here is None or there is None or here.town is None or there.town is None:
        return 0
    places = knowledge().places
    if one_name(here.town, there.town):
        # of one name but apart: one of the two may have been taken for its namesake
        return (None if sure else 0) if apart(here.region, there.region) else places.same_town
    known = here.known and there.known  # an unlisted village may be near the town that another text tells
    named = _named(one, other)
    if (sure and (known or not named)) or (known and not named and not copies):
        return None
    return -(places.elsewhere, places.named_once, 0)[named]


def _named(one: Signature, other: Signature) -> int:
    """How many of the two texts name the other one's place."""
    return _names(one.terms, other.where) + _names(other.terms, one.where)


def _names(terms: Mapping[str, float], where: Where | None) -> bool:
    return where is not None and not terms.keys().isdisjoint(where.words)
