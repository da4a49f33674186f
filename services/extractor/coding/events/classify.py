"""Which of ACLED's sub-event types a draft is, by its codebook's decision rules."""

from __future__ import annotations

import re

from services.extractor.coding.events import tree
from services.extractor.coding.events.accident import unmeant
from services.extractor.coding.events.crowds import at_sea, crowd, mob
from services.extractor.coding.events.draft import Draft
from services.extractor.coding.events.everyday import few_break_out, held_for_a_crime, in_the_family
from services.extractor.coding.events.ground import captivity, territory
from services.extractor.coding.events.kinds import (
    ARMED,
    PRONOUNS,
    STATE,
    burnt,
    demonstrates,
    somebody_hurt,
    strong,
)
from services.extractor.coding.events.lawful import by_sentence
from services.extractor.coding.events.party import Party
from services.extractor.coding.events.remote import remote
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.topics import CONFLICT

_PLAIN = frozenset(
    (
        *("attack", "shooting", "killing", "stabbing", "ramming", "beating", "death", "injury", "ambush", "strike"),
        *("weapon_impact",),
    )
)


def sub_event_type(draft: Draft, topic: str | None) -> str | None:
    """ACLED's sub-event type of a draft of violence; null for what ACLED does not record."""
    if draft.domain == "diplomacy":
        return _move(draft)
    if by_sentence(draft) or few_break_out(draft) or _only_rehearses(draft) or unmeant(draft) or in_the_family(draft):
        return None
    for rule in (_on_patrol, _weapons_taken, mob, at_sea, crowd, captivity, remote, territory, _fixed):
        if (found := rule(draft)) is not None:
            return None if found == "Arrests" and held_for_a_crime(draft, topic) else found
    return _plain(draft, topic)


def _on_patrol(draft: Draft) -> str | None:
    """Who patrols only moves, whatever he carries."""
    return "Change to group/activity" if draft.names == {"patrol"} else None


_PUT_OFF = (
    "postpon",
    "cancel",
    "suspend",
    "halt",
    "delay",
    "scrap",
    "denounc",
    "condemn",
    "critici",
    "oppos",
    "propos",
)
_REHEARSALS = ("drill", "drills", "exercise", "exercises", "games")


def _only_rehearses(draft: Draft) -> bool:
    """True for war games that somebody speaks against or puts off: no forces move."""
    if draft.names != {"group_change"} or not all(m.text.lower().endswith(_REHEARSALS) for m in draft.mentions):
        return False
    above = {a.lower_ for m in draft.mentions for a in tree.ancestors(m.token)}
    return not draft.agents and any(a.startswith(_PUT_OFF) for a in above)


def _move(draft: Draft) -> str | None:
    """Armed forces that deploy or pull back change what they do; governments that do so only talk."""
    armed = any(p.kind in ARMED and "Government" not in p.name for p in draft.agents + draft.patients)
    moves = draft.names & {"mobilize", "retreat"} and any(m.verbal for m in draft.mentions)
    return "Change to group/activity" if armed and moves else None


# What is taken or found where weapons are its object, and what goes with that.
_TAKING = frozenset(("finding", "takeover", "looting", "robbery"))
_OF_WEAPONS = _TAKING | {
    "destruction",
    "weapons_seizure",
    "interception",
    "arrest",
    "ied",
    "explosion",
    "grenade",
    "bomb_run",
}


def _weapons_taken(draft: Draft) -> str | None:
    """An interception, a defusal, a find: unless it came of a fight or a blast."""
    taken = bool(draft.names & {"weapons_seizure", "interception"})
    if draft.names & _TAKING and draft.objects & things()["weapon"] and not draft.doers & things()["weapon"]:
        taken = True
    if not taken:
        return None
    return None if strong(draft) - _OF_WEAPONS else "Disrupted weapons use"


_DECIDED = frozenset(
    (
        *("clash", "execution", "torture", "ceasefire", "assent", "pact", "group_change", "surrender", "capitulation"),
        *("base", "upheaval", "curfew", "martial_law", "displacement"),
    )
)


_TRIBES = frozenset(("tribes", "clans", "tribesmen", "clansmen", "sub-clans", "subclans"))


def _fixed(draft: Draft) -> str | None:
    """What its trigger alone decides; who lays down arms as he surrenders makes an agreement."""
    if draft.names <= {"surrender", "capitulation"} and "capitulation" in draft.names:
        return "Agreement"
    for mention in draft.mentions:
        if mention.cls.name == "clash" and _unarmed(draft):
            if draft.doers & _TRIBES:
                return "Armed clash"
            if not mention.text.lower().startswith(("fight", "fought")):
                return "Mob violence"  # communities clash, two drunks fight
        elif mention.cls.name in _DECIDED:
            return mention.cls.sub_event_type
    names = strong(draft)
    if _wrecked(draft) and (not names & _PLAIN or _of_things_alone(draft, names)):
        person = not draft.things and ({p.kind for p in draft.patients} & {"Civilians"} or draft.objects & PRONOUNS)
        burnt_alive = person and any(burnt(m) for m in draft.mentions)
        return "Attack" if burnt_alive or _cost_lives(draft) else "Looting/property destruction"
    aimed = draft.objects & things()["property"] and "destruction" not in draft.names
    only_things = aimed and not draft.patients and not somebody_hurt(draft)
    return "Looting/property destruction" if names & {"attack"} and only_things else None


def _cost_lives(draft: Draft) -> bool:
    """True for a raid in which people died: what is done to people comes before what is done to things."""
    fell = any(t.kind == "killed" and t.number and not t.past and not t.attackers for _, t in draft.tolls)
    return fell and "death" in draft.names


def _of_things_alone(draft: Draft, names: set[str]) -> bool:
    """True for an attack that is told to have hit property and nobody: "attacked the site and burned two trucks"."""
    return names & _PLAIN <= {"attack"} and not draft.patients and not somebody_hurt(draft)


def _wrecked(draft: Draft) -> bool:
    """True for property that was looted, burnt or broken, or robbed by a group that is no common thief."""
    armed = any(p.kind in ARMED or p.category == "country" for p in draft.agents)
    robbed = "robbery" in draft.names and any(p.kind in ARMED and p.category != "generic" for p in draft.agents)
    return "looting" in strong(draft) or robbed or ("destruction" in draft.names and (armed or not draft.agents))


def _unarmed(draft: Draft) -> bool:
    """True for a fight in which only civilians are told to take part."""
    sides = draft.both + draft.agents + draft.patients
    return bool(sides) and all(p.kind == "Civilians" for p in sides) and not any(w.own for _, w in draft.weapons)


def _plain(draft: Draft, topic: str | None) -> str | None:
    """Attacks that only say who met whom: a clash between armed sides, an attack on others, or ordinary crime."""
    if not draft.names & _PLAIN and not (draft.weapons and "death" in draft.names):
        return None
    agents = {p.kind for p in draft.agents + draft.both + draft.claimants if p.kind}
    targets = {kind_as_target(p) for p in draft.patients if p.kind}
    political = any(p.civil or p.category == "named" for p in draft.patients)
    crime = (topic == "crime" or _by_someone(draft)) and not political
    if crime and all(p.category == "generic" for p in draft.agents):
        agents -= {"Political militia"}  # a gunman without a cause is a criminal
    met = targets & ARMED and "Civilians" not in targets and (agents & ARMED or not crime)
    if met or (agents & ARMED and _on_a_position(draft)):
        return "Armed clash"
    if "Civilians" in agents and not agents & ARMED and any(_is_crowd(p) for p in draft.agents):
        return "Mob violence"
    if any(demonstrates(p) for p in draft.patients) and STATE in agents:
        return "Excessive force against protesters"
    # people by a name or a word that is not known: victims of a quarrel as likely, but where the talk is of conflict
    fell = topic == CONFLICT and draft.objects and draft.names & {"shooting", "killing", "stabbing"}
    told = agents or draft.tolls or fell or any(p.kind and p.category != "person" for p in draft.patients)
    return "Attack" if agents & ARMED or (told and not crime) else None


def _by_someone(draft: Draft) -> bool:
    """True where nobody knows who did it but that it was one person: "someone opened fire"."""
    subjects = [c for m in draft.mentions if m.verbal for c in m.token.children if c.dep_ == "nsubj"]
    return not draft.agents and any(c.lower_ in ("someone", "somebody") for c in subjects)


def kind_as_target(party: Party) -> str | None:
    """What ACLED counts who is attacked as: officials, members of parties and herders without arms are civilians."""
    if party.name == "United Nations" and not any(w in party.mention.lower() for w in _BLUE):
        return "Civilians"  # aid workers, but for the peacekeepers
    if party.name.startswith("Government") or (party.civil and party.kind == "Political militia"):
        return "Civilians"
    herds = party.category == "generic" and set(party.mention.lower().split()) & things()["herders"]
    return "Civilians" if herds and "armed" not in party.mention.lower() else party.kind


_BLUE = ("peace", "mission", "force", "troop", "soldier", "blue helmet", "contingent")
_ANYBODY = frozenset(("people", "persons", "person", "others", "dead", "men", "man", "individuals"))
_POSITION = re.compile(
    r"\b(?:army|military|police|paramilitary|security|naval|border guard|gendarmerie|troops?|peacekeep\w+) "
    r"(?:camp|station|base|post|academy|convoy|position|headquarters|checkpoint|outpost|barracks)"
)


def _on_a_position(draft: Draft) -> bool:
    """True for an attack on a post or a base, unless those who fell there are told to be civilians."""
    near = (m.view.sentence.text[m.start : m.end + 80].lower() for m in draft.mentions)
    if not draft.objects & things()["military"] and not any(_POSITION.search(text) for text in near):
        return False
    civilians = [p for p in draft.patients if kind_as_target(p) == "Civilians"]
    if STATE in {p.kind for p in draft.agents} and civilians:
        return False  # soldiers at their own checkpoint attack those who come to it
    return all(p.mention.lower().split()[-1] in _ANYBODY for p in civilians)


def _is_crowd(party: Party) -> bool:
    """Civilians who act together are a mob."""
    return bool(set(party.mention.lower().split()) & things()["crowd"])
