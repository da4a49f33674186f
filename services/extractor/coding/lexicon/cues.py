"""Cue words for modality and for light verbs, from cues.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from pydantic import BaseModel, ConfigDict, TypeAdapter

from services.extractor.coding.lexicon.triggers import inflection

if TYPE_CHECKING:
    from services.extractor.coding.reading.tokens import Token


_PARTS = frozenset(("prt", "prep", "advmod", "dobj", "npadvmod", "oprd", "acomp"))


class Cue(BaseModel):
    """One group of cue words as cues.yaml holds them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verbs: list[str] = []
    words: list[str] = []


class CueSet:
    """A group of cue words, inflected."""

    def __init__(self, cue: Cue) -> None:
        self.verb_forms = frozenset(form for verb in cue.verbs for form in inflection().verb_forms(verb))
        self._phrasal = frozenset(form.partition(" ")[0] for form in self.verb_forms if " " in form)
        self.words = frozenset(cue.words)
        self.firsts = self.words | frozenset(form.partition(" ")[0] for form in self.verb_forms)
        """What a token must be to be a verb or a word of the group."""

    def has_verb(self, token: Token) -> bool:
        """True for a verb of the group, with its particle or preposition if it has one ("carried out")."""
        if token.lower_ in self.verb_forms:
            return True
        if token.lower_ not in self._phrasal:
            return False
        after = [child for child in token.children if child.dep_ in _PARTS and child.i > token.i]
        return any(f"{token.lower_} {child.lower_}" in self.verb_forms for child in after)


@cache
def cues() -> dict[str, CueSet]:
    """All groups by name."""
    path = files("services.extractor.coding.lexicon").joinpath("cues.yaml")
    data = TypeAdapter(dict[str, Cue]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    return {name: CueSet(cue) for name, cue in data.items()}


@cache
def phrases(group: str) -> AhoCorasick:
    """Finds the words and phrases of a group in a text of small letters, the first to begin first."""
    words = sorted(cues()[group].words)
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
