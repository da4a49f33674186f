"""Under what a report is found by others: reports that have no cell in common are not compared.

Cells are made of what a report tells most particularly. Neither its country nor its town serves: most texts leave them
to be inferred, and what is inferred rules nothing out. Likenesses that count rest on words in common: with so many
words for each report hardly one pair in a hundred that is alike has no cell in common, and then others tie it.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from services.sink.merging.knowledge import knowledge
from services.sink.merging.signature import Signature

MOST = 24
"""Telling words that a report is found by, the weightiest."""


RULE = f"2 {MOST} {knowledge().words.model_dump_json()}"
"""Changes when reports are found by something else than before: a store then indexes its reports anew."""


def cells(signature: Signature) -> frozenset[int]:
    """Numbers of 64 bits, signed: of the weightiest words, the people, and town and dead where it has a named doer."""
    hashed = sorted((-weight, _number(word)) for word, weight in signature.terms.items())
    found = {number for _, number in hashed[:MOST]} | far_cells(signature)
    where = signature.where
    if signature.doers and signature.killed and where is not None and where.town:
        # Doer, town and toll make two reports one incident without a word in common.
        found.add(_number(f"\x00{where.town}\x00{signature.killed}"))
    return frozenset(found)


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
