"""What the places that two reports tell of say about whether they are of one incident."""

from __future__ import annotations

from collections.abc import Mapping

from services.sink.merging.knowledge import knowledge
from services.sink.merging.names import apart, one_name
from services.sink.merging.signature import Signature, Where


def by_place(one: Signature, other: Signature, *, alike: bool, copies: bool) -> int | None:
    """What the places add to a likeness, None where they rule it out. `alike` for texts of like wording.

    A text that names the other's town as well may have been read wrong; where neither does, the towns are two.
    """
    here, there = one.where, other.where
    if here is None or there is None:
        return 0
    if here.country and there.country and here.country != there.country:
        return None
    sure = here.sure and there.sure and not copies
    named = _names(one.terms, there) + _names(other.terms, here)
    if here.town and there.town and not _all_of(here, there) and not _all_of(there, here):
        return _by_town(here, there, named, sure=sure, alike=alike and not copies)
    # a region is often named after its capital, which has other spellings
    if apart(here.region, there.region):
        return None if sure and not named else -knowledge().places.elsewhere
    return knowledge().places.same_region


def _all_of(one: Where, other: Where) -> bool:
    """True where the town of one may mean the region of both: "Gaza" stands for the Gaza Strip as well."""
    return other.region is not None and f"{other.region} ".startswith(f"{one.town} ")


def _by_town(here: Where, there: Where, named: int, *, sure: bool, alike: bool) -> int | None:
    """The same for two towns, of which `named` texts name the other one's."""
    places, away = knowledge().places, apart(here.region, there.region)
    if one_name(here.town or "", there.town or ""):
        # of one name but apart: one of the two may have been taken for its namesake
        return (None if sure else 0) if away else places.same_town
    known = here.known and there.known  # an unlisted village may be near the town that another text tells
    if (sure and (known or not named)) or (alike and known and not named):
        return None
    return -(places.elsewhere, places.named_once, 0)[named]


def _names(terms: Mapping[str, float], where: Where) -> bool:
    return not terms.keys().isdisjoint(where.words)
