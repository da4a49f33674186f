"""ACLED's rules for explosions and remote violence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.taxonomies import acled
from services.extractor.coding.events.kinds import ARMED, BY_REMOTE, NON_STATE, STATE, strong

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.view import View
    from services.extractor.coding.lexicon.weapons import WeaponMention
    from services.extractor.coding.reading.tokens import Token


def remote(draft: Draft) -> str | None:
    """Explosions and remote violence; inside a battle they are part of the battle."""
    names = strong(draft)
    hints = [w.hint for v, w in draft.weapons if w.hint is not None and not _is_object(draft, v, w)]
    if "chemical" in names or "Chemical weapon" in hints:
        return "Chemical weapon"
    if "suicide" in names or "Suicide bomb" in hints or _driven_bomb(draft):
        return "Suicide bomb"
    if draft.mentions[0].cls.name in ("clash", "takeover", "recapture") or _assault_with_blasts(draft, names):
        return None
    if _in_a_fight(draft, names):
        return None
    return _by_trigger(draft, hints) or _by_weapon(draft, hints)


_DRIVEN = re.compile(r"\b(?:rammed|ramming|drove|driven by|driving|driver detonated|ploughed|plowed)\b")


def _driven_bomb(draft: Draft) -> bool:
    """True where somebody drove a car bomb to its target: he dies with it."""
    return any(w.name == "car bomb" and _DRIVEN.search(v.sentence.text) for v, w in draft.weapons)


def _is_object(draft: Draft, view: View, weapon: WeaponMention) -> bool:
    """True where the weapon is what was attacked or found: "shot at a helicopter", "found a pipe bomb"."""
    head = view.head_of(weapon.start, weapon.end)
    if _is_found(draft, view, head):
        return True
    shot_at = head.dep_ == "dobj" and not any(m.start <= weapon.start < m.end for m in draft.mentions)
    return (
        shot_at
        and head.lower_ in draft.objects
        and bool(draft.names & {"attack", "destruction", "shooting", "looting"})
    )


_FINDS = frozenset(("finding", "weapons_seizure", "interception", "destruction"))
_LISTED = frozenset(("conj", "appos", "compound", "nmod", "pobj"))
_OF = frozenset(("of", "including", "with"))


def _is_found(draft: Draft, view: View, noun: Token) -> bool:
    """True where the noun, also in a list, is the object of finding: a bomb that was found did not go off."""
    finds = {m.token.i for m in draft.mentions if m.view is view and m.cls.name in _FINDS}
    while finds and (noun.dep_ in _LISTED or (noun.dep_ == "prep" and noun.lower_ in _OF)):
        noun = noun.head
    return noun.dep_ in ("dobj", "nsubjpass") and noun.head.i in finds


def _assault_with_blasts(draft: Draft, names: set[str]) -> bool:
    """True where fighters attack fighters and blasts are heard: they are part of the battle."""
    if draft.mentions[0].cls.name not in ("attack", "ambush", "killing") or not names & {"attack", "ambush"}:
        return False
    both_armed = {p.kind for p in draft.agents} & NON_STATE and {p.kind for p in draft.patients} & ARMED
    hinted = any(w.own and w.hint is not None for _, w in draft.weapons)
    return bool(both_armed) and not names & BY_REMOTE and not hinted


_THROWN = frozenset(("Grenade", "Remote explosive/landmine/IED", None))


def _in_a_fight(draft: Draft, names: set[str]) -> bool:
    """True where both armed sides shoot, and throw or carry bombs: a battle, whatever word stands first."""
    kinds = {p.kind for p in (*draft.agents, *draft.patients, *draft.both)}
    fought = "clash" in names and STATE in kinds and kinds & NON_STATE
    return bool(fought) and not names & _BOMBINGS and all(w.hint in _THROWN for _, w in draft.weapons)


_BOMBINGS = BY_REMOTE | {"explosion", "bomb_run"}


def _by_trigger(draft: Draft, hints: list[str]) -> str | None:
    """The sub-type that the triggers name; a warplane makes its missile an air strike."""
    typed = [m.cls.sub_event_type for m in draft.mentions if not m.cls.weak and m.cls.sub_event_type in _REMOTE]
    if any(w.name == "petrol bomb" for _, w in draft.weapons):
        typed = [t for t in typed if t != "Grenade"]
    from_air = [h for h in hints if h == "Air/drone strike"]
    return min([*typed, *from_air], key=acled.precedence) if typed else None


def _by_weapon(draft: Draft, hints: list[str]) -> str | None:
    """The sub-type of a bombing, an attack or a strike that only its weapon tells apart."""
    names = strong(draft)
    plain = names & {"bomb_run", "explosion", "attack", "killing", "shooting"} or "strike" in draft.names
    if not plain and not draft.weak:
        return None
    if hints:
        return min(hints, key=acled.precedence)
    bombed = any(m.verbal for m in draft.mentions if m.cls.name == "bomb_run")
    if bombed and any(p.kind == STATE or p.category == "country" for p in draft.agents):
        return "Air/drone strike"
    if draft.doers & _MINES or names & {"bomb_run", "explosion"}:
        return "Remote explosive/landmine/IED"
    return _strike(draft)


# As doers they go off; elsewhere a mine is a pit as often.
_MINES = frozenset(("mine", "mines", "ordnance", "device", "uxo"))
_REMOTE = frozenset(
    (
        "Air/drone strike",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
        "Chemical weapon",
    )
)


def _strike(draft: Draft) -> str | None:
    """`military strikes` without a weapon named are strikes from the air, as news uses the word of those who can."""
    if draft.agents and all(p.kind in _WITHOUT_PLANES for p in draft.agents):
        return None
    noun = any(m.cls.name == "strike" and not m.verbal and m.text.lower().rstrip("s") != "raid" for m in draft.mentions)
    verb = any(m.cls.name == "strike" and m.text.lower() in ("strikes", "struck", "strike") for m in draft.mentions)
    state = any(p.kind == STATE or p.category == "country" for p in draft.agents)
    return "Air/drone strike" if noun or (verb and state) else None


_WITHOUT_PLANES = frozenset(("Rebel group", "Political militia", "Identity militia"))
