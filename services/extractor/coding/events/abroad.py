"""States that fight abroad: whose forces they are tells not where they fight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.extractor.coding.places.model import Demonym

ABROAD = frozenset(("USA", "RUS", "GBR", "FRA", "TUR", "ISR", "SAU", "ARE", "IRN", "RWA", "UGA", "ERI"))
"""By ISO 3166-1 alpha-3: those of which forces have fought in other countries in this century."""
_FORCES = re.compile(
    r"\s+(?:\w+ )?(?:force|troop|army|armies|military|soldier|shell|artiller|missile|rocket|drone|jet|warplane|plane"
    r"|aircraft|helicopter|bomb|strike|air ?strike|air ?raid|raid|attack|navy|warship|gunboat|tank|sniper|mercenar"
    r"|invasion|offensive|occupation|glide|guided|ballistic|unmanned|kamikaze|fire\b|commando|operation|settler)",
    re.IGNORECASE,
)


_PEACE = re.compile(r"\s+(?:\w+ )?(?:peacekeep|blue helmet|un troops|u\.n\. troops|un soldiers)", re.IGNORECASE)
"""Whoever keeps the peace does so in another country than his own."""


# That Israel fights tells Rafah in Gaza from Rafah in Egypt.
_TOLD_BY = ABROAD - {"ISR"}


def fights_abroad(demonym: Demonym, text: str) -> bool:
    """True of "Russian shells", "Turkish drones": they tell whose they are, not where they fell."""
    if _PEACE.match(text, demonym.end):
        return True
    return demonym.country in _TOLD_BY and _FORCES.match(text, demonym.end) is not None
