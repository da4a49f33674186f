"""Pages of alerts for readers: so many, and so many bytes, at most; a page that is full says where the next begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_PAGE = 8_000_000
"""Bytes of alerts on one page, unless one alone is longer."""
AT_ONCE = 8
"""Rows that are fetched at a time: what a page has no room for is not held either."""


@dataclass(frozen=True)
class Page:
    """Alerts as they were published, newest first."""

    bodies: list[str]
    next: int | None
    """The position behind which the next page begins; None where there is none."""


def fill(rows: Iterable[tuple[int, str]], limit: int) -> Page:
    """The first of `rows`, positions and bodies: at most `limit`, and no further than MAX_PAGE bytes but for the first.

    Takes one more than it gives, to know whether there is a next page.
    """
    bodies: list[str] = []
    last, room = 0, MAX_PAGE
    for position, body in rows:
        room -= len(body.encode())
        if bodies and (len(bodies) == limit or room < 0):
            return Page(bodies, last)
        bodies.append(body)
        last = position
    return Page(bodies, None)
