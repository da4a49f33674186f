"""Questions about a draft's parties, triggers and toll that several of ACLED's rules ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.party import Party

STATE = "State forces"
ARMED = frozenset((STATE, "Rebel group", "Political militia", "Identity militia", "External/Other forces"))
NON_STATE = ARMED - {STATE}
CROWD = frozenset(("Protesters", "Rioters"))
PRONOUNS = frozenset(("him", "her", "them"))
BY_REMOTE = frozenset(("airstrike", "drone_strike", "shelling", "missile", "suicide", "ied", "chemical"))
"""Classes whose words alone say that the violence came from afar."""


def strong(draft: Draft) -> set[str]:
    """Names of the trigger classes that make an event by themselves."""
    return {m.cls.name for m in draft.mentions if not m.attributive and not m.cls.weak}


def doing(draft: Draft) -> set[str | None]:
    """The kinds of those who did it or took part."""
    return {p.kind for p in draft.agents + draft.both}


def somebody_hurt(draft: Draft) -> bool:
    """True where the text counts dead or wounded."""
    return any(t.kind in ("killed", "injured") and not t.past and t.best != 0 for _, t in draft.tolls)


def trigger_words(draft: Draft) -> set[str]:
    """The words of the triggers, in lower case."""
    return {word for m in draft.mentions for word in m.text.lower().split()}


def demonstrates(party: Party) -> bool:
    """Protesters and rioters; "the opposition" is a crowd only where the text says so."""
    return party.kind in CROWD and not party.name.startswith("Opposition")


def each_other(draft: Draft) -> bool:
    """True for what people do to one another."""
    if draft.objects & {"other", "another"}:
        return True
    after = (m.view.sentence.text[m.end : m.end + _NEAR].lower() for m in draft.mentions if m.verbal)
    return any("one another" in text for text in after)


_NEAR = 24


def burnt(mention: Mention) -> bool:
    """True for what is done to a person as to a house: "set him on fire"."""
    return mention.cls.name == "looting" and mention.text.lower().endswith(("fire", "ablaze", "alight"))
