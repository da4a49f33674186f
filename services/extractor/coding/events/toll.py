"""From the tolls that an event's sentences tell to one number each of killed, injured and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.event import Toll, TollGroup
from schemas.words import TOLL_KINDS
from services.extractor.coding.tolls.lexicon import toll_words

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.view import View
    from services.extractor.coding.tolls import TollMention

Told = tuple["View", "TollMention"]

# How many sentences further on the dead of the other side, or the whole of a part, may be told.
_NEAR = 2
# How many, where the words say that there is more to tell: "were also killed", "27 children".
_FAR = 7
# The sentences that a headline sums up.
_OPENING = 3
_COUNT = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten"
_MORE = re.compile(rf"\b(?:another|a further|(?:{_COUNT}) (?:more|further|additional))\b", re.IGNORECASE)
_OPPOSED = {"state": ("armed",), "armed": ("state", "other"), "other": ("armed",), "anyone": ("armed",)}
_FEWER = ("correct", "revis", "lower", "reduc", "cut", "fall", "fell", "drop", "adjust")


@dataclass(frozen=True, slots=True)
class Choice:
    """The mentions whose numbers, added, are the toll, and the name of the rule that chose them."""

    told: tuple[Told, ...]
    rule: str


def tolls(draft: Draft) -> dict[str, tuple[Toll, tuple[Told, ...]]]:
    """By kind of harm: the toll, and the mentions that show it."""
    found = {}
    for kind in TOLL_KINDS:
        told = [(view, toll) for view, toll in draft.tolls if toll.kind == kind and not toll.past]
        told = [pair for pair in told if not pair[1].superseded] or told
        if told:
            choice = choose(told)
            found[kind] = (_toll(choice, [toll for _, toll in told]), choice.told)
    return found


def choose(told: list[Told]) -> Choice:
    """The toll among all that are told of one event and one kind of harm.

    News leads with its toll, so the first firm number stands, unless a later one corrects it, is the whole that it is
    a part of, or tells the dead of the other side, who are added.
    """
    firm = sorted(
        (pair for pair in told if (pair[1].number or (pair[1].best or 0) > 1) and not pair[1].vague),
        key=lambda pair: (pair[0].sentence.index, pair[1].start),
    )
    victims = [pair for pair in firm if not pair[1].attackers]
    if not victims:
        return Choice((max(told, key=lambda pair: (not pair[1].attackers, _value(pair[1]))),), "the most that is told")
    first = victims[0]
    choice = _corrected(first, firm) or _sum_told(first, victims) or _whole(first, victims) or _text(first, victims)
    choice = choice or Choice((first,), "the first number")
    base = _best_shown(choice.told[0], victims)
    return _both_sides(base, told) or Choice((base,), choice.rule)


def _value(toll: TollMention) -> int:
    for number in (toll.best, toll.low, toll.high):
        if number is not None:
            return number
    return 0


def _corrected(first: Told, firm: list[Told]) -> Choice | None:
    """The last number that is told in place of another; a lower one only where it says so."""
    later = [pair for pair in firm if pair[1].corrected and not pair[0].sentence.headline]
    if not later:
        return None
    last = later[-1]
    lower = any(word in last[1].text.lower() for word in _FEWER)
    return Choice((last,), "corrected") if lower or _value(last[1]) > _value(first[1]) else None


def _sum_told(first: Told, victims: list[Told]) -> Choice | None:
    """A higher sum that is told later, and as a sum: "bringing the toll to 13"."""
    sums = [pair for pair in victims if pair[1].total and _value(pair[1]) > _value(first[1])]
    return Choice((sums[0],), "a sum told as such") if sums else None


def _whole(first: Told, victims: list[Told]) -> Choice | None:
    """The whole of which the first number is a part: "27 children"; then "80 people", "80, 27 of them children"."""
    part = first[1]
    # only what the story opens with is sure to count all
    opens = first[0].sentence.index <= _OPENING
    for pair in victims:
        whole = pair[1]
        if _value(whole) <= _value(part):
            continue
        named = any(count == _value(part) and _same(who, part.who) for who, count in whole.parts)
        reach = _FAR if toll_words().some_of_all & set((part.who or "").lower().split()) else _NEAR
        near = pair[0].sentence.index - first[0].sentence.index <= reach + (first[0].sentence.headline)
        people = (
            near
            and (part.side == "other" or not opens)
            and whole.side == "anyone"
            and not (whole.parts and opens)
            and not _added(pair)
        )
        if named or people:
            return Choice((pair,), "the whole of a part")
    return None


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.lower().split()[-1:] == other.lower().split()[-1:]


def _text(first: Told, victims: list[Told]) -> Choice | None:
    """The text's own number, where the headline's stands nowhere in it: headlines round, leave out and add up."""
    if not first[0].sentence.headline:
        return None
    text = [pair for pair in victims if not pair[0].sentence.headline]
    if not text or text[0][0].sentence.index > _OPENING or any(_value(pair[1]) == _value(first[1]) for pair in text):
        return None
    alike = text[0][1].side in (first[1].side, "anyone")
    return (
        Choice((text[0],), "the text's, not the headline's") if alike or _value(text[0][1]) > _value(first[1]) else None
    )


def _best_shown(chosen: Told, victims: list[Told]) -> Told:
    """Of the mentions of one number the one in the text that tells the most parts."""
    same = [pair for pair in victims if _value(pair[1]) == _value(chosen[1])]
    return max(
        same or [chosen],
        key=lambda pair: (not pair[0].sentence.headline, pair[1].best is not None, len(pair[1].parts)),
    )


def _both_sides(base: Told, told: list[Told]) -> Choice | None:
    """The dead of both sides, of attackers, and those who "were also killed", added where no sum tells them all."""
    if base[1].total or base[1].parts or base[0].sentence.headline:
        return None
    chosen, parted = [base], False
    for pair in sorted(told, key=lambda p: (p[0].sentence.index, p[1].start)):
        view, toll = pair
        further = view.sentence.index - base[0].sentence.index
        near = 0 < further <= (_FAR if _added(pair) else _NEAR) or (further == 0 and toll.start >= base[1].end)
        repeated = further > 0 and _value(toll) == _value(base[1])
        if not near or repeated or toll.total or (toll.vague and toll.number) or toll.best is None:
            continue
        sides = {p[1].side for p in chosen}
        also = base[1].side != "anyone" and _added(pair) and toll.who != base[1].who
        if _opposed(base, toll, sides) or also or (_more(pair) and not parted):
            chosen.append(pair)
        # "another five" after the dead of a second town are those of a third
        parted = parted or pair not in chosen
    if len(chosen) == 1:
        return None
    total = sum(_value(toll) for _, toll in chosen)
    whole = [p for p in told if _sums_up(p, base, total) and p not in chosen]
    if whole:
        return Choice((whole[0],), "a sum of both sides")
    return Choice(tuple(chosen), "both sides added")


def _sums_up(pair: Told, base: Told, total: int) -> bool:
    """A number of people near the first one that is their sum, or a little more."""
    near = abs(pair[0].sentence.index - base[0].sentence.index) <= _NEAR + 1 or pair[0].sentence.headline
    return near and pair[1].number and pair[1].side == "anyone" and total <= _value(pair[1]) < 2 * total


def _opposed(base: Told, toll: TollMention, sides: Iterable[str]) -> bool:
    if toll.text[:3].lower() == "los" != base[1].text[:3].lower():
        return True  # "killing ten and losing two soldiers"
    if toll.side in sides or toll.side not in _OPPOSED[base[1].side]:
        return False
    # "21 people died" may count the attackers; "they killed 21 people" does not
    return base[1].side != "anyone" or base[1].text[:4].lower() in ("kill", "murd", "mass", "slau", "beha", "exec")


def _added(pair: Told) -> bool:
    """Told as more than what was told before: "another three", "were also killed"."""
    view, toll = pair
    text = view.sentence.text[max(toll.start - 10, 0) : toll.end].lower()
    return any(word in text.split() for word in ("also", "another"))


def _more(pair: Told) -> bool:
    """Told as more than those before: "four more bodies", "another three"."""
    toll = pair[1]
    return toll.number and _MORE.search(pair[0].sentence.text, max(toll.start - 10, 0), toll.end) is not None


def _toll(choice: Choice, told: list[TollMention]) -> Toll:
    if len(choice.told) > 1:
        return _added_up(choice.told)
    chosen = choice.told[0][1]
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


def _added_up(told: tuple[Told, ...]) -> Toll:
    tolls = [toll for _, toll in told]
    return Toll(
        low=_sum([toll.low for toll in tolls]),
        best=_sum([toll.best for toll in tolls]),
        high=_sum([toll.high for toll in tolls]),
        text=tolls[0].text,
        groups=[TollGroup(who=toll.who.lower(), count=toll.best) for toll in tolls if toll.who],
    )


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
