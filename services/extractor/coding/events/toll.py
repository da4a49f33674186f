"""From the tolls that an event's sentences tell to one number each of killed, injured and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.event import Toll, TollGroup
from schemas.words import TOLL_KINDS

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.view import View
    from services.extractor.coding.tolls import TollMention

Told = tuple["View", "TollMention"]


def tolls(draft: Draft) -> dict[str, tuple[Toll, Told]]:
    """By kind of harm: the toll, and the mention that shows it."""
    found = {}
    for kind in TOLL_KINDS:
        told = [(view, toll) for view, toll in draft.tolls if toll.kind == kind and not toll.past]
        if told:
            chosen = _chosen(told)
            found[kind] = (_toll(chosen[1], [toll for _, toll in told]), chosen)
    return found


def _value(toll: TollMention) -> int:
    for number in (toll.best, toll.low, toll.high):
        if number is not None:
            return number
    return 0


def _chosen(told: list[Told]) -> Told:
    """The first firm number, as news leads with its toll; a higher sum that is told later, and as a sum, stands."""
    firm = [pair for pair in told if pair[1].number and not pair[1].attackers and not pair[1].vague]
    if not firm:
        return max(told, key=lambda pair: (not pair[1].attackers, _value(pair[1])))
    first = min(firm, key=lambda pair: (pair[0].sentence.index, pair[1].start))
    sums = [pair for pair in firm if pair[1].total and _value(pair[1]) > _value(first[1])]
    chosen = sums[0] if sums else first
    same = [pair for pair in firm if _value(pair[1]) == _value(chosen[1])]
    return max(same, key=lambda pair: (pair[0].sentence.part == "text", len(pair[1].parts)))


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
