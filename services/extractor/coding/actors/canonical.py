"""One noun phrase to one canonical actor."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from services.extractor.coding.actors.find import ActorMention, mentions
from services.extractor.coding.actors.heads import CIVIL
from services.extractor.coding.actors.knowledge import generic
from services.extractor.coding.actors.lexicon import plurals
from services.extractor.coding.actors.names import (
    Canonical,
    government_of,
    military_of,
    of_country,
    of_role,
    police_of,
)
from services.extractor.coding.actors.resolve import context_of
from services.extractor.coding.actors.scan import scan

__all__ = [
    "Canonical",
    "canonical",
    "canonical_mention",
    "government_of",
    "military_of",
    "of_country",
    "of_role",
    "police_of",
]

_TAIL = re.compile(
    r"(?:,(?= )|\(|(?<![\w-])(?:of|from|in|near|at|on|by|for|with|against|belonging|affiliated|linked|loyal|allied|who"
    r"|that|which|and|or|including|inside|across|along|outside|identified|travelling|traveling|wearing|fleeing)\b)"
)
_BELONGS = re.compile(
    r"(?:of|from|belonging to|affiliated (?:to|with)|linked (?:to|with)|loyal to|allied (?:to|with)|in|with)\b"
)
_PLACES = {"country", "state"}  # whose country a mention beside them takes over
_OWN_HEADS = CIVIL | {"opposition"}
_APPOSED = re.compile(r"[,(]")


@lru_cache(maxsize=4096)
def canonical(np_text: str, default_country: str | None = None) -> Canonical | None:
    """The actor that a noun phrase names, or None for one that names none ("the group", "they", "a town").

    `default_country` (alpha-3) is that of the event or article: generic nouns and shared abbreviations
    take it. Of several actors joined by "and" the first counts. Raises KeyError for an unknown country code.
    """
    words = scan(np_text)
    found = mentions(np_text, words, context_of(words, default_country, lenient=True))
    if not found:
        return None
    cut = _tail_start(np_text, found)
    heads = [mention for mention in found if mention.start < cut]
    tail = [mention for mention in found if mention.start >= cut]
    head = _best(heads)
    if tail and (head is None or head.category == "country" or _points_on(head)):
        head = _owner(np_text, cut, tail, head) or head
    if head is None:
        return None
    place = next((m.country for m in (*heads, *tail) if m is not head and m.country and m.category in _PLACES), None)
    return canonical_mention(head, place or default_country)


def _tail_start(text: str, found: list[ActorMention]) -> int:
    """Where the phrase's head part ends: the first preposition or clause after some words, outside all mentions."""
    for match in _TAIL.finditer(text):
        inside = any(mention.start <= match.start() < mention.end for mention in found)
        if match.start() > 0 and not inside:
            return match.start()
    return len(text)


def _best(heads: list[ActorMention]) -> ActorMention | None:
    """The head among the mentions of a phrase's first part: people who end it, else the last that is named or homed."""
    actors = [mention for mention in heads if mention.category != "country"]
    if actors and actors[-1].role in _OWN_HEADS:
        return actors[-1]
    known = [mention for mention in actors if mention.country is not None or mention.role is None]
    ranked = known[-1:] or actors[-1:] or heads[:1]
    return ranked[0] if ranked else None


def _points_on(head: ActorMention) -> bool:
    """Whether a head may only count members of the actor after it: "soldiers of the army", "fighters from Hamas"."""
    return head.role is not None and head.role not in CIVIL and head.country is None


def _owner(text: str, cut: int, tail: list[ActorMention], head: ActorMention | None) -> ActorMention | None:
    """The actor after the head that is meant instead of it, if any.

    "members of Hamas", "hundreds of villagers", "Ali Kushayb, a militia leader"; but only a force or a group
    can own fighters: the villagers of "militants in a crowd of villagers" stay out.
    """
    first = next((mention for mention in tail if mention.form != "demonym"), None)
    if first is None:
        return None
    if head is None and (_APPOSED.match(text, cut) or _counts(text[:cut])):
        return first
    return first if _BELONGS.match(text, cut) and first.category in {"named", "state"} else None


def _counts(words: str) -> bool:
    """Whether the words before "of" only count: "hundreds", "a small group"."""
    last = words.split()[-1:]
    return bool(last) and last[0].lower() in _quantities()


@cache
def _quantities() -> frozenset[str]:
    return frozenset(form for word in generic().quantities for form in plurals(word))


def canonical_mention(mention: ActorMention, default_country: str | None = None) -> Canonical:
    """The actor of one mention; forces and people without a country of their own take the default one.

    Raises KeyError for an unknown country code.
    """
    if mention.role is not None and mention.country is None:
        return of_role(mention.role, default_country)
    return Canonical(mention.name, mention.kind, mention.country, mention.code)
