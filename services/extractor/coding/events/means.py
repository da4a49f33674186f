"""By what means a deed was done, as the words of a draft tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft

# "The attack", "three people died" may tell of a bombing as well.
ANY_MEANS = frozenset(("attack", "killing", "death", "injury", "unspecified"))
_ALIKE = (
    frozenset(("Air/drone strike", "Shelling/artillery/missile attack")),
    frozenset(("Suicide bomb", "Remote explosive/landmine/IED", "Grenade")),
)


def types(draft: Draft) -> set[str]:
    """The types of all the draft's words."""
    return {m.cls.sub_event_type for m in draft.mentions if m.cls.sub_event_type is not None}


def means(draft: Draft) -> set[str]:
    """The types that the draft's words name outright."""
    said = [m.cls for m in draft.mentions if not m.cls.weak and m.cls.name not in ANY_MEANS]
    return {cls.sub_event_type for cls in said if cls.sub_event_type is not None}


def means_of_a_bombing(draft: Draft) -> set[str]:
    """The types named outright; those of any bombing, where only that is told ("bombed a market")."""
    said = means(draft)
    bombed = any(m.cls.name == "bomb_run" and m.text.lower().startswith("bomb") for m in draft.mentions)
    return said if said or not bombed else set().union(*_ALIKE)


def alike(one: set[str], other: set[str]) -> bool:
    """True of means that reports take for one another."""
    return any(one & alike and other & alike for alike in _ALIKE)
