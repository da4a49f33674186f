"""What the days that two reports tell of say about whether they are of one incident."""

from __future__ import annotations

from services.sink.merging.knowledge import knowledge
from services.sink.merging.signature import Signature

_NOTHING_LEFT = 10_000
"""More than anything can add: the days leave nothing of a likeness, yet do not forbid what others join."""


def by_days(one: Signature, other: Signature, *, alike: bool, known: bool = False) -> int | None:
    """What the days add to a likeness, None where they rule it out.

    `alike` is for texts of like wording, `known` for two that tell of one person.
    A report that comes long after the day joins no more, whatever else is like it. Of two days only firm ones
    contradict each other: a day that is that of reporting may have been taken for the event's. Texts of like wording
    were read alike, so that days by which they differ are other days. What befell a person or was done by one may be
    told again a year later, under the day of the verdict.
    """
    days = knowledge().days
    if one.timeless or other.timeless:
        return -days.undated
    early, late = (one, other) if one.first <= other.first else (other, one)
    if max(one.seen, other.seen) > max(one.last, other.last) + days.open or (alike and _other_days(early, late)):
        return None
    gap = max(late.first - early.last, 0)
    if known:
        return None if gap > days.open else -min(days.each * gap, knowledge().people.follow_up)
    if gap > days.most_firm and early.firm and late.firm:
        return None
    minus = 0 if one.dated and other.dated else days.undated
    return -minus - _for_gap(early, late, gap)


def _for_gap(early: Signature, late: Signature, gap: int) -> int:
    """What is taken off for days between two reports' days."""
    days = knowledge().days
    if not gap:
        return 0
    firm = early.firm and late.firm and not _one_night(early, late)
    most, minus = (
        (days.most_firm, days.firm_apart + days.each * (gap - 1))
        if firm
        else (days.most_told, days.told_apart + days.each * (gap - 1))
        if late.told
        else (days.most, min(days.each * (gap - 1), days.follow_up))
    )
    return minus if gap <= most else _NOTHING_LEFT


def _other_days(early: Signature, late: Signature) -> bool:
    """True for two days, or nights of two dates, that both texts tell and that differ."""
    differ = early.first != late.first and early.last != late.last
    told = early.spoken and late.spoken and ((early.firm and late.firm) or early.since == late.since)
    return differ and told and not _one_night(early, late)


def _one_night(early: Signature, late: Signature) -> bool:
    """True for the evening of a day and the next day, unless that is late as well."""
    return late.first - early.last <= 1 and "late" in early.parts and "late" not in late.parts
