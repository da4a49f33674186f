"""Times that only rank a deed among others: "the worst attack this year", "the deadliest in months"."""

from __future__ import annotations

import re

_RANK = re.compile(
    r"\b(?:worst|deadliest|bloodiest|biggest|largest|heaviest|highest|fiercest|gravest|boldest|longest|most \w+"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|latest|only)\b[^.;,]{0,45}$",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?:(?:so far )?this (?:year|month)|since\b|in (?:\w+ )?(?:years|months|decades)\b)", re.IGNORECASE)


def ranks(text: str, at: int) -> bool:
    """True where the time told from `at` on says among which deeds this one is the worst, and no day of its own."""
    return _TIME.match(text, at) is not None and _RANK.search(text[max(at - 80, 0) : at]) is not None
