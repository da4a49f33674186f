"""Which role a row of nouns has: the last one's, unless it only continues what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from services.extractor.coding.actors.knowledge import generic
from services.extractor.coding.actors.lexicon import Noun, plurals

CIVIL = frozenset({"civilians", "protesters", "prisoners", "rioters"})
"""Roles of people who are no part of the group or force named before them."""
FIGHTING = frozenset({"military", "police", "security", "rebels", "armed", "militia", "communal", "criminals"})
_OUTSIDE_STATE = frozenset({"rebels", "armed", "militia", "communal", "criminals"})
_STATE = frozenset({"military", "police", "security", "government"})


def head_role(nouns: Sequence[Noun], *, country_before: bool = False) -> str | None:
    """The role of a row of nouns, or None when none of them is an actor.

    "army personnel" is the military, "rebel soldiers" are rebels, "police informer" is a civilian,
    "Kurdish fighters" are armed; after a country (`country_before`) "leader"
    is its government and "drones" are its military.
    """
    role: str | None = None
    described = False
    for noun in nouns:
        new, now = _next(role, noun, described=described)
        role, described = new, now
    if role is None and country_before and nouns:
        return "government" if nouns[-1].word in _speakers() else "military" if nouns[-1].word in _arms() else None
    return role


def _next(role: str | None, noun: Noun, *, described: bool) -> tuple[str | None, bool]:
    """The role after one more noun, and whether so far there is only an identity ("Kurdish")."""
    identity = noun.group is not None and noun.group in generic().identities
    if role is None:
        return noun.role, identity
    if noun.neutral or noun.role is None:
        return _continued(role, noun), described
    if noun.role in _STATE and (described or role in _OUTSIDE_STATE):
        return ("armed" if described else role), False
    if role == "opposition" and noun.role in {"military", "security"}:
        return "rebels", False
    return noun.role, identity


def _continued(role: str, neutral: Noun) -> str:
    """The role that a neutral word leaves: "student fighters" fight, "opposition fighters" are rebels."""
    if role == "civilians" and neutral.role in _OUTSIDE_STATE:
        return neutral.role
    return "rebels" if role == "opposition" and neutral.role == "armed" else role


@cache
def _speakers() -> frozenset[str]:
    return frozenset(form for word in generic().speakers for form in plurals(word))


@cache
def _arms() -> frozenset[str]:
    return frozenset(form for word in generic().arms for form in plurals(word))
