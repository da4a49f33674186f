"""How sure the coder is of an event: a number from what the text gives, calibrated on the project's own cases."""

from __future__ import annotations

from schemas.event import ConflictEvent

# Each that holds adds its weight to the base; the sum is cut to 0.05 … 0.97.
_BASE = 0.35
_WEIGHTS = {
    "typed": 0.2,
    "dated": 0.1,
    "dated_outright": 0.1,
    "placed": 0.1,
    "doer": 0.08,
    "sufferer": 0.05,
    "counted": 0.07,
}


def confidence(event: ConflictEvent) -> float:
    """The share of such events that are right in type, country and date, as far as the project's cases tell."""
    roles = {actor.role for actor in event.actors}
    holds = {
        "typed": event.event_type is not None,
        "dated": event.date is not None,
        "dated_outright": event.date is not None and event.date.basis == "text",
        "placed": event.place is not None and event.place.country is not None,
        "doer": bool(roles & {"perpetrator", "participant"}),
        "sufferer": "target" in roles,
        "counted": event.casualties.killed is not None or event.casualties.injured is not None,
    }
    total = _BASE + sum(weight for name, weight in _WEIGHTS.items() if holds[name])
    return round(min(max(total, 0.05), 0.97), 3)
