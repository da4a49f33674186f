"""How much speaks for two reports telling of one incident, and what rules it out."""

from __future__ import annotations

from functools import lru_cache
from operator import eq

from services.sink.merging.knowledge import knowledge, mixing
from services.sink.merging.signature import Signature, Where

RULED_OUT = -(10**12)
"""The likeness of two reports that cannot be of one incident, whatever else joins them."""
_SPELLING = 0.75


def likeness(one: Signature, other: Signature) -> int:
    """Thousandths: the more, the likelier one incident; `RULED_OUT` where something forbids it. Symmetric."""
    if one.article == other.article or one.status != other.status:
        return RULED_OUT
    told = (_by_kind(one, other), _by_days(one, other), _by_actors(one, other))
    if any(part is None for part in told):
        return RULED_OUT
    copies = are_copies(one.fingerprint, other.fingerprint)
    place = _by_place(one.where, other.where, copies=copies)
    if place is None:
        return RULED_OUT
    bonus = (knowledge().copies.bonus if copies else 0) + _by_toll(one.killed, other.killed) + place
    return round(1000 * _shared(one.terms, other.terms)) + bonus + sum(part for part in told if part is not None)


def are_copies(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True for two texts of which most is the same, as MinHash estimates it."""
    if not one or len(one) != len(other):
        return False
    same: int = sum(map(eq, one, other))
    return same >= knowledge().copies.share * len(one)


def _shared(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of the two; summed in one order, so that it is the same both ways."""
    common = sorted(one.keys() & other.keys())
    return sum(one[word] * other[word] for word in common)


def _by_kind(one: Signature, other: Signature) -> int | None:
    minus = mixing(one.kind, other.kind)
    if minus is None:
        return None
    differ = one.means is not None and other.means is not None and one.means != other.means
    return -minus - (knowledge().means.minus if differ else 0)


def _by_days(one: Signature, other: Signature) -> int | None:
    """A report that comes long after the day joins no more; days apart speak against it, told ones most."""
    days = knowledge().days
    if max(one.seen, other.seen) > max(one.last, other.last) + days.open:
        return None
    gap = max(other.first - one.last, one.first - other.last, 0)
    if gap > days.most:
        return None
    minus = 0 if one.dated and other.dated else days.undated
    later = one if one.first > other.first else other
    if gap and later.told:  # news tells of the past: only the later of two days may be that of a follow-up
        return -minus - days.told_apart - days.each * (gap - 1) if gap <= days.most_told else None
    return -minus - min(days.each * max(gap - 1, 0), days.follow_up)


def _by_place(one: Where | None, other: Where | None, *, copies: bool) -> int | None:
    """Two places that cannot be one rule each other out where both texts tell outright which place they mean."""
    places = knowledge().places
    if one is None or other is None:
        return 0
    if one.country and other.country and one.country != other.country:
        return None  # reports are looked up by country
    apart = _apart(one.region, other.region)
    if one.town and other.town and _one_name(one.town, other.town):
        # of one name but apart: one of the two may have been taken for its namesake
        value = 0 if apart else places.same_town
    elif apart or (one.town and other.town and one.known and other.known):
        apart, value = True, -places.elsewhere
    else:
        value = -places.unsure if one.town and other.town else places.same_region
    return None if apart and one.sure and other.sure and not copies else value


def _apart(one: str | None, other: str | None) -> bool:
    return bool(one and other and not _one_name(one, other))


@lru_cache(100_000)
def _one_name(one: str, other: str) -> bool:
    """True for one name in two spellings: most of their pairs of letters are the same."""
    if one == other:
        return True
    pairs = [{word[n : n + 2] for n in range(len(word) - 1)} for word in (one.replace(" ", ""), other.replace(" ", ""))]
    return 2 * len(pairs[0] & pairs[1]) >= _SPELLING * (len(pairs[0]) + len(pairs[1])) > 0


def _by_actors(one: Signature, other: Signature) -> int | None:
    """Other named doers did another deed; who did it here and suffered it there makes it the answer to it."""
    actors = knowledge().actors
    if one.doers and other.doers and one.doers.isdisjoint(other.doers):
        return None
    if (one.doers & other.sufferers and not one.doers & other.doers) or (
        other.doers & one.sufferers and not one.doers & other.doers
    ):
        return None
    if one.doers & other.doers:
        return actors.same_doer
    return actors.same_other if one.sufferers & other.sufferers else 0


def _by_toll(one: int | None, other: int | None) -> int:
    tolls = knowledge().tolls
    if not one or not other:
        return 0
    if one == other:
        return tolls.same if one > 1 else tolls.same_one
    low, high = sorted((one, other))
    return -tolls.other if high > tolls.far * low and high - low > tolls.far else 0
