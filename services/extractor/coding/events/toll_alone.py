"""Sentences that tell nothing but who was harmed: "Two soldiers were wounded", "Four more bodies were found"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft

_HARM = frozenset(("death", "injury", "killing"))
_FOUND = _HARM | {"finding"}
# Days within which bodies are found, and the hurt die.
_LATE = 4


def tells_toll_alone(draft: Draft) -> bool:
    """True where nobody does it and no place is told: it goes on with what was told before."""
    return draft.names <= _HARM and bool(draft.tolls) and not (draft.agents or draft.both or draft.places)


def comes_later(draft: Draft, known: Draft) -> bool:
    """True for bodies found and hurt who died some days after the deed: their day is not the deed's."""
    if not draft.names <= _FOUND or not {"death", "finding"} & draft.names or draft.agents or draft.both:
        return False
    if draft.when is None or known.when is None:
        return False
    return 0 < (draft.when.start - known.when.end).days <= _LATE


def prefer(draft: Draft, homes: list[tuple[int, Draft]]) -> int:
    """Which of the scored drafts takes it: words that only hint go with a deed, not with others that only hint."""
    return max(range(len(homes)), key=lambda n: (not (draft.weak and homes[n][1].weak), homes[n][0], -n))
