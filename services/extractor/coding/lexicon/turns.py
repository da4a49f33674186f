"""What an act makes of the deed that it is about: an offer to help is an agreement, a refusal to help a rejection."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from services.extractor.coding.lexicon.triggers import TriggerClass

PLOVER = {
    "agree": "AGREE",
    "intend": "AGREE",
    "reject": "REJECT",
    "request": "REQUEST",
    "threaten": "THREATEN",
    "accuse": "ACCUSE",
}
"""The PLOVER event that each turn makes."""


class Turned(BaseModel):
    """CAMEO's code and PLOVER's mode of an act about one kind of deed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cameo: str
    mode: str | None = None


@cache
def turns() -> dict[str, dict[str, Turned]]:
    """By turn, then by the deed's class or PLOVER event."""
    path = files("services.extractor.coding.lexicon").joinpath("turns.yaml")
    return TypeAdapter(dict[str, dict[str, Turned]]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


def turned(turn: str, deed: TriggerClass) -> Turned | None:
    """What the act is in CAMEO's terms; null where the turn says nothing of such a deed."""
    rows = turns()[turn]
    return rows.get(deed.name) or rows.get(deed.plover)
