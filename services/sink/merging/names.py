"""When two names are one: places in their spellings, and the sides that named actors stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from schemas import Actor

_LETTERS = re.compile(r"[^a-z0-9]+")
# Words of a place's name that tell nothing of which place it is.
_PLAIN = frozenset(("the", "al", "el", "ad", "as", "ash", "at", "city", "town", "village", "area", "district"))
_SPELLING = 0.75
_STATE = ("Military Forces of ", "Police Forces of ", "Security Forces of ", "Government of ")
_REBELS = "Rebel group"
_DESCRIBED = ("Unidentified ", "Militia (", "Communal Militia (")
_UMBRELLA = "Al-Qaeda"
"""Others of its groups are told as of it."""
_PROVINCES = "Islamic State"
"""Whose provinces are told by its name."""


def fold(name: str) -> str:
    """A place's or region's name without what spellings differ in most."""
    words = [word for word in _LETTERS.split(name.lower()) if word and word not in _PLAIN]
    return " ".join(words) or name.lower()


@lru_cache(100_000)
def one_name(one: str, other: str) -> bool:
    """True for one folded name in two spellings: most of their pairs of letters are the same."""
    if one == other:
        return True
    here, there = _letters(one), _letters(other)
    return 2 * len(here & there) >= _SPELLING * (len(here) + len(there)) > 0


@lru_cache(100_000)
def _letters(name: str) -> frozenset[str]:
    """Its pairs of letters."""
    word = name.replace(" ", "")
    return frozenset(word[n : n + 2] for n in range(len(word) - 1))


def apart(one: str | None, other: str | None) -> bool:
    """True for two folded names that are told and not one."""
    return bool(one and other and not one_name(one, other))


def sides(actors: Iterable[Actor], roles: tuple[str, ...]) -> frozenset[str]:
    """Actors that a text can mean but one of, in these roles: groups and forces that are named, none only described.

    The forces and the government of one state are one side: which of them it was is told differently.
    """
    return frozenset(_side(a) for a in actors if a.role in roles and a.kind not in (None, "Civilians") and _is_named(a))


def _is_named(actor: Actor) -> bool:
    """True for groups and forces with a home, and rebels of several countries."""
    at_home = actor.country is not None or (actor.kind == _REBELS and actor.name != _UMBRELLA)
    return at_home and not actor.name.startswith(_DESCRIBED)


def _side(actor: Actor) -> str:
    if actor.name.startswith(_STATE):
        return f"the state of {actor.country}"
    return _PROVINCES if actor.name.startswith(_PROVINCES) else actor.name
