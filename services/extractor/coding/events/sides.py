"""Whether two drafts tell of the same actors: by name, as forces told without a country, as both sides of a fight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events.draft import comes_after
from services.extractor.coding.events.kinds import ARMED, NON_STATE, STATE, strong

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.party import Party

_SPECIFIC = ("named", "state", "country")
# "Security forces" are police, soldiers or paramilitaries: another name for those whom another sentence calls so.
_UMBRELLA = "Security Forces"
_CIVIL = ("Government", "Prisoners")


def specific(party: Party) -> bool:
    """True of a name, of a country and of its forces."""
    return party.category in _SPECIFIC


def shared(ours: list[Party], theirs: list[Party]) -> int:
    """1 where both name one actor, -1 where both name actors who cannot be one, else 0."""
    known = [p for p in ours if specific(p)]
    new = [p for p in theirs if specific(p)]
    if any(_one_name(p.name, q.name) for p in ours for q in theirs):
        return 1
    if {p.country for p in known if p.kind == STATE or p.category == "country"} & {
        p.country for p in new if p.kind == STATE or p.category == "country"
    } - {None}:
        return 1
    return -1 if known and new and not any(_one_force(p, q) for p in known for q in new) else 0


def doers_shared(one: Draft, other: Draft) -> int:
    """As `shared`, of who did it; in a battle those who suffered took part."""
    ours, theirs = one.agents + one.both, other.agents + other.both
    agreed = shared(ours, theirs)
    if agreed >= 0 or not (one.both or other.both):
        return agreed
    return shared(ours + (one.patients if other.both else []), theirs + (other.patients if one.both else []))


def foes(one: Draft, other: Draft) -> bool:
    """True where a state's forces alone did the one, and those who fight them the other, and it is no one fight."""
    kinds = [{p.kind for p in draft.agents if p.kind in ARMED} for draft in (one, other)]
    if one.both or other.both or not all(kinds) or comes_after(other.names, one.names) or answers(one, other):
        return False
    return any(a == {STATE} and STATE not in b for a, b in (kinds, kinds[::-1]))


def _one_name(one: str, other: str) -> bool:
    """True of one name, and of forces whose country only one of two sentences tells."""
    return one == other or one.startswith(f"{other} of ") or other.startswith(f"{one} of ")


def _one_force(one: Party, other: Party) -> bool:
    """True of "security forces" and of the police or the regiment that they are."""
    if one.kind != STATE or other.kind != STATE or (one.country and other.country and one.country != other.country):
        return False
    names = (one.name, other.name)
    return any(n.startswith(_UMBRELLA) for n in names) and not any(n.startswith(_CIVIL) for n in names)


# Deeds of which a fight between two armed sides is made.
_OF_A_FIGHT = frozenset(
    (
        *("clash", "shooting", "attack", "killing", "ambush", "operation", "death", "injury", "unspecified", "grenade"),
        "weapon_impact",
    )
)


def answers(one: Draft, other: Draft) -> bool:
    """True where one armed side does to the other what that does to it: "shot three rebels, who had fired at them"."""
    if not (strong(one) and strong(other) and strong(one) | strong(other) <= _OF_A_FIGHT):
        return False
    blows = [_blows(one), _blows(other)]
    fought = [p for d in (one, other) for p in (*d.agents, *d.patients, *d.both) if p.kind in NON_STATE]
    if not all(blows) or len({p.name for p in fought if p.category == "named"}) > 1:
        return False
    return len(set().union(*blows)) > 1 and bool(one.agents or one.both or other.agents or other.both)


def _blows(draft: Draft) -> set[str]:
    """The armed sides that were hit, by the other side; empty where others were harmed, or one side harmed its own."""
    if any(p.kind is not None and p.kind not in ARMED for p in (*draft.agents, *draft.patients)):
        return set()
    did, fell, both = _camps(draft.agents), _camps(draft.patients), _camps(draft.both)
    if len(both) > 1:
        return both
    if did == fell and len(did) == 1 and not both:
        return set()
    return fell or {_OTHER[camp] for camp in did or both}


def _camps(parties: list[Party]) -> set[str]:
    return {_camp(p) for p in parties if p.kind in ARMED}


def _camp(party: Party) -> str:
    return STATE if party.kind == STATE else _REBELS


_REBELS = "rebels"
_OTHER = {STATE: _REBELS, _REBELS: STATE}
