"""How news English tells tolls, as data: `tolls.yaml`, checked when it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from services.extractor.coding.reading.words import WordFinder

Kind = Literal["killed", "injured", "missing", "abducted", "arrested", "displaced"]
KINDS: tuple[Kind, ...] = ("killed", "injured", "missing", "abducted", "arrested", "displaced")
Side = Literal["state", "armed", "other", "anyone"]
Form = Literal["active", "either", "intransitive", "state", "counted", "of"]
FORMS: tuple[Form, ...] = ("active", "either", "intransitive", "state", "counted", "of")


Leads = dict[str, list[tuple[str, ...]]]
"""Phrases as their words, by the first of them, the longest first."""


def leads(phrases: Sequence[str]) -> Leads:
    """The phrases by their first words."""
    found: Leads = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


class Forms(BaseModel):
    """The phrases of one kind of harm, by how they stand to those harmed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    active: list[str]
    either: list[str]
    intransitive: list[str]
    state: list[str]
    counted: list[str]
    of: list[str]


class TollWords(BaseModel):
    """The contents of `tolls.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    killed: Forms
    injured: Forms
    missing: Forms
    abducted: Forms
    arrested: Forms
    displaced: Forms
    toll_nouns: list[str]
    toll_lead: frozenset[str]
    zero_nouns: dict[str, list[Kind]]
    deadly: frozenset[str]
    deadly_nouns: frozenset[str]
    not_deadly_before: frozenset[str]
    people: frozenset[str]
    demonyms: frozenset[str]
    irregular: dict[str, str]
    attackers: frozenset[str]
    mourning: frozenset[str]
    marching: frozenset[str]
    not_people: frozenset[str]
    stops: frozenset[str]
    times: frozenset[str]
    time_leads: frozenset[str]
    adverbs: frozenset[str]
    passive_auxiliaries: frozenset[str]
    singular_auxiliaries: frozenset[str]
    part_leads: list[str]
    among: frozenset[str]
    list_joints: list[str]
    of_them: list[str]
    of_family: list[str]
    split: dict[str, frozenset[str]]
    sides: dict[Side, frozenset[str]]
    anyone: frozenset[str]
    lost: frozenset[str]
    the_dead: frozenset[str]
    some_of_all: frozenset[str]
    of_people: frozenset[str]
    homes: frozenset[str]
    driving: frozenset[str]
    taken: frozenset[str]
    captives: frozenset[str]
    freeing: frozenset[str]
    no_count: frozenset[str]
    superseded: frozenset[str]
    figures: frozenset[str]
    corrected: frozenset[str]
    past_after: list[str]
    past_before: list[str]
    not_past: str

    @cached_property
    def phrases(self) -> dict[str, list[tuple[tuple[str, ...], Kind, Form]]]:
        """Every trigger phrase by its first word, the longest first."""
        found: dict[str, list[tuple[tuple[str, ...], Kind, Form]]] = {}
        for kind in KINDS:
            for form in FORMS:
                for phrase in getattr(getattr(self, kind), form):
                    words = tuple(phrase.split())
                    found.setdefault(words[0], []).append((words, kind, form))
        for rows in found.values():
            rows.sort(key=lambda row: -len(row[0]))
        return found

    @cached_property
    def persons(self) -> dict[str, tuple[str, bool]]:
        """The singular of each noun for people, and whether the word is its plural."""
        known = sorted(self.people | self.demonyms)
        found = {word + "s": (word, True) for word in known}
        found |= {word + "es": (word, True) for word in known}
        found |= {word: (word, False) for word in known}
        return found | {word: (singular, True) for word, singular in self.irregular.items()}

    def side(self, who: str | None) -> Side:
        """Where those of a toll stood: the army's, the rebels', neither's, or untold."""
        found = [p[0] for word in (who or "").lower().split() if (p := self.person(word)) is not None]
        if not found or found[-1] in self.anyone:
            return "anyone"
        return next((side for side, nouns in sorted(self.sides.items()) if found[-1] in nouns), "other")

    def person(self, word: str) -> tuple[str, bool] | None:
        """The singular of a noun for people, and whether `word` is its plural; None for another word."""
        found = self.persons.get(word)
        if found is None and word.endswith(("-year-old", "-year-olds")):
            return "person", word.endswith("s")
        return found

    @cached_property
    def sums(self) -> tuple[tuple[str, ...], ...]:
        """What a sum is called, in words, the longest first."""
        return tuple(tuple(phrase.split()) for phrase in sorted(self.toll_nouns, key=len, reverse=True))

    @cached_property
    def joints(self) -> Leads:
        """What ties the parts of a list."""
        return leads(self.list_joints)

    @cached_property
    def parts(self) -> Leads:
        """What stands before a part of those counted."""
        return leads(self.part_leads)

    @cached_property
    def them(self) -> Leads:
        """What makes a number one of those told before."""
        return leads(self.of_them)

    @cached_property
    def family(self) -> Leads:
        """What tells whose family those counted are of."""
        return leads(self.of_family)

    @cached_property
    def telling(self) -> WordFinder:
        """Finds the words without one of which no toll is told."""
        return WordFinder((*self.phrases, *self.toll_nouns, *self.zero_nouns, *self.deadly, *self.corrected))


@cache
def toll_words() -> TollWords:
    """The checked file; a pydantic ValidationError names what is wrong in it."""
    text = files("services.extractor.coding.tolls").joinpath("tolls.yaml").read_text(encoding="utf-8")
    return TollWords.model_validate(yaml.safe_load(text))


@cache
def past_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What marks a toll of another time behind it and before it, and what breaks the bond between the two."""
    words = toll_words()
    return (
        re.compile("|".join(words.past_after), re.IGNORECASE),
        re.compile("|".join(words.past_before), re.IGNORECASE),
        re.compile(words.not_past, re.IGNORECASE),
    )
