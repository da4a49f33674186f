"""Whether two tellings may be of one day, and which of their days is the surer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events.when import shifted

if TYPE_CHECKING:
    from services.extractor.coding.events.when import When

# A deed is told for some days: "officials said on Tuesday", and "the hospital said on Friday".
_TOLD_FOR = 3


def days_meet(one: When, other: When) -> bool:
    """True where the days may be one: those that were reckoned, or are of the telling, may be off."""
    loose = sum(when.derived and not when.counted for when in (one, other))
    slack = _TOLD_FOR if loose > 1 else loose
    return one.start <= shifted(other.end, slack) and other.start <= shifted(one.end, slack)


def firmer(one: When, other: When) -> bool:
    """Told outright where the other was reckoned, within the other's span, or the earlier of two days of telling."""
    if one.derived != other.derived:
        return other.derived
    if one.derived:
        return one.end < other.start
    return other.start <= one.start == one.end <= other.end and other.start < other.end
