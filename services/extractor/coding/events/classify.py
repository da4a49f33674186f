"""Which of ACLED's sub-event types a draft is, by its codebook's decision rules, and its PLOVER and CAMEO codes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from schemas.event import Cameo, Plover
from schemas.taxonomies import acled, cameo
from services.extractor.coding.events.draft import Draft

if TYPE_CHECKING:
    from services.extractor.coding.events.who import Party

STATE = "State forces"
ARMED = frozenset((STATE, "Rebel group", "Political militia", "Identity militia", "External/Other forces"))
NON_STATE = ARMED - {STATE}
_CROWD = frozenset(("Protesters", "Rioters"))
_HARM = frozenset(("killing", "death", "injury", "shooting", "beating", "execution"))
_PLAIN = frozenset(
    ("attack", "shooting", "killing", "stabbing", "ramming", "beating", "death", "injury", "ambush", "strike")
)


class Code(BaseModel):
    """One row of codes.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plover: str
    mode: str | None
    cameo: str


@cache
def codes() -> dict[str, Code]:
    """PLOVER and CAMEO by ACLED sub-event type."""
    path = files("services.extractor.coding.events").joinpath("codes.yaml")
    return TypeAdapter(dict[str, Code]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


def sub_event_type(draft: Draft, topic: str) -> str | None:
    """ACLED's sub-event type of a draft of violence; null for what ACLED does not record."""
    for rule in (_weapons_taken, _crowd, _territory, _captivity, _remote, _fixed):
        if (found := rule(draft)) is not None:
            return found
    return _plain(draft, topic)


def _strong(draft: Draft) -> set[str]:
    return {m.cls.name for m in draft.mentions if not m.attributive and not m.cls.weak}


def _weapons_taken(draft: Draft) -> str | None:
    """An interception, a defusal, a find: unless it came of a fight or a blast."""
    if "weapons_seizure" not in draft.names:
        return None
    others = _strong(draft) - {"weapons_seizure", "arrest", "ied", "grenade", "bomb_run"}
    return None if others else "Disrupted weapons use"


def _crowd(draft: Draft) -> str | None:
    names = _strong(draft)
    if "mob" in names and not names & {"protest"}:
        return "Mob violence"
    if not names & {"protest", "riot"}:
        return "Protest with intervention" if "dispersal" in names else None
    crowd_hurt = any(p.kind in _CROWD for p in draft.patients)
    by_state = any(p.kind == STATE for p in draft.agents)
    if "riot" in names:
        return "Violent demonstration"
    if names & _HARM and (crowd_hurt or by_state):
        return "Excessive force against protesters"
    return "Protest with intervention" if names & {"dispersal", "arrest"} else "Peaceful protest"


def _territory(draft: Draft) -> str | None:
    names = _strong(draft)
    if "recapture" in names:
        return "Government regains territory"
    if "takeover" in names and not names & {"abduction", "arrest"}:
        taken_by = {p.kind for p in draft.agents}
        if STATE in taken_by:
            return "Government regains territory"
        return "Non-state actor overtakes territory" if taken_by & NON_STATE else None
    return None


def _captivity(draft: Draft) -> str | None:
    """Abducted and then killed is an attack; an arrest by others than the state is an abduction."""
    names = _strong(draft)
    if "sexual" in names:
        return "Sexual violence"
    if "abduction" in names:
        killed = names & {"killing", "execution", "shooting"} or any(
            t.kind == "killed" and not t.past for _, t in draft.tolls
        )
        return "Attack" if killed else "Abduction/forced disappearance"
    if "arrest" in names and not names & {"killing", "clash", "attack", "bomb_run", "shooting"}:
        return "Abduction/forced disappearance" if {p.kind for p in draft.agents} & NON_STATE else "Arrests"
    return None


def _remote(draft: Draft) -> str | None:
    """Explosions and remote violence; inside a battle they are part of the battle."""
    names = _strong(draft)
    if "chemical" in names:
        return "Chemical weapon"
    if "suicide" in names or any(w.name == "suicide vest" for _, w in draft.weapons):
        return "Suicide bomb"
    if "clash" in names and draft.mentions[0].cls.name == "clash":
        return "Armed clash"
    typed = [m.cls.sub_event_type for m in draft.mentions if not m.cls.weak and m.cls.sub_event_type in _REMOTE]
    if typed:
        return min(typed, key=acled.precedence)
    hints = [w.hint for _, w in draft.weapons if w.hint is not None]
    if names & {"bomb_run"}:
        by_air = any(p.kind == STATE for p in draft.agents) and any(
            m.verbal for m in draft.mentions if m.cls.name == "bomb_run"
        )
        return next((h for h in hints), "Air/drone strike" if by_air else "Remote explosive/landmine/IED")
    if names & {"strike", "attack", "killing"} or "strike" in draft.names:
        return min(hints, key=acled.precedence) if hints else _strike(draft)
    return None


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
    """`military strikes` without a weapon named are strikes from the air, as news uses the word."""
    noun = any(m.cls.name == "strike" and not m.verbal for m in draft.mentions)
    by_state = any(p.kind == STATE or p.category == "country" for p in draft.agents)
    return "Air/drone strike" if noun and by_state else None


def _fixed(draft: Draft) -> str | None:
    """What its trigger alone decides."""
    for mention in draft.mentions:
        if mention.cls.name in (
            "clash",
            "execution",
            "torture",
            "ceasefire",
            "group_change",
            "base",
            "handover",
            "upheaval",
        ):
            return mention.cls.sub_event_type
    if "looting" in _strong(draft) and not _strong(draft) & _PLAIN:
        return "Looting/property destruction"
    return None


def _plain(draft: Draft, topic: str) -> str | None:
    """Attacks that only say who met whom: a clash between armed sides, an attack on others, or ordinary crime."""
    if not draft.names & _PLAIN:
        return None
    agents = {p.kind for p in draft.agents + draft.both if p.kind}
    targets = {p.kind for p in draft.patients if p.kind}
    if agents & ARMED and targets & ARMED:
        return "Armed clash"
    if agents & ARMED or (topic == "conflict" and (targets or agents or draft.tolls)):
        if targets & ARMED and not targets & {"Civilians"}:
            return "Armed clash"
        if targets & _CROWD and agents & {STATE}:
            return "Excessive force against protesters"
        return "Attack"
    return None


def plover_and_cameo(draft: Draft, sub_event: str | None) -> tuple[Plover, Cameo]:
    """The codes of the class that decided, else those that its ACLED type reads as."""
    own = next((m.cls for m in draft.mentions if m.cls.sub_event_type == sub_event and not m.attributive), None)
    if own is not None:
        event, mode, code = own.plover, own.mode, own.cameo
    elif sub_event is not None:
        known = codes()[sub_event]
        event, mode, code = known.plover, known.mode, known.cameo
    else:
        cls = next((m.cls for m in draft.mentions if not m.cls.weak), draft.mentions[0].cls)
        event, mode, code = cls.plover, cls.mode, cls.cameo
    row = cameo.codes()[code]
    return Plover(event=event, mode=mode), Cameo(
        code=code, root=row.root, quad_class=row.quad_class, goldstein=row.goldstein
    )


def kinds(parties: list[Party]) -> set[str]:
    """The kinds of actors among the parties."""
    return {p.kind for p in parties if p.kind is not None}
