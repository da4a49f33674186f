"""From the tolls that an event's sentences tell to one number each of killed, injured and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.event import Toll, TollGroup
from schemas.words import TOLL_KINDS

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.view import View
    from services.extractor.coding.tolls.phrases import TollMention

Told = tuple["View", "TollMention"]


def tolls(draft: Draft) -> dict[str, tuple[Toll, Told]]:
    """By kind of harm: the toll, and the mention that shows it."""
    found = {}
    for kind in TOLL_KINDS:
        told = [(view, toll) for view, toll in draft.tolls if toll.kind == kind and not toll.past]
        if told:
            chosen = max(told, key=lambda pair: _weight(pair[1]))
            found[kind] = (_toll(chosen[1], [toll for _, toll in told]), chosen)
    return found


def _value(toll: TollMention) -> int:
    for number in (toll.best, toll.low, toll.high):
        if number is not None:
            return number
    return 0


def _weight(toll: TollMention) -> tuple[int, int]:
    """The highest number stands: later ones rise, parts are smaller than their total. Of equals, the one that tells who."""
    return _value(toll), len(toll.parts)


def _toll(chosen: TollMention, told: list[TollMention]) -> Toll:
    same = [t for t in told if _value(t) == _value(chosen)]
    # one report that says "at least" opens the number for all
    high = None if any(t.high is None for t in same) else chosen.high
    groups = {who.lower(): count for t in same for who, count in t.parts}
    return Toll(
        low=chosen.low,
        best=chosen.best,
        high=high,
        text=chosen.text,
        groups=[TollGroup(who=who, count=count) for who, count in groups.items()],
    )
