"""An event in the making: mentions that are taken for one event, and all that was read off them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from services.extractor.coding.lexicon.triggers import TriggerClass, classes

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.party import Party
    from services.extractor.coding.events.view import View
    from services.extractor.coding.events.when import When
    from services.extractor.coding.events.where import Located
    from services.extractor.coding.lexicon.weapons import WeaponMention
    from services.extractor.coding.reading.tokens import Token
    from services.extractor.coding.tolls import TollMention


@dataclass(slots=True, eq=False)
class Draft:
    """What one or several mentions say of one event; lists are in the order of the article, the title first."""

    mentions: list[Mention]
    modality: str
    cue: tuple[View, Token] | None = None
    agents: list[Party] = field(default_factory=list)
    patients: list[Party] = field(default_factory=list)
    both: list[Party] = field(default_factory=list)
    claimants: list[Party] = field(default_factory=list)
    when: When | None = None
    story: When | None = None
    """The day that the sentences before told of: stands in for a day of its own."""
    background: bool = False
    set_apart: bool = False
    """A length of time lies between it and the main clause of its sentence."""
    places: list[Located] = field(default_factory=list)
    tolls: list[tuple[View, TollMention]] = field(default_factory=list)
    weapons: list[tuple[View, WeaponMention]] = field(default_factory=list)
    things: list[Party] = field(default_factory=list)
    """Property that suffered it."""
    objects: set[str] = field(default_factory=set)
    """Heads of the sufferers' phrases as the text has them, in lower case."""
    doers: set[str] = field(default_factory=set)
    """Heads of the doers' phrases, whether they are actors or not."""

    @property
    def view(self) -> View:
        """The sentence of the first mention."""
        return self.mentions[0].view

    @property
    def domain(self) -> str:
        """`violence` or `diplomacy`."""
        return self.mentions[0].cls.domain

    @property
    def names(self) -> set[str]:
        """Names of the trigger classes."""
        return {m.cls.name for m in self.mentions}

    @property
    def weak(self) -> bool:
        """True where no mention makes an event by itself."""
        return all(m.cls.weak or m.attributive for m in self.mentions)


# Deeds of those who come after an attack: whoever finds, defuses or arrests did not do it, nor suffers it who is held.
LAW = frozenset(("arrest", "weapons_seizure", "interception", "finding"))
_CROWD = frozenset(("protest", "protesters", "riot", "dispersal"))


def comes_after(names: set[str], others: set[str]) -> bool:
    """True where the first only find or hold what comes of the deed of the others; a crowd is held for itself."""
    law = bool(names & LAW) and not names - LAW - {"unspecified", "death", "injury"}
    deed = bool(others - LAW - {"unspecified", "death", "injury"})
    return law and deed and not (names | others) & _CROWD


@cache
def families() -> dict[str, frozenset[str]]:
    """The families of each trigger class. Raises ValueError for a class that there is not."""
    path = files("services.extractor.coding.events").joinpath("families.yaml")
    data: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = {name for members in data.values() for name in members} - set(classes())
    if unknown:
        raise ValueError(f"families.yaml names unknown classes: {sorted(unknown)}")
    return {cls: frozenset(f for f, members in data.items() if cls in members) for cls in classes()}


def related(one: TriggerClass, other: TriggerClass) -> bool:
    """True where the two classes can tell of one event."""
    return one.name == other.name or _akin(one.name, other.name)


@cache
def _akin(one: str, other: str) -> bool:
    return bool(families()[one] & families()[other])
