"""ACLED's rules for crowds: protests, riots, what is done to them, and mobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events.kinds import (
    ARMED,
    BY_REMOTE,
    CROWD,
    NON_STATE,
    PRONOUNS,
    STATE,
    burnt,
    demonstrates,
    doing,
    each_other,
    somebody_hurt,
    strong,
)
from services.extractor.coding.lexicon.things import things

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.party import Party

# What a mob does to people; what else is told (a bomb, an air raid) is no mob's.
_AGAINST_PERSONS = frozenset(("killing", "beating", "brawl", "stabbing", "attack", "riot", "looting"))
_BY_HAND = _AGAINST_PERSONS | {"clash", "torture", "abduction"}
# What "groups" of whatever people are taken for.
_UNKNOWN = "Unidentified Armed Group"


def mob(draft: Draft) -> str | None:
    """Unarmed people who set upon somebody, or upon each other, where nobody demonstrates."""
    names = strong(draft)
    people = draft.agents + draft.both
    if names & {"protest", "dispersal"} or any(p.kind == "Protesters" for p in people + draft.patients):
        return None
    if "mob" in names:
        return "Mob violence"
    mutual = each_other(draft)
    crowd = mutual or bool(draft.doers & things()["crowd"])
    policed = any(p.kind == STATE for p in draft.both + draft.patients)
    if not crowd or names - _BY_HAND or policed or any(_bears_arms(p) for p in people):
        return None
    person = bool(draft.patients) or (any(burnt(m) for m in draft.mentions) and bool(draft.objects & PRONOUNS))
    upon = names & _AGAINST_PERSONS and (person or mutual) and not (names == {"looting"} and draft.things)
    return "Mob violence" if upon or names & {"clash", "brawl"} else None


def _bears_arms(party: Party) -> bool:
    return party.kind in ARMED and (party.name != _UNKNOWN or "armed" in party.mention.lower())


def at_sea(draft: Draft) -> str | None:
    """A coast guard's water cannon, which meets no crowd."""
    if "dispersal" not in draft.names or not draft.objects & things()["vessel"] or _protests(draft):
        return None
    return "Attack" if somebody_hurt(draft) else "Other"


def crowd(draft: Draft) -> str | None:
    """A crowd that riots, one that is met with force, one that is broken up, one that is left in peace."""
    if _riots(draft):
        return "Violent demonstration"
    names = strong(draft)
    met = _protests(draft) or "dispersal" in names
    hurt = any(demonstrates(p) for p in draft.patients)
    if not met and not (hurt and not names & BY_REMOTE):
        return None
    if hurt and _by_others(draft):
        return None if doing(draft) & NON_STATE else "Mob violence"
    if _by_force(draft, hurt=hurt):
        return "Excessive force against protesters"
    if not met:
        return None
    peaceful = "Other" if _closes_a_road(draft) else "Peaceful protest"
    return "Protest with intervention" if names & {"dispersal", "arrest", "beating"} else peaceful


_CLOSES = ("block", "cut", "obstruct", "occup")


def _closes_a_road(draft: Draft) -> bool:
    """True for soldiers or fighters who block a road: no protest, and nobody whom they met."""
    armed = bool(draft.agents) and all(p.kind in ARMED and p.name != _UNKNOWN for p in draft.agents)
    return armed and all(m.cls.name == "protest" and m.text.lower().startswith(_CLOSES) for m in draft.mentions)


_ROUGH = frozenset(("attack", "looting", "clash", "beating", "brawl", "riot"))
_HARM = frozenset(("killing", "death", "injury", "shooting", "beating", "execution"))


def _protests(draft: Draft) -> bool:
    names = strong(draft)
    bare = "protesters" in draft.names and not names - {"dispersal", "arrest", "excessive_force"}
    return "protest" in names or bare


def _riots(draft: Draft) -> bool:
    """True for a crowd that fights, burns or breaks in."""
    names = strong(draft)
    if names & BY_REMOTE and not names & {"protest", "dispersal"}:
        return False
    stormed = any(m.cls.name == "ambush" and m.text.lower().startswith("storm") for m in draft.mentions)
    rough = bool(names & _ROUGH) or stormed or _wrecks(draft)
    if "riot" in names or (rough and any(demonstrates(p) for p in draft.agents + draft.both)):
        return True
    if _hurts_police(draft, names):
        return True
    return "protest" in names and bool(names & {"looting", "clash"}) and not doing(draft) & NON_STATE


def _wrecks(draft: Draft) -> bool:
    """True for what the crowd broke, not for "the road, which was damaged by rain"."""
    return any(m.cls.name == "destruction" and m.token.dep_ not in ("relcl", "acl", "amod") for m in draft.mentions)


def _hurts_police(draft: Draft, names: set[str]) -> bool:
    """True where forces that meet a crowd are hurt or killed themselves."""
    doers = {(p.sentence.index, p.start) for p in draft.agents}
    told = any(p.kind == STATE and (p.sentence.index, p.start) not in doers for p in draft.patients)
    if "arrest" in draft.names and all(p.kind == STATE for p in draft.patients):
        return False  # "Police: 3 arrested; 2 hurt": the police held them
    harmed = told and draft.names & {"injury", "death"}
    return bool(harmed and names & {"protest", "dispersal"}) and not doing(draft) & NON_STATE and somebody_hurt(draft)


def _by_others(draft: Draft) -> bool:
    """True where others than the state fell upon a crowd."""
    kinds = doing(draft)
    return STATE not in kinds and bool(kinds - {None} - CROWD) and bool(strong(draft) & (_HARM | {"attack"}))


def _by_force(draft: Draft, *, hurt: bool) -> bool:
    names, by_state = strong(draft), STATE in doing(draft)
    counted = somebody_hurt(draft) and (hurt or by_state or "dispersal" in names)
    return "excessive_force" in draft.names or counted or (hurt and by_state and bool(names & _HARM))
