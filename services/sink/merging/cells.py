"""Under what a report is found by others: only reports that meet in their cells are compared.

Cells are made of what a report tells most particularly. Likenesses that count rest on words in common: with so many
words for each report hardly one pair in a hundred that is alike has no cell in common, and then others tie it. One
word in common is mostly chance, and of a hundred such pairs hardly one is alike: two reports meet in two cells, or in
one that few share by chance. Town and number of dead serve beside a word; no country does, nor is any cell needed:
most texts leave their place to be inferred. Whether two meet hangs on the two alone, never on what came before.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from services.sink.merging.knowledge import knowledge
from services.sink.merging.signature import Signature

MOST = 24
"""Telling words that a report is found by, the weightiest."""


RULE = f"5 {MOST} {knowledge().words.model_dump_json()}"
"""Changes when reports are found by something else than before: a store then indexes its reports anew."""


def cells(signature: Signature) -> frozenset[int]:
    """Numbers of 64 bits, signed: of the weightiest words, the people, the town and the number of dead."""
    hashed = sorted((-weight, _number(word)) for word, weight in signature.terms.items())
    found = {number for _, number in hashed[:MOST]} | far_cells(signature)
    if signature.where is not None and signature.where.town:
        found.add(_number(f"\x00{signature.where.town}"))
    if signature.killed:
        found.add(_number(f"\x00{signature.killed}"))
    return frozenset(found)


def strong_cells(signature: Signature) -> frozenset[int]:
    """The cells in one of which alone two reports meet: people, and names of two words."""
    return far_cells(signature) | {_number(word) for word in signature.terms if " " in word}


def meet(one: frozenset[int], other: frozenset[int], strong: frozenset[int]) -> bool:
    """Whether two reports are compared, by the cells of each and the strong ones of either, which gives the same."""
    common = one & other
    return len(common) > 1 or not common.isdisjoint(strong)


def far_cells(signature: Signature) -> frozenset[int]:
    """Those of its cells in which reports of all days are looked up on which the incident is open: its people."""
    return frozenset(_number(person) for person in signature.people)


def reach(signature: Signature) -> int:
    """Days between a report and the farthest one that may be like it."""
    days = knowledge().days
    return max(days.most, days.open) if signature.people else days.most


@lru_cache(100_000)
def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
