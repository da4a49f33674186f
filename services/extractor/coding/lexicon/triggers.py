"""Trigger classes and their words, from the data files beside this one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

from schemas.taxonomies import acled, cameo, plover
from services.extractor.coding.lexicon.inflect import Inflection

_HERE = files("services.extractor.coding.lexicon")
VIOLENCE, DIPLOMACY = "violence", "diplomacy"

Frame = Literal["attack", "harm", "clash", "crowd", "deed", "blast", "talk", "yield"]
TurnName = Literal["agree", "intend", "reject", "request", "threaten", "accuse"]


class Pairs(BaseModel):
    """Each of the verbs with each of the objects within a few words after it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verbs: list[str]
    objects: list[str]


class TriggerClass(BaseModel):
    """One class of events and the words that tell of it; the data files' heads say what each field means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    domain: Literal["violence", "diplomacy"]
    sub_event_type: str | None = None
    plover: str
    mode: str | None = None
    cameo: str
    frame: Frame
    weak: bool = False
    verbs: list[str] = []
    nouns: list[str] = []
    adjectives: list[str] = []
    pairs: list[Pairs] = []
    turn: TurnName | None = None

    @model_validator(mode="after")
    def _known_words(self) -> TriggerClass:
        if self.sub_event_type is not None and self.sub_event_type not in acled.sub_events():
            raise ValueError(f"{self.name}: no ACLED sub-event type {self.sub_event_type!r}")
        if self.cameo not in cameo.codes():
            raise ValueError(f"{self.name}: no CAMEO code {self.cameo!r}")
        if self.mode is not None and self.mode not in plover.events()[self.plover].modes:
            raise ValueError(f"{self.name}: {self.plover} has no mode {self.mode!r}")
        return self


def _read(name: str) -> dict[str, dict[str, object]]:
    data: dict[str, dict[str, object]] = yaml.safe_load(_HERE.joinpath(name).read_text(encoding="utf-8"))
    return data


@cache
def inflection() -> Inflection:
    """The exceptions to English inflection."""
    return Inflection.model_validate(_read("inflection.yaml"))


@cache
def traps() -> list[str]:
    """Phrases that hold a trigger and tell of no event."""
    text = _HERE.joinpath("traps.yaml").read_text(encoding="utf-8")
    return TypeAdapter(list[str]).validate_python(yaml.safe_load(text), strict=True)


@cache
def classes() -> dict[str, TriggerClass]:
    """All trigger classes by name, of violence first."""
    found: dict[str, TriggerClass] = {}
    for domain in (VIOLENCE, DIPLOMACY):
        for name, fields in _read(f"{domain}.yaml").items():
            found[name] = TriggerClass.model_validate({"name": name, "domain": domain, **fields})
    return found
