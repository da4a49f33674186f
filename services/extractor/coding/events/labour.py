"""Strikes of those who work: a strike is a blow or a stoppage by who carries it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.triggers import classes

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft

_BLOWS = frozenset(("strike", "airstrike", "labour_strike"))


def read_as_stoppage(draft: Draft) -> None:
    """Take "a strike by dockers" for what it is."""
    if draft.names <= _BLOWS and draft.doers & things()["workers"] and not draft.patients:
        for mention in draft.mentions:
            mention.cls = classes()["labour_strike"]
