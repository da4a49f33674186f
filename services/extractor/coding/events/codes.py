"""What an event is in PLOVER's and CAMEO's terms: by its trigger's class, its ACLED type and its modality."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from schemas.event import Cameo, Plover
from schemas.taxonomies import cameo
from services.extractor.coding.events.kinds import STATE
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.lexicon.turns import PLOVER as TURN_EVENTS
from services.extractor.coding.lexicon.turns import turned

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention


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


def plover_and_cameo(draft: Draft, sub_event: str | None) -> tuple[Plover, Cameo]:
    """The codes of the class that decided, else those that its ACLED type reads as."""
    event, mode, code = _codes(draft, sub_event)
    turn = _turn(draft, event)
    deed = next((m.cls for m in draft.mentions if not m.attributive), draft.mentions[0].cls)
    if turn is not None and (act := turned(turn, deed)) is not None:
        event, mode, code = TURN_EVENTS[turn], act.mode, act.cameo
    row = cameo.codes()[code]
    return Plover(event=event, mode=mode), Cameo(
        code=code, root=row.root, quad_class=row.quad_class, goldstein=row.goldstein
    )


def _turn(draft: Draft, event: str) -> str | None:
    """What a deed that was only announced, refused or threatened is: an act of words."""
    if draft.modality == "threatened":
        return "threaten" if event != "THREATEN" else None
    if draft.domain == "diplomacy" or draft.cue is None:
        return None
    if draft.modality == "planned" and (
        draft.cue[1].lower_ in _ANNOUNCES or cues()["intending"].has_verb(draft.cue[1])
    ):
        return {"PROTEST": "threaten", "COERCE": "threaten", "RETREAT": "intend"}.get(event)
    return None


_ANNOUNCES = frozenset(("will", "shall", "'ll"))


def _codes(draft: Draft, sub_event: str | None) -> tuple[str, str | None, str]:
    if draft.domain == "diplomacy":
        event, mode, code = _act(next((m for m in draft.mentions if not m.attributive), draft.mentions[0]))
        return (event, "police", "153") if mode == "troops" and _of_police(draft) else (event, mode, code)
    agreed = next((m.governed for m in draft.mentions if m.governed is not None and _agreed_to(m)), None)
    if agreed is not None and (found := turned("agree", agreed)) is not None:
        return "AGREE", found.mode, found.cameo
    if sub_event == "Protest with intervention" and _by_officers(draft):
        arrested = "arrest" in draft.names
        return ("COERCE", "arrest", "173") if arrested else ("COERCE", "restrict", "175")
    own = next((m.cls for m in draft.mentions if m.cls.sub_event_type == sub_event and not m.attributive), None)
    if own is None and sub_event is not None:
        known = codes()[sub_event]
        return known.plover, known.mode, known.cameo
    if own is not None and own.name == "group_change" and any(_on_the_move(m) for m in draft.mentions):
        return own.plover, "troops", own.cameo
    cls = own or next((m.cls for m in draft.mentions if not m.cls.weak), draft.mentions[0].cls)
    return (
        (cls.plover, "police", "153")
        if cls.name == "patrol" and _of_police(draft)
        else (cls.plover, cls.mode, cls.cameo)
    )


def _of_police(draft: Draft) -> bool:
    return any(p.name.startswith("Police Forces") for p in draft.agents)


_TROOPS = frozenset(
    ("troops", "troop", "soldiers", "forces", "reinforcements", "tanks", "military", "redeployed", "redeployment")
)


def _on_the_move(mention: Mention) -> bool:
    """`deployed troops` where its class is that of groups that form and merge."""
    return bool(_TROOPS & set(mention.text.lower().split()))


def _agreed_to(mention: Mention) -> bool:
    """`agreed to a ceasefire`: the word is given, the guns may still fire."""
    return any(act.text.lower().endswith(" to") for act in mention.absorbed)


def _by_officers(draft: Draft) -> bool:
    """True where all who act are the state's: what they do to a protest is no protest."""
    return bool(draft.agents) and all(p.kind == STATE for p in draft.agents)


def _act(mention: Mention) -> tuple[str, str | None, str]:
    """What a mention of diplomacy is: by the deed that it is about, if it is about one."""
    cls = mention.cls
    if cls.turn is not None and mention.governed is not None:
        found = turned(cls.turn, mention.governed)
        if found is not None:
            return cls.plover, found.mode, found.cameo
    return cls.plover, cls.mode, cls.cameo
