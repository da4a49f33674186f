"""Gives the parties of a draft their roles: who did it, who suffered it, or both sides of a clash."""

from __future__ import annotations

from dataclasses import replace

from services.extractor.coding.actors import government_of, military_of
from services.extractor.coding.events.classify import kind_as_target
from services.extractor.coding.events.draft import Draft
from services.extractor.coding.events.kinds import ARMED, NON_STATE, STATE
from services.extractor.coding.events.party import Party
from services.extractor.coding.lexicon.cues import cues

Role = tuple[str, Party]


def cast(draft: Draft, sub_event: str | None) -> list[Role]:
    """The roles and their parties, each pair once; property that was attacked stands last."""
    agents, patients = draft.agents, draft.patients
    if draft.both and patients and not agents:
        # "killed in a clash with the army": those who suffered it, and the other side
        agents = [p for p in draft.both if p.name not in {s.name for s in patients} and p.kind in ARMED]
    if draft.claimants and all(p.category == "generic" and (p.kind in NON_STATE or _owned(p)) for p in agents):
        agents = draft.claimants  # "gunmen" were those who claim it, and so were "its men"
    if sub_event == "Armed clash" and _mutual(draft, agents):
        fighters = [*draft.both, *agents, *patients]
        found = [("participant", p) for p in fighters if p.kind in ARMED or p.category == "country"]
        found += [("target", p) for p in fighters if p.kind == "Civilians"]
    else:
        doers = _without_the_bombed(agents or draft.both, patients) if sub_event in _BLASTS else agents or draft.both
        names = {p.name for p in doers}
        found = [("perpetrator", p) for p in doers]
        found += [("target", _as_sufferer(p)) for p in patients if p.name not in names or p.kind == "Civilians"]
    found += [("target", thing) for thing in draft.things]
    unique: dict[tuple[str, str], Role] = {}
    for role, told in found:
        party = _as_state(told, draft.domain)
        if (
            party.country is None
            and party.kind == STATE
            and any(
                one == role and known.name.startswith(f"{party.name} of ") for (one, _), (_, known) in unique.items()
            )
        ):
            continue  # "two soldiers were wounded", after "Philippine troops"
        unique.setdefault((role, party.name), (role, party))
    return list(unique.values())


def _owned(party: Party) -> bool:
    return party.mention.lower().startswith(("its ", "their "))


_BLASTS = frozenset(("Remote explosive/landmine/IED", "Suicide bomb", "Grenade"))


def _without_the_bombed(doers: list[Party], patients: list[Party]) -> list[Party]:
    """The doers but for forces whom the blast hurt: they cleared mines, patrolled or drove over it."""
    hurt = {p.name for p in patients}
    return [p for p in doers if p.kind != STATE or p.name not in hurt]


def _mutual(draft: Draft, agents: list[Party]) -> bool:
    """True where both sides fight: fighters of both fell, or the text calls it a clash.

    An ambush or a raid has a side that attacks, and so has an "encounter" where it is told who fell to whom, and a raid
    of forces in which only others fell, whatever was fired; who alone is told did it or suffered it.
    """
    fell = {p.kind for p in draft.patients}
    if {p.name for p in draft.patients} & {p.name for p in agents}:
        return True  # "shot dead four militants, who had opened fire first"
    fights = [m.text.lower().rstrip("s") for m in draft.mentions if m.cls.name == "clash" and not m.attributive]
    told = bool(agents and draft.patients) and all(f in cues()["encounter"].words for f in fights)
    told = told or _raided(draft)
    return (STATE in fell and bool(fell & NON_STATE)) or (bool(fights) and not told) or not (agents or draft.patients)


def _raided(draft: Draft) -> bool:
    """True where forces are told to have killed fighters, and no word ties both to the shooting that it took."""
    did, fell = {p.kind for p in draft.agents}, {p.kind for p in draft.patients}
    shots = [m for m in draft.mentions if m.cls.name == "clash" and not m.attributive]
    gunfire = all(not m.verbal and m.text.lower().rstrip("s") in cues()["gunfire"].words for m in shots)
    return did == {STATE} and bool(fell) and fell <= NON_STATE and not draft.both and gunfire


def _as_sufferer(party: Party) -> Party:
    """A member of a party that has a militia is a civilian where he is attacked."""
    return replace(party, kind=kind_as_target(party)) if party.civil else party


def _as_state(party: Party, domain: str) -> Party:
    """A country that acts is its government in diplomacy and its armed forces in violence."""
    if party.category != "country" or party.country is None:
        return party
    state = government_of(party.country) if domain == "diplomacy" else military_of(party.country)
    return replace(party, name=state.name, kind=state.kind, code=state.code)
