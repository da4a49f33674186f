"""Fire that is aimed at nobody: exercises, tests and games."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.triggers import classes

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_FIRE = frozenset(
    ("shelling", "missile", "airstrike", "bomb_run", "clash", "shooting", "strike", "attack", "ambush", "explosion")
)
_MOCK = frozenset(("mock", "dummy", "practice", "simulated", "floating", "imaginary"))
_SEA = frozenset(("sea", "seas", "ocean", "waters", "pacific", "atlantic"))
_LAUNCHED = ("fir", "launch", "lob", "shoot", "shot", "test")
_MISSILES = frozenset(("missile", "missiles", "projectile", "projectiles", "icbm", "icbms", "rocket", "rockets"))


def only_practised(draft: Draft) -> bool:
    """True for what forces fire in a drill or at mock targets, and for a battle in a game: nobody is hurt."""
    if not draft.names <= _FIRE or any(t.kind in ("killed", "injured") for _, t in draft.tolls):
        return False
    return all(_at_mock_targets(m) or _in_a_drill(m) for m in draft.mentions)


def _at_mock_targets(mention: Mention) -> bool:
    aimed = [t for v in (mention.token, *mention.token.children) for t in tree.prepositions(v, "at", "on", "against")]
    return any(c.lower_ in _MOCK for t in aimed for c in t.children)


def _in_a_drill(mention: Mention) -> bool:
    """True for "fired rockets during a drill", "held an exercise, firing rockets"; not for "attacked the exercise"."""
    drills, verb = things()["drill"], tree.clause_of(mention.token)
    for clause in (verb, verb.head) if verb.dep_ == "advcl" and verb.lower_.endswith("ing") else (verb,):
        told = [t for p in (clause, mention.token) for t in tree.prepositions(p, "in", "during")]
        told += tree.children(clause, "dobj") if clause is not verb else []
        if any(t.lower_ in drills for t in told):
            return True
    return False


def read_as_test(mention: Mention) -> Mention:
    """What is fired into the sea is a test of weapons."""
    if mention.cls.name in ("missile", "shelling") and mention.verbal and _into_the_sea(mention):
        mention.cls = classes()["weapons_test"]
    return mention


def _into_the_sea(mention: Mention) -> bool:
    verb = mention.token
    fired: list[Token] = [t for t in tree.children(verb, "dobj", "nsubjpass", "nsubj") if t.lower_ in _MISSILES]
    if not verb.lower_.startswith(_LAUNCHED) or not fired or tree.prepositions(verb, "at", "against"):
        return False
    where = [t for v in (verb, *fired) for t in tree.prepositions(v, "into", "toward", "towards")]
    return any(t.lower_ in _SEA for t in where)
