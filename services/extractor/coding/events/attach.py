"""Gives the tolls and weapons of a sentence to the drafts in it that they belong to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.kinds import STATE

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.view import View
    from services.extractor.coding.tolls import TollMention

_UNARMED = frozenset(
    (
        *("arrest", "upheaval", "curfew", "martial_law", "displacement", "group_change", "surrender", "capitulation"),
        *("ceasefire", "assent", "pact"),
    )
)
# "chemical weapons facilities": made or kept there, not used.
_STORED = re.compile(
    r"s?\s+(?:facilit|plants?\b|sites?\b|program|arsenal|stockpile|depot|factor|production|inspector|watchdog|convention|expert)",
    re.IGNORECASE,
)
_REACH = 8
_KIND_CLASSES = {
    "abducted": frozenset(("abduction", "takeover")),
    "arrested": frozenset(("arrest",)),
    "displaced": frozenset(("displacement", "upheaval")),
}


def attach(view: View, drafts: list[Draft]) -> None:
    """Each toll and each weapon goes to the nearest draft of violence that can have it."""
    violent = [d for d in drafts if d.domain == "violence"]
    if not violent:
        return
    for toll in view.tolls:
        wanted = _KIND_CLASSES.get(toll.kind)
        if toll.kind == "displaced" and _of_others(view, toll):
            continue
        able = [d for d in violent if d.names & wanted] if wanted else violent
        if not able and toll.kind == "abducted":
            able = [d for d in violent if "arrest" in d.names]
            toll = _as_arrest(toll, able)  # noqa: PLW2901 - the same people, told as held
        if able:
            nearest = min(able, key=lambda d: (_steps(view, d, toll.start, toll.end), d.modality != "actual"))
            nearest.tolls.append((view, toll))
    _sum_of_years(violent)
    for weapon in view.weapons:
        able = [d for d in violent if d.names - _UNARMED]
        if any(m.verbal and (m.start, m.end) == (weapon.start, weapon.end) for d in violent for m in d.mentions):
            continue  # the verb "to shell" is no shell
        if able and weapon.own and not _STORED.match(view.sentence.text, weapon.end):
            nearest = min(able, key=lambda d: (_steps(view, d, weapon.start, weapon.end), d.modality != "actual"))
            if _steps(view, nearest, weapon.start, weapon.end) <= _REACH:
                nearest.weapons.append((view, weapon))


def _sum_of_years(drafts: list[Draft]) -> None:
    """Make history of those whom a war or years have driven out, in place."""
    for draft in drafts:
        past = draft.names == {"displacement"} and draft.modality == "actual" and all(t.past for _, t in draft.tolls)
        if past and draft.tolls:
            view, toll = draft.tolls[0]
            draft.modality, draft.cue = "historical", (view, view.head_of(toll.start, toll.end))


def _as_arrest(toll: TollMention, drafts: list[Draft]) -> TollMention:
    """Those whom a state's forces capture are arrested; whom rebels capture are abducted."""
    kinds = {p.kind for d in drafts for p in d.agents}
    return replace(toll, kind="arrested") if STATE in kinds else toll


def _of_others(view: View, toll: TollMention) -> bool:
    """True for those whom the verb's own subject harmed: "gunmen who shot five farmers fled" displaces nobody."""
    verb = view.token_at(toll.end - 1)
    if toll.who is None or not verb.lower_.startswith("fle"):
        return False
    whole = tree.first_conjunct(verb)
    subjects = tree.children(verb, "nsubj") or tree.children(whole, "nsubj", "nsubjpass")
    named = {t.lower_ for s in subjects for t in (s, *tree.counted(tree.with_conjuncts(s)))}
    return bool(named) and not named & {*_PRONOUNS, *toll.who.lower().split()}


_PRONOUNS = frozenset(("who", "they", "that", "whom"))


def _steps(view: View, draft: Draft, start: int, end: int) -> int:
    """Steps in the tree from the span to the draft's nearest mention; 0 where they overlap."""
    head = view.head_of(start, end)
    own = [m for m in draft.mentions if m.view is view]
    if any(m.start < end and m.end > start for m in own):
        return 0
    return min((tree.distance(m.token, head) for m in own), default=99)
