"""How much speaks for two reports telling of one incident, and what rules it out."""

from __future__ import annotations

import math
from operator import eq

from services.sink.merging.days import by_days
from services.sink.merging.knowledge import knowledge, mixing
from services.sink.merging.places import by_place, two_towns
from services.sink.merging.signature import FIRST, Signature

RULED_OUT = -(10**12)
"""The likeness of two reports that cannot be of one incident, whatever else joins them."""
_ABOUT = ("crowd", "politics")
"""Kinds of incident that may be about what befell a person elsewhere."""


def likeness(one: Signature, other: Signature) -> int:
    """Thousandths: the more, the likelier one incident; `RULED_OUT` where something forbids it. Symmetric.

    What only speaks against leaves no less than nothing: it may have been misread. Where texts are of like wording they
    were read alike, so that kinds, days, places and doers in which they differ are others; unless they tell of one
    person, whose towns alone must not be two.
    """
    if one.status != other.status or one.article == other.article:
        return RULED_OUT
    copies = not one.head.isdisjoint(other.head) and are_copies(one.fingerprint, other.fingerprint)
    # Most pairs that are looked at are of two towns: that is asked first, since it is asked quickest.
    if not copies and two_towns(one.where, other.where):
        return RULED_OUT
    place = by_place(one, other, copies=copies)
    if place is None:
        return RULED_OUT
    wording, words, own = _shared(one, other)
    known = one_person(one, other)
    alike = wording >= knowledge().words.alike and not known and _alike_beyond_places(one, other)
    if (kind := _by_kind(one, other, alike=alike)) is None:
        return RULED_OUT
    days = by_days(one, other, alike=alike and not _one_deed(one, other), known=known)
    if days is None or (actors := _by_actors(one, other, alike=alike)) is None:
        return RULED_OUT
    bonus = (knowledge().copies.bonus if copies else 0) + (knowledge().people.same if known else 0)
    minus = knowledge().strangers.minus if own < knowledge().strangers.own and _tell_apart(one, other) else 0
    return max(words + bonus + kind + days + place + actors + _by_toll(one.killed, other.killed) - minus, 0)


def one_person(one: Signature, other: Signature) -> bool:
    """True where both tell of one person, the one by name and age or as identified, the other at least by full name.

    A protest over a death is not that death, and a state's talks are not the deed that they are about.
    """
    if one.kind in _ABOUT or other.kind in _ABOUT:
        return False
    return not (
        one.people.isdisjoint(other.people)
        and one.people.isdisjoint(other.named)
        and other.people.isdisjoint(one.named)
    )


def are_copies(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """True for two texts of which most is the same, as MinHash estimates it.

    Two that share none of the first numbers are two: of texts that are half the same one pair in 16 million would.
    """
    if not one or len(one) != len(other) or not any(map(eq, one[:FIRST], other)):
        return False
    same: int = sum(map(eq, one, other))
    return same >= knowledge().copies.share * len(one)


def _shared(one: Signature, other: Signature) -> tuple[int, int, int]:
    """The cosine of their words in thousandths; where names of the place weigh no more than they may; without them.

    Summed in one order, so that it is the same both ways.
    """
    mine, theirs = one.terms, other.terms
    common = mine.keys() & theirs.keys()
    weights = {word: mine[word] * theirs[word] for word in (sorted(common) if len(common) > 2 else common)}
    whole = round(1000 * sum(weights.values()))
    placed = round(
        1000 * sum([weight for word, weight in weights.items() if word in one.placed or word in other.placed])
    )
    return whole, whole - max(placed - knowledge().words.place, 0), whole - placed


def _alike_beyond_places(one: Signature, other: Signature) -> bool:
    """True where their words are like ones also without those of the place, which all flashes from one town share."""
    mine, theirs = _unplaced(one, other), _unplaced(other, one)
    common = sum(mine[word] * theirs[word] for word in sorted(mine.keys() & theirs.keys()))
    sizes = [math.sqrt(sum(weight * weight for weight in words.values())) for words in (mine, theirs)]
    return common > 0 and 1000 * common >= knowledge().words.alike_beyond * sizes[0] * sizes[1]


def _unplaced(one: Signature, other: Signature) -> dict[str, float]:
    return {word: weight for word, weight in one.terms.items() if word not in one.placed and word not in other.placed}


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
    if _other_side(one, other):
        return -actors.other_side
    if one.camp and other.camp and one.camp != other.camp:
        return -actors.other_doer
    return actors.same_other if one.sufferers & other.sufferers else 0


def _other_side(one: Signature, other: Signature) -> bool:
    """True where a state's forces did the one violence, and armed men of no state the other."""
    return (
        one.kind == other.kind == "violence"
        and None not in (one.by_state, other.by_state)
        and one.by_state != other.by_state
    )


def _tell_apart(one: Signature, other: Signature) -> bool:
    """True where both tell by what hand it was done, or when on one day, and tell it otherwise."""
    day = one.told and other.told and one.first == other.first
    times = day and bool(one.parts and other.parts) and one.parts.isdisjoint(other.parts)
    return times or (None not in (one.hand, other.hand) and one.hand != other.hand)


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
