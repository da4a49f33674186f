"""Deaths and explosions that nobody meant: what nature, beasts, machines and traffic do."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from services.extractor.coding.events.kinds import ARMED
from services.extractor.coding.lexicon.matcher import fold
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.topics import CONFLICT, INDUSTRY, topic_counter

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft

# Weapons that crash and blow up like other machines.
_CRAFT = frozenset(("air strike", "vehicle", "tank"))
_ACCIDENTS = frozenset(("killing", "death", "injury", "strike", "weapon_impact", "unspecified", "destruction"))
_BLASTS = frozenset(("explosion", "bomb_run"))
# A force of nature drives people from their homes, and a regime may fall to it; nobody did it.
_BY_NATURE = (
    _ACCIDENTS
    | _BLASTS
    | {
        "ambush",
        "attack",
        "beating",
        "displacement",
        "upheaval",
        "shelling",
        "looting",
        "takeover",
        "recapture",
        "arrest",
        "abduction",
        "ied",
    }
)


def is_accident(draft: Draft) -> bool:
    """True for "the storm killed nine", "a lorry hit a bus queue", "an explosion at the refinery"."""
    if any(w.own and w.name not in _CRAFT for _, w in draft.weapons) or draft.claimants:
        return False
    if draft.doers & things()["weapon"]:
        return False  # "an old mine exploded"
    nature, vehicles = things()["nature"], things()["vehicle"]
    fought = any(p.kind in ARMED for p in draft.agents)  # the "Karen Tigers"
    if draft.doers and draft.doers <= nature and draft.names <= _BY_NATURE and not fought:
        return True
    if draft.doers and draft.doers <= nature | vehicles and draft.names <= _ACCIDENTS - {"destruction"}:
        return True
    return draft.names <= _ACCIDENTS | _BLASTS and not _meant(draft) and _told_as_one(draft)


_INQUIRERS = frozenset(
    ("investigator", "investigators", "inspector", "inspectors", "experts", "authorities", "officials", "regulators")
)


def _meant(draft: Draft) -> bool:
    """True for what an armed group did by its name, or "militants blew up a pipeline"; not for who looks into it."""
    blown = any(m.verbal and m.cls.name == "bomb_run" for m in draft.mentions)
    armed = (p for p in draft.agents if p.kind in ARMED and (blown or p.category != "generic"))
    return any(p.mention.lower().rpartition(" ")[2] not in _INQUIRERS for p in armed)


_CAUSE = re.compile(
    r"\b(?:caused by|due to|owing to|resulted from|result of|triggered by|attributed to|sparked by|came from|"
    r"was an accident|was accidental|accidental|originated (?:in|from))\b"
)
_TOLD = frozenset(("the", "this", "that"))


def explains(draft: Draft) -> bool:
    """True for "the blast was caused by a gas leak": what was told before as a blast alone was an accident."""
    if not draft.names & _BLASTS or not is_accident(draft):
        return False
    known = any(c.lower_ in _TOLD for m in draft.mentions if not m.verbal for c in m.token.children)
    return known and any(_CAUSE.search(m.view.sentence.text.lower()) for m in draft.mentions)


def may_be_accident(draft: Draft) -> bool:
    """True for a blast that no weapon, no claim and no armed group by a name makes a deed."""
    if not draft.names & _BLASTS or draft.names - _ACCIDENTS - _BLASTS or draft.claimants:
        return False
    return not _meant(draft) and not any(w.own and w.name not in _CRAFT for _, w in draft.weapons)


_UNMEANT = frozenset(("accidentally", "accidental", "unintentionally", "unintentional", "inadvertently"))


def unmeant(draft: Draft) -> bool:
    """True for "accidentally shot by his cousin": no political deed, unless forces or armed groups did it."""
    if not draft.names <= _ACCIDENTS | {"shooting"} or any(p.kind in ARMED for p in draft.agents):
        return False
    if any(c.lower_ in _UNMEANT for m in draft.mentions for c in m.token.children):
        return True
    return any(_MISHAP.search(text) for text in sorted({m.view.sentence.text.lower() for m in draft.mentions}))


_MISHAP = re.compile(
    r"\b(?:(?:shot|killed|wounded|injured|hit)(?: \w+){0,5} by (?:mistake|accident)|"
    r"what (?:police|officials|the \w+) (?:called|described as|said was) an? (?:\w+ )?accident|"
    r"(?:his|her|its|their) own (?:\w+ )?(?:rifle|gun|pistol|weapon|revolver|grenade) "
    r"(?:went off|misfired|discharged|exploded)|"
    r"misfir(?:ed|ing)|friendly fire in training)\b"
)


# One word that is hardly said of anything but an accident.
_OUTRIGHT = 3


def _told_as_one(draft: Draft) -> bool:
    texts = sorted({m.view.sentence.text for m in draft.mentions})
    counts: Counter[str] = sum((topic_counter().count(fold(text)) for text in texts), Counter())
    if draft.names & _BLASTS and not counts[CONFLICT] and (counts["disaster"] or counts[INDUSTRY]):
        return True  # an explosion is an accident as often as not
    return counts["disaster"] >= _OUTRIGHT and counts["disaster"] > counts[CONFLICT]
