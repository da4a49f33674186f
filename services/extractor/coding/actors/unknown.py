"""Armed groups that no data file knows, by the make of their names: "Kivu Liberation Front"."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from services.extractor.coding.actors.fold import fold_accents
from services.extractor.coding.actors.knowledge import generic

_NAME = re.compile(r"[A-Z][\w']*(?: (?:(?:of|for|the|al) ){0,2}[A-Z][\w']*){1,8}")
_LINKS = {"of", "for", "the", "al"}
_OPENERS = {
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "By",
    "But",
    "And",
    "Of",
    "For",
    "When",
    "As",
    "After",
    "While",
    "Several",
}


def unknown_groups(text: str) -> list[tuple[int, int, str]]:
    """Start, end and ASCII name of each such group in `text`, by place, without overlap. Linear in the text."""
    found = []
    for match in _NAME.finditer(fold_accents(text)):
        words = match.group().split(" ")
        start = match.start()
        while words and (words[0] in _OPENERS or words[0] in _LINKS):
            start += len(words[0]) + 1
            words = words[1:]
        name = " ".join(words)
        if _is_group(words) and name.isascii():
            found.append((start, match.end(), name))
    return found


def _is_group(words: list[str]) -> bool:
    """Two words at least that tell a cause and a body, or a last word that tells enough."""
    causes, bodies, alone = _words()
    if len(words) < 2 or words[-1] in alone:
        return len(words) > 1
    closed = words[-1] in bodies or any(
        word in bodies and following in {"of", "for"} for word, following in pairwise(words)
    )
    return closed and any(word in causes for word in words) and len(set(words)) > 2


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = generic().unknown_groups
    return frozenset(data.causes), frozenset(data.bodies), frozenset(data.alone)
