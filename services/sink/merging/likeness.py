"""How much speaks for two reports telling of one incident, and what rules it out."""

from __future__ import annotations

from operator import eq

from services.sink.merging.days import by_days
from services.sink.merging.knowledge import knowledge, mixing
from services.sink.merging.places import by_place
from services.sink.merging.signature import Signature

RULED_OUT = -(10**12)
"""The likeness of two reports that cannot be of one incident, whatever else joins them."""

_FIRST = 24
"""Numbers of a fingerprint that are compared first."""


def likeness(one: Signature, other: Signature) -> int:
    """Thousandths: the more, the likelier one incident; `RULED_OUT` where something forbids it. Symmetric.

    What only speaks against leaves no less than nothing: it may have been misread. Where texts are of like wording they
    were read alike, so that kinds, days, places and doers in which they differ are others; unless they tell of one
    person, whose towns alone must not be two.
    """
    if one.article == other.article or one.status != other.status:
        return RULED_OUT
    # Most pairs that are looked at are of two towns: that is asked first, since it is asked quickest.
    place = by_place(one, other, alike=False, copies=False)
    copies = are_copies(one.fingerprint, other.fingerprint)
    if place is None and not copies:
        return RULED_OUT
    words = round(1000 * _shared(one.terms, other.terms))
    known = not one.people.isdisjoint(other.people)
    alike = words >= knowledge().words.alike and not known
    if alike or copies:
        place = by_place(one, other, alike=alike, copies=copies)
    if place is None or (kind := _by_kind(one, other, alike=alike)) is None:
        return RULED_OUT
    days = by_days(one, other, alike=alike and not _one_deed(one, other), known=known)
    if days is None or (actors := _by_actors(one, other, alike=alike)) is None:
        return RULED_OUT
    bonus = (knowledge().copies.bonus if copies else 0) + (knowledge().people.same if known else 0)
    return max(words + bonus + kind + days + place + actors + _by_toll(one.killed, other.killed), 0)


def are_copies(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True for two texts of which most is the same, as MinHash estimates it.

    Two that share none of the first numbers are two: of texts that are half the same one pair in 16 million would.
    """
    if not one or len(one) != len(other) or not any(map(eq, one[:_FIRST], other)):
        return False
    same: int = sum(map(eq, one, other))
    return same >= knowledge().copies.share * len(one)


def _shared(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of the two; summed in one order, so that it is the same both ways."""
    common = one.keys() & other.keys()
    return sum([one[word] * other[word] for word in (sorted(common) if len(common) > 2 else common)])


def _by_kind(one: Signature, other: Signature, *, alike: bool) -> int | None:
    minus = mixing(one.kind, other.kind)
    if minus is None:
        if alike:
            return None
        minus = knowledge().unlike
    differ = one.means is not None and other.means is not None and one.means != other.means
    return -minus - (knowledge().means.minus if differ else 0)


def _by_actors(one: Signature, other: Signature, *, alike: bool) -> int | None:
    """Other named doers did another deed; who did it here and suffered it there makes it the answer to it."""
    actors = knowledge().actors
    if one.doers & other.doers:
        return actors.same_doer
    if one.doers and other.doers:
        return None if alike else -actors.other_doer
    if one.doers & other.sufferers or other.doers & one.sufferers:
        return None if alike else -actors.answer
    return actors.same_other if one.sufferers & other.sufferers else 0


def _one_deed(one: Signature, other: Signature) -> bool:
    """True where a day may be that of an arrest or a claim: of two kinds, or of one number of dead."""
    return one.kind != other.kind or (one.killed == other.killed and (one.killed or 0) > 1)


def _by_toll(one: int | None, other: int | None) -> int:
    tolls = knowledge().tolls
    if not one or not other:
        return 0
    if one == other:
        return tolls.same if one > 1 else tolls.same_one
    low, high = sorted((one, other))
    return -tolls.other if high > tolls.far * low and high - low > tolls.far else 0
