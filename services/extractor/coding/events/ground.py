"""ACLED's rules for what is taken: towns and bases, and people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.kinds import ARMED, NON_STATE, STATE, doing, strong, trigger_words
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.lexicon.things import things

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention

_TAKEN = frozenset(("takeover", "fallen"))
_TRANSFER = "Non-violent transfer of territory"


def territory(draft: Draft) -> str | None:
    """Ground that is given up, retaken or overrun."""
    names = strong(draft)
    changed = draft.names & (_TAKEN | {"recapture", "handover", "entry"}) and not names & {"killing", "execution"}
    if changed and any(is_unopposed(m) for m in draft.mentions):
        return _TRANSFER
    if changed and STATE in doing(draft) and _within_walls(draft):
        return None
    if "handover" in names:
        return _TRANSFER if _of_territory(draft) else None
    if "recapture" in names and (_of_territory(draft) or not _persons_taken(draft)):
        retaken = _by_rebels(draft) and not names & _TAKEN  # else the rebels are those who had taken it
        return "Non-state actor overtakes territory" if retaken else "Government regains territory"
    if names & _TAKEN and (_of_territory(draft) or _takes_place(draft)) and not _persons_taken(draft):
        return _taken_by(draft)
    return "Change to group/activity" if draft.names == {"entry"} else None  # forces move, whatever comes of it


_WALLED = frozenset(("prison", "jail", "facility", "penitentiary", "hotel", "school", "university", "campus", "penal"))


def _within_walls(draft: Draft) -> bool:
    """True for police who "regained control of the prison": no ground changed hands."""
    return any(w in _WALLED for m in draft.mentions for w in _words_after(m)[:6])


def _by_rebels(draft: Draft) -> bool:
    kinds = {p.kind for p in draft.agents}
    return bool(kinds & NON_STATE) and STATE not in kinds


def _taken_by(draft: Draft) -> str | None:
    if _by_rebels(draft):
        return "Non-state actor overtakes territory"
    return "Government regains territory" if STATE in {p.kind for p in draft.agents} else None


def _of_territory(draft: Draft) -> bool:
    """True where the trigger or its object names ground: "withdrew from the town", "handed over control"."""
    words = trigger_words(draft)
    after = {w for m in draft.mentions for w in _words_after(m)}
    if (words | after | draft.objects) & things()["territory"]:
        return True
    given = "over" in words and "handover" in draft.names
    return not given and any(p.cost <= _NAME for p in draft.places)


_NAME, _NEAR = 2, 45  # steps to the name of what was taken; characters in which its noun stands


def _words_after(mention: Mention) -> list[str]:
    """The words right behind the trigger in its clause."""
    text = mention.view.sentence.text[mention.end : mention.end + _NEAR].lower()
    return re.split(r"[,;.:]", text)[0].split()


_OUSTING = frozenset(("from", "out", "of", "back", "dislodged", "dislodge", "expelled", "expel", "evicted", "over"))


_SEIZING = frozenset(("seize", "seizes", "seized", "seizing"))


def _holds_a_person(mention: Mention, draft: Draft) -> bool:
    """True where somebody is the verb's object, not "seized explosives from two men"."""
    objects = tree.children(mention.token, "dobj", "nsubjpass")
    people = [p for p in draft.patients if p.sentence is mention.view.sentence]
    return any(p.start <= t.idx < p.end for t in objects for p in people)


def _persons_taken(draft: Draft) -> bool:
    """True where people and no ground are the object: "captured a commander", "freed the hostages"."""
    words = trigger_words(draft)
    if words & _SEIZING and any(_holds_a_person(m, draft) for m in draft.mentions):
        words -= {"from"}  # "seized a priest from his parish" ousts nobody
    ground = (words | draft.objects) & (things()["territory"] | things()["property"] | _OUSTING)
    return any(p.kind in ARMED | {"Civilians"} for p in draft.patients) and not ground


def is_unopposed(mention: Mention) -> bool:
    """True where the sentence says that nobody fought for what was taken."""
    text = mention.view.sentence.text.lower()
    return any(word in text for word in cues()["unopposed"].words) or _left_behind(mention)


_WHEN_LEFT = frozenset(("after", "when", "as", "once"))


def _left_behind(mention: Mention) -> bool:
    """True for what was taken "after the army withdrew from it", where the sentence tells of no fight."""
    fought = any(cls.name in _FIGHTS for t in mention.view.triggers for cls, _ in t.readings)
    if fought or not mention.verbal:
        return False
    clauses = tree.children(mention.token, "advcl")
    return any(
        cues()["given_up"].has_verb(c) and any(m.lower_ in _WHEN_LEFT for m in tree.children(c, "mark", "advmod"))
        for c in clauses
    )


_FIGHTS = frozenset(("clash", "attack", "ambush", "shelling", "airstrike", "killing", "shooting"))


def _takes_place(draft: Draft) -> bool:
    """True where what was taken is a place by its name, or the trigger itself says so ("took control")."""
    takeovers = [m for m in draft.mentions if m.cls.name in _TAKEN]
    if any("control" in m.text.lower() or "over" in m.text.lower() for m in takeovers):
        return True
    reach = _NAME if all(m.verbal for m in takeovers) else _NAME + 1
    return any(p.cost <= reach for p in draft.places)


def captivity(draft: Draft) -> str | None:
    """Abducted and then killed is an attack; an arrest by others than the state is an abduction."""
    names = strong(draft)
    if "sexual" in names:
        return "Sexual violence"
    if "abduction" in names:
        return _taken(draft, names)
    if names & {"killing", "clash", "attack", "bomb_run", "shooting"}:
        return None
    if "takeover" in names and _persons_taken(draft):
        return "Arrests" if STATE in doing(draft) else "Abduction/forced disappearance"
    return _arrest(draft) if "arrest" in names else None


def _taken(draft: Draft, names: set[str]) -> str | None:
    if _clears_protest(draft):
        return "Protest with intervention"
    if draft.mentions[0].cls.name == "clash":
        return None  # captives are freed in a fight
    killed = any(t.kind == "killed" and not t.past for _, t in draft.tolls)
    return "Attack" if killed or names & {"killing", "execution"} else "Abduction/forced disappearance"


_LEADS_OFF = ("drag", "whisk", "haul", "carr", "bundle", "lead", "led")


def _clears_protest(draft: Draft) -> bool:
    """True for police who drag people away where the sentence tells of a protest: no forced disappearance."""
    taken = [m for m in draft.mentions if m.cls.name == "abduction"]
    if {p.kind for p in draft.agents} != {STATE} or not all(m.text.lower().startswith(_LEADS_OFF) for m in taken):
        return False
    return any(cls.name in _CROWDS for m in taken for t in m.view.triggers for cls, _ in t.readings)


_CROWDS = frozenset(("protest", "protesters", "dispersal"))


def _arrest(draft: Draft) -> str | None:
    if {p.kind for p in draft.agents} & NON_STATE:
        return "Abduction/forced disappearance"
    return None if _for_an_offence(draft) else "Arrests"


_GROUNDS = re.compile(
    r"\b(?:for|over|suspicion of|suspected of|charges? of|accused of|in connection with)\b([^.;]{0,60})"
)


def _for_an_offence(draft: Draft) -> bool:
    """True for the arrest of one who is nobody but a suspect of ordinary crime."""
    if any(p.kind != "Civilians" or p.category != "generic" for p in draft.patients):
        return False
    after = [m.view.sentence.text[m.end :].lower() for m in draft.mentions if m.cls.name == "arrest"]
    grounds = (found[1] for text in after if (found := _GROUNDS.search(text)) is not None)
    return any(set(re.findall(r"[a-z-]+", ground)) & things()["offence"] for ground in grounds)
