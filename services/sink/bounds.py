"""How much a message may hold: what the store and the work of merging are made for."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import ArticleEvents, ConflictEvent
from schemas.article_events import MAX_EVENTS, MAX_FINGERPRINT, MAX_KEYWORDS
from schemas.words import TOLL_KINDS
from services.common.errors import Invalid

MAX_NUMBER = 2**31 - 1
"""Greatest version, rank, number of people and GeoNames id: what a column of four bytes takes."""
MAX_CODER_VERSION = 100
"""Longest version of a coder, in characters."""
_LENGTHS = {"events": MAX_EVENTS, "fingerprint": MAX_FINGERPRINT, "keywords": MAX_KEYWORDS}


def check_bounds(message: ArticleEvents) -> None:
    """Raises Invalid, with a sentence for whoever sent it, for a message that holds too much."""
    for name, most in _LENGTHS.items():
        if len(getattr(message, name)) > most:
            raise Invalid("schema", f"`{name}` must have at most {most:,} items.")
    if len(message.coder.version) > MAX_CODER_VERSION:
        raise Invalid("schema", f"`coder.version` must have at most {MAX_CODER_VERSION} characters.")
    if message.version > MAX_NUMBER or any(n > MAX_NUMBER for event in message.events for n in _numbers(event)):
        raise Invalid("schema", f"`version` and the numbers of `events` must be at most {MAX_NUMBER}.")


def _numbers(event: ConflictEvent) -> Iterator[int]:
    """What is kept of an event as a whole number."""
    yield event.rank
    tolls = (getattr(event.casualties, kind) for kind in TOLL_KINDS)
    for toll in (toll for toll in tolls if toll is not None):
        counts = (toll.low, toll.best, toll.high, *(group.count for group in toll.groups))
        yield from (count for count in counts if count is not None)
    if event.place is not None and event.place.geonames_id is not None:
        yield event.place.geonames_id
