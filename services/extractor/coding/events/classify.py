"""Which of ACLED's sub-event types a draft is, by its codebook's decision rules."""

from __future__ import annotations

from schemas.taxonomies import acled
from services.extractor.coding.events.draft import Draft
from services.extractor.coding.events.mentions import Mention
from services.extractor.coding.events.party import Party
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.lexicon.things import things

STATE = "State forces"
ARMED = frozenset((STATE, "Rebel group", "Political militia", "Identity militia", "External/Other forces"))
NON_STATE = ARMED - {STATE}
_CROWD = frozenset(("Protesters", "Rioters"))
_HARM = frozenset(("killing", "death", "injury", "shooting", "beating", "execution"))
_PLAIN = frozenset(
    ("attack", "shooting", "killing", "stabbing", "ramming", "beating", "death", "injury", "ambush", "strike")
)


def sub_event_type(draft: Draft, topic: str | None) -> str | None:
    """ACLED's sub-event type of a draft of violence; null for what ACLED does not record."""
    if draft.domain == "diplomacy":
        return _move(draft)
    for rule in (_weapons_taken, _crowd, _captivity, _remote, _territory, _fixed):
        if (found := rule(draft)) is not None:
            return found
    return _plain(draft, topic)


def _move(draft: Draft) -> str | None:
    """Armed forces that deploy or pull back change what they do; governments that do so only talk."""
    armed = any(p.kind in ARMED and "Government" not in p.name for p in draft.agents)
    moves = draft.names & {"mobilize", "retreat"} and any(m.verbal for m in draft.mentions)
    return "Change to group/activity" if armed and moves else None


def _strong(draft: Draft) -> set[str]:
    return {m.cls.name for m in draft.mentions if not m.attributive and not m.cls.weak}


def _weapons_taken(draft: Draft) -> str | None:
    """An interception, a defusal, a find: unless it came of a fight or a blast."""
    taken = "weapons_seizure" in draft.names
    if draft.names & {"finding", "takeover", "looting"} and draft.objects & things()["weapon"]:
        taken = True
    if not taken:
        return None
    others = _strong(draft) - {"weapons_seizure", "arrest", "ied", "grenade", "bomb_run", "takeover", "looting"}
    return None if others else "Disrupted weapons use"


def _crowd(draft: Draft) -> str | None:
    names = _strong(draft)
    if "mob" in names and not names & {"protest"}:
        return "Mob violence"
    crowd = any(_demonstrates(p) for p in draft.agents + draft.both)
    protest = bool(names & {"protest"}) or (
        "protesters" in draft.names and not names - {"dispersal", "arrest", "excessive_force"}
    )
    if "riot" in names or (crowd and names & {"attack", "looting", "clash", "beating"}):
        return "Violent demonstration"
    crowd_hurt = any(_demonstrates(p) for p in draft.patients)
    if not protest and "dispersal" not in names and not crowd_hurt:
        return None
    by_state = any(p.kind == STATE for p in draft.agents)
    hurt = any(t.kind in ("killed", "injured") and not t.past for _, t in draft.tolls)
    if (
        "excessive_force" in draft.names
        or (hurt and (crowd_hurt or by_state))
        or (crowd_hurt and by_state and names & _HARM)
    ):
        return "Excessive force against protesters"
    if not protest and "dispersal" not in names:
        return None
    return "Protest with intervention" if names & {"dispersal", "arrest"} else "Peaceful protest"


def _demonstrates(party: Party) -> bool:
    """Protesters and rioters; "the opposition" is a crowd only where the text says so."""
    return party.kind in _CROWD and not party.name.startswith("Opposition")


def _territory(draft: Draft) -> str | None:
    names = _strong(draft)
    taken_by = {p.kind for p in draft.agents}
    by_rebels = bool(taken_by & NON_STATE) and STATE not in taken_by
    if "recapture" in names and not any(_unopposed(m) for m in draft.mentions):
        return "Non-state actor overtakes territory" if by_rebels else "Government regains territory"
    if names & {"takeover", "recapture"} and any(_unopposed(m) for m in draft.mentions):
        return "Non-violent transfer of territory"
    if "takeover" in names and (draft.objects & things()["territory"] or _takes_place(draft)):
        if by_rebels:
            return "Non-state actor overtakes territory"
        return "Government regains territory" if STATE in taken_by else None
    return None


def _unopposed(mention: Mention) -> bool:
    text = mention.view.sentence.text.lower()
    return any(word in text for word in cues()["unopposed"].words)


def _takes_place(draft: Draft) -> bool:
    """True where what was taken is a place by its name, or the trigger itself says so ("took control")."""
    takeovers = [m for m in draft.mentions if m.cls.name == "takeover"]
    if any("control" in m.text.lower() or "over" in m.text.lower() for m in takeovers):
        return True
    return any(p.cost <= 2 for p in draft.places)


def _captivity(draft: Draft) -> str | None:
    """Abducted and then killed is an attack; an arrest by others than the state is an abduction."""
    names = _strong(draft)
    if "sexual" in names:
        return "Sexual violence"
    if "abduction" in names:
        killed = any(t.kind == "killed" and not t.past for _, t in draft.tolls)
        return "Attack" if killed or names & {"killing", "execution"} else "Abduction/forced disappearance"
    if "arrest" in names and not names & {"killing", "clash", "attack", "bomb_run", "shooting"}:
        return "Abduction/forced disappearance" if {p.kind for p in draft.agents} & NON_STATE else "Arrests"
    return None


def _remote(draft: Draft) -> str | None:
    """Explosions and remote violence; inside a battle they are part of the battle."""
    names = _strong(draft)
    hints = [w.hint for _, w in draft.weapons if w.hint is not None]
    if "chemical" in names or "Chemical weapon" in hints:
        return "Chemical weapon"
    if "suicide" in names or "Suicide bomb" in hints:
        return "Suicide bomb"
    if draft.mentions[0].cls.name in ("clash", "takeover", "recapture"):
        return None
    return _by_trigger(draft, hints) or _by_weapon(draft, hints)


def _by_trigger(draft: Draft, hints: list[str]) -> str | None:
    """The sub-type that the triggers name; a warplane makes its missile an air strike."""
    typed = [m.cls.sub_event_type for m in draft.mentions if not m.cls.weak and m.cls.sub_event_type in _REMOTE]
    from_air = [h for h in hints if h == "Air/drone strike"]
    return min([*typed, *from_air], key=acled.precedence) if typed else None


def _by_weapon(draft: Draft, hints: list[str]) -> str | None:
    """The sub-type of a bombing, an attack or a strike that only its weapon tells apart."""
    names = _strong(draft)
    plain = names & {"bomb_run", "attack", "killing", "shooting"} or "strike" in draft.names
    if not plain and not draft.weak:
        return None
    if hints:
        return min(hints, key=acled.precedence)
    if "bomb_run" not in names:
        return _strike(draft)
    bombed = any(m.verbal for m in draft.mentions if m.cls.name == "bomb_run")
    from_air = bombed and any(p.kind == STATE or p.category == "country" for p in draft.agents)
    return "Air/drone strike" if from_air else "Remote explosive/landmine/IED"


_REMOTE = frozenset(
    (
        "Air/drone strike",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
        "Chemical weapon",
    )
)


def _strike(draft: Draft) -> str | None:
    """`military strikes` without a weapon named are strikes from the air, as news uses the word."""
    noun = any(m.cls.name == "strike" and not m.verbal and m.text.lower().rstrip("s") != "raid" for m in draft.mentions)
    verb = any(m.cls.name == "strike" and m.text.lower() in ("strikes", "struck", "strike") for m in draft.mentions)
    state = any(p.kind == STATE or p.category == "country" for p in draft.agents)
    return "Air/drone strike" if noun or (verb and state) else None


_DECIDED = frozenset(
    "clash execution torture ceasefire pact group_change surrender base handover upheaval curfew martial_law".split()  # noqa: SIM905
)


def _fixed(draft: Draft) -> str | None:
    """What its trigger alone decides."""
    for mention in draft.mentions:
        if mention.cls.name in _DECIDED:
            return mention.cls.sub_event_type
    names = _strong(draft)
    if "looting" in names and not names & _PLAIN:
        return "Looting/property destruction"
    harmed = any(t.kind in ("killed", "injured") and not t.past for _, t in draft.tolls)
    if names & {"attack"} and draft.objects & things()["property"] and not draft.patients and not harmed:
        return "Looting/property destruction"
    return None


def _plain(draft: Draft, topic: str | None) -> str | None:
    """Attacks that only say who met whom: a clash between armed sides, an attack on others, or ordinary crime."""
    if not draft.names & _PLAIN and not (draft.weapons and "death" in draft.names):
        return None
    agents = {p.kind for p in draft.agents + draft.both + draft.claimants if p.kind}
    targets = {kind_as_target(p) for p in draft.patients if p.kind}
    political = any(p.civil or p.category == "named" for p in draft.patients)
    crime = topic == "crime" and not political
    if crime and all(p.category == "generic" for p in draft.agents):
        agents -= {"Political militia"}  # a gunman without a cause is a criminal
    if targets & ARMED and "Civilians" not in targets and (agents & ARMED or not crime):
        return "Armed clash"
    if "Civilians" in agents and not agents & ARMED and any(_is_crowd(p) for p in draft.agents):
        return "Mob violence"
    if any(_demonstrates(p) for p in draft.patients) and STATE in agents:
        return "Excessive force against protesters"
    told = targets or agents or draft.tolls
    return "Attack" if agents & ARMED or (told and not crime) else None


def kind_as_target(party: Party) -> str | None:
    """What ACLED counts who is attacked as: officials, members of parties and herders without arms are civilians."""
    if party.name.startswith("Government") or (party.civil and party.kind == "Political militia"):
        return "Civilians"
    herds = party.category == "generic" and set(party.mention.lower().split()) & things()["herders"]
    return "Civilians" if herds and "armed" not in party.mention.lower() else party.kind


def _is_crowd(party: Party) -> bool:
    """Civilians who act together are a mob."""
    return bool(set(party.mention.lower().split()) & things()["crowd"])
