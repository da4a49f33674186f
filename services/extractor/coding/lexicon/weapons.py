"""Means of violence: finds them in a text and says which type of attack each points to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from pydantic import BaseModel, ConfigDict, TypeAdapter

from services.extractor.coding.lexicon.scan import whole_words
from services.extractor.coding.lexicon.triggers import inflection


class Weapon(BaseModel):
    """One means as weapons.yaml holds it; its head says what the fields mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: list[str]
    hint: str | None = None
    own: bool = True


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A means named at characters `start` to `end`."""

    start: int
    end: int
    name: str
    hint: str | None
    own: bool


class WeaponFinder:
    """All words for weapons, compiled."""

    def __init__(self, weapons: dict[str, Weapon]) -> None:
        self._weapons = weapons
        self._names: dict[str, str] = {}
        for name, weapon in weapons.items():
            for word in weapon.words:
                for form in inflection().noun_forms(word):
                    self._names.setdefault(form.lower(), name)
        self._words = sorted(self._names)
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def find(self, folded: str) -> list[WeaponMention]:
        """The means named in a text that `matcher.fold` has been through, from left to right."""
        found = []
        for word, start, end in whole_words(self._automaton, self._words, self._names, folded):
            name = self._names[word]
            weapon = self._weapons[name]
            found.append(WeaponMention(start, end, name, weapon.hint, weapon.own))
        return found


@cache
def weapon_finder() -> WeaponFinder:
    """The one finder of a process."""
    path = files("services.extractor.coding.lexicon").joinpath("weapons.yaml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return WeaponFinder(TypeAdapter(dict[str, Weapon]).validate_python(data))
