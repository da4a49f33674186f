"""One noun phrase to one canonical actor."""

from __future__ import annotations

import re
from dataclasses import replace

from services.extractor.coding.actors.find import ActorMention, mentions
from services.extractor.coding.actors.heads import CIVIL
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

__all__ = ["Canonical", "canonical", "government_of", "military_of", "of_country", "of_role", "police_of"]

_TAIL = re.compile(
    r"(?:,|\(|\b(?:of|from|in|near|at|on|by|for|with|against|belonging|affiliated|linked|loyal|allied|who|that|which"
    r"|and|or|including|inside|across|along|outside|identified|travelling|traveling|wearing|fleeing)\b)"
)
_BELONGS = re.compile(
    r"(?:of|from|belonging to|affiliated (?:to|with)|linked (?:to|with)|loyal to|allied (?:to|with)|in|with)\b"
)


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
        owner = _owner(np_text, cut, tail)
        if owner is not None:
            return _canonical(owner, default_country)
    if head is None:
        return None
    place = next((mention.country for mention in tail if mention.category == "country"), None)
    return _canonical(head, place or default_country)


def _tail_start(text: str, found: list[ActorMention]) -> int:
    """Where the phrase's head part ends: the first preposition or clause after some words, outside all mentions."""
    for match in _TAIL.finditer(text):
        inside = any(mention.start <= match.start() < mention.end for mention in found)
        if match.start() > 0 and not inside:
            return match.start()
    return len(text)


def _best(heads: list[ActorMention]) -> ActorMention | None:
    """The last that is more than a country, else the first country."""
    return next((mention for mention in reversed(heads) if mention.category != "country"), heads[0] if heads else None)


def _points_on(head: ActorMention) -> bool:
    """Whether a head may only count members of the actor after it: "soldiers of the army", "fighters from Hamas"."""
    return head.role is not None and head.role not in CIVIL and head.country is None


def _owner(text: str, cut: int, tail: list[ActorMention]) -> ActorMention | None:
    """The force or group after "of", "from", "belonging to", if it comes first there."""
    if not _BELONGS.match(text, cut):
        return None
    first = next((mention for mention in tail if mention.form != "demonym"), None)
    return first if first is not None and first.category in {"named", "state"} else None


def _canonical(mention: ActorMention, default_country: str | None) -> Canonical:
    actor = Canonical(mention.name, mention.kind, mention.country, mention.code)
    if mention.role is not None and mention.country is None:
        return of_role(mention.role, default_country)
    return replace(actor)
