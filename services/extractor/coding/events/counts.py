"""Which drafts make events at all: not the words that only hint, nor violence in an article about something else."""

from __future__ import annotations

from services.extractor.coding.events import tree
from services.extractor.coding.events.draft import Draft
from services.extractor.coding.events.ground import is_unopposed
from services.extractor.coding.events.kinds import ARMED, STATE
from services.extractor.coding.events.mentions import Mention
from services.extractor.coding.events.party import Party
from services.extractor.coding.events.vague import only_spoken_of
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.lexicon.matcher import fold
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.topics import CONFLICT, topic_counter

# Topics in which words of violence are figures of speech or mishaps, and what is meant as said in them all the same.
_BLOODLESS = {
    "sport": frozenset(("protest", "riot", "suicide", "airstrike", "mob")),
    "entertainment": frozenset(("protest", "riot")),
    "business": frozenset(("boycott", "labour_strike", "hunger_strike", "protest", "riot", "suicide", "dispersal")),
    "labour": frozenset(("labour_strike", "hunger_strike", "boycott", "protest", "riot", "dispersal", "suicide")),
    "animals": frozenset(("protest", "riot", "dispersal", "suicide", "airstrike", "mob", "abduction")),
    "science": frozenset(("protest", "riot", "dispersal", "suicide")),
    "disaster": frozenset(("protest", "protesters", "riot", "suicide", "airstrike", "drone_strike", "chemical")),
}


def counts(draft: Draft, topic: str | None) -> bool:
    """False for what makes no event."""
    if draft.domain != "violence":
        return _addressed(draft, topic)
    if topic in _BLOODLESS and not draft.names & _BLOODLESS[topic] and not _meant(draft, topic):
        return False
    if draft.names <= _OF_FORCES and not _of_forces(draft):
        return False
    if draft.names == {"displacement"} and _makes_off(draft):
        return False
    if draft.names == {"displacement"} and all(m.token.dep_ == "acl" and m.verbal for m in draft.mentions):
        return draft.mentions[0].token.head.dep_ == "ROOT"  # "women displaced by fighting" only says who they are
    return _bodily(draft) and not only_spoken_of(draft) and (not draft.weak or _borne_out(draft))


def _addressed(draft: Draft, topic: str | None) -> bool:
    """True for an act of diplomacy that somebody does, to somebody or with something said of it."""
    people = draft.agents + draft.both + draft.patients
    if not any(p.category in _ACTS or p.country is not None for p in people):
        return False
    if draft.names & _MOVES and any(
        p.kind in ARMED and (draft.places or p.category != "generic") for p in draft.agents
    ):
        return True
    whole = any(m.verbal and (_is_phrase(m) or m.governed is not None or _has_clause(m)) for m in draft.mentions)
    whole = whole or bool(draft.names & _ALONE and any(_not_police(p) for p in draft.agents))
    whole = whole or (topic not in _BLOODLESS and any(_strikes_something(m) for m in draft.mentions))
    mutual = "agree" in draft.names and len({p.country for p in draft.agents}) > 1
    return bool(draft.agents + draft.both) and bool(draft.patients or draft.both or whole or mutual)


def _makes_off(draft: Draft) -> bool:
    """Gunmen who flee the scene are not displaced."""
    flight = all(m.verbal and m.text.lower().startswith(("flee", "fled")) for m in draft.mentions)
    return flight and not draft.tolls and bool(draft.agents) and all(p.kind in ARMED for p in draft.agents)


# Who can act in diplomacy; people without a name only suffer it.
_ACTS = frozenset(("named", "state", "country"))
# What is told whole without anybody to whom it is done; that the police investigate is told of any crime.
_ALONE = frozenset(("resign", "investigate", "weapons_test"))


def _is_phrase(mention: Mention) -> bool:
    return " " in mention.text or mention.inverted


def _strikes_something(mention: Mention) -> bool:
    """`confiscated farms`: what a state takes or forbids is told by the object, if not whose it was."""
    objects = any(c.dep_ == "dobj" for c in mention.token.children)
    return objects and mention.verbal and mention.cls.plover == "COERCE"


def _not_police(party: Party) -> bool:
    return party.category in _ACTS and not party.name.startswith("Police")


# What forces do by themselves.
_MOVES = frozenset(("mobilize", "retreat", "alert", "police_up"))


_QUOTES = frozenset(('"', "\u201c", "\u201d", "''", "``"))


def _has_clause(mention: Mention) -> bool:
    """`demanded that …`, `threatened to …`, "…", he warned: what is said is told, if not to whom."""
    if mention.cls.turn is None:
        return False
    said = ("xcomp", "ccomp", "advcl")
    return any(c.dep_ in said or c.text in _QUOTES for c in mention.token.children)


def _borne_out(draft: Draft) -> bool:
    """True where what only hints at violence stands beside a weapon, an armed actor or what tells the same."""
    armed = any(p.kind in ARMED or p.category == "country" for p in draft.agents + draft.both)
    found = "finding" in draft.names and bool(draft.objects & things()["weapon"])
    named = draft.names - {"protesters", "finding", "operation"}
    if named == {"patrol"}:
        return _patrols(draft)
    if named <= {"entry"}:
        moved = bool(named) and armed
        return found or (moved and (any(is_unopposed(m) for m in draft.mentions) or _on_ground(draft)))
    aimed = armed and draft.names <= {"strike", "operation", "destruction"} and _aimed_at_ground(draft)
    wrecked = "destruction" in named and bool(draft.things)
    if draft.doers & _DEVICES and any(m.text.lower() in _GOES_OFF for m in draft.mentions):
        return True  # "a device went off outside a bank"
    by_mob = any(p.kind == "Rioters" for p in draft.agents)  # "shops were burned by a mob"
    if found or aimed or any(w.own for _, w in draft.weapons) or (wrecked and (by_mob or "unspecified" in named)):
        return True
    fell = any(t.kind == "killed" and t.number and not t.past for _, t in draft.tolls)
    if fell and any(m.text.lower().startswith("raid") and not m.verbal for m in draft.mentions):
        return True  # "a raid left eight people dead"
    return armed and bool(draft.patients or draft.tolls or wrecked)


_DEVICES = frozenset(("device", "devices", "charge", "charges", "uxo", "ordnance"))
_GOES_OFF = frozenset(("go off", "goes off", "went off", "going off", "gone off"))


def _patrols(draft: Draft) -> bool:
    if all(m.verbal and m.token.dep_ in _DESCRIBING for m in draft.mentions):
        return False  # "soldiers patrolling the road were hit" only says who they are
    armed = any(p.kind in ARMED and (draft.places or p.category != "generic") for p in draft.agents)
    ours = bool(draft.doers & things()["patroller"]) or any(p.category == "country" for p in draft.agents)
    return armed or (ours and bool(draft.places))


_DESCRIBING = frozenset(("acl", "relcl", "csubj", "amod", "advcl", "pcomp"))


def _on_ground(draft: Draft) -> bool:
    """True where the place that is entered is a town or a part of the country."""
    return any(p.cost <= _BESIDE and p.mention.candidates[0].kind != "country" for p in draft.places)


def _aimed_at_ground(draft: Draft) -> bool:
    """True for "targeted the outskirts of the town": nobody speaks so of towns but of those who bomb them."""
    return bool(draft.objects & things()["territory"]) or any(
        m.verbal and p.cost <= 1 and p.mention.candidates[0].kind in _TOWNS
        for m in draft.mentions
        for p in draft.places
    )


# Steps from a word of going to the name of where.
_BESIDE = 4


def _meant(draft: Draft, topic: str) -> bool:
    """True for people killed among the words of sport and business: fans who fought, a banker who was shot."""
    if topic == "disaster":  # no storm shoots or stabs
        return _by_hand(draft) or any(w.own and w.hint is not None for _, w in draft.weapons)
    if topic == "animals":
        people = any(p.kind for p in draft.patients) or any(p.kind in ARMED and p.kind != STATE for p in draft.agents)
        return people or not draft.names <= _TO_BEASTS
    if topic == "sport" and draft.names & {"clash", "brawl", "attack"} and draft.doers & things()["crowd"]:
        return True  # the fans, not the teams
    fell = any(t.kind == "killed" and not t.past for _, t in draft.tolls)
    armed = any(p.kind in ARMED and p.category != "country" for p in draft.agents + draft.both)
    on_people = any(w.own for _, w in draft.weapons) or any(p.kind == "Civilians" for p in draft.patients)
    on_people = on_people or bool(draft.names & {"shooting", "killing", "stabbing", "abduction"})
    if _by_hand(draft) and (any(_looked_into(m) for m in draft.mentions) or _people_shot(draft) or _died_of_it(draft)):
        return True
    return topic != "entertainment" and (fell or (armed and on_people))


# What is done to beasts as well as to people.
_TO_BEASTS = frozenset(("attack", "shooting", "killing", "death", "injury", "execution", "beating", "unspecified"))


def _by_hand(draft: Draft) -> bool:
    """True for what somebody does with a gun or a knife; "fire at a factory" is told by a word of shooting too."""
    return any(m.cls.name in _BY_HAND and not m.text.lower().startswith("fir") for m in draft.mentions)


def _people_shot(draft: Draft) -> bool:
    """True for "a boy was shot", which no sport tells of; the film that "was shot" is nobody."""
    people = any(p.kind == "Civilians" and p.category == "generic" for p in draft.patients)
    return people and any(m.verbal and tree.children(m.token, "nsubjpass") for m in draft.mentions)


def _died_of_it(draft: Draft) -> bool:
    """True for "died on Tuesday after being shot": what happens in a film has no day."""
    day = draft.when is not None and draft.when.mention is not None and draft.when.precision == "day"
    return day and bool(draft.names & {"death", "killing"})


def _looked_into(mention: Mention) -> bool:
    """True where the sentence names police or a hospital."""
    return any(token.lower_ in cues()["inquiring"].words for token in mention.view.doc)


_BY_HAND = frozenset(("shooting", "stabbing", "execution", "sexual", "torture"))


# What companies, bands and clubs do as well as forces: only of those that bear arms, or where the talk is of conflict.
_OF_FORCES = frozenset(
    (
        "base",
        "group_change",
        "surrender",
        "handover",
        "takeover",
        "recapture",
        "fallen",
        "weapons_seizure",
        "interception",
    )
)


_UNITS = frozenset(("forces", "troops", "soldiers", "army", "fighters", "rebels", "militants", "units", "brigades"))


_GROUND = frozenset(("takeover", "recapture", "fallen"))
_SETTLED = frozenset(
    ("town", "towns", "village", "villages", "city", "cities", "hilltop", "hilltops", "airbase", "airport")
)
_TOWNS = frozenset(("town", "admin2", "unknown"))


def _of_forces(draft: Draft) -> bool:
    parties = draft.agents + draft.both + draft.patients
    if any(p.kind in ARMED or p.category in ("named", "state", "country") for p in parties):
        return True
    if draft.names <= {"weapons_seizure", "interception"} or draft.weapons or draft.objects & things()["weapon"]:
        return True
    if draft.doers & _UNITS:
        return True
    if draft.names & _GROUND and any(p.cost <= 1 and p.mention.candidates[0].kind in _TOWNS for p in draft.places):
        return True  # a town is taken by nobody else
    if draft.names & _GROUND and draft.places and draft.objects & _SETTLED:
        return True
    texts = {m.view.sentence.text for m in draft.mentions}
    return any(topic_counter().count(fold(text))[CONFLICT] for text in sorted(texts))


# Classes whose words are figures of speech as often as not: they need somebody, something or a number beside them.
_FIGURATIVE = frozenset(
    (
        *("attack", "clash", "ambush", "shooting", "killing", "bomb_run", "strike", "takeover", "looting", "stabbing"),
        *("beating", "robbery", "brawl", "shelling", "explosion", "arrest", "sexual", "destruction"),
    )
)


_ONESELF = frozenset(("himself", "herself", "themselves", "itself", "myself"))


def _befell_somebody(draft: Draft) -> bool:
    """True for "they were attacked", "her husband was beaten": the sufferer is told by a word that names nobody."""
    verbs = [m.token for m in draft.mentions if m.verbal and not m.cls.weak]
    passive = [s.lower_ for v in verbs for s in tree.children(v, "nsubjpass")]
    shared = [s.lower_ for v in verbs if v.dep_ == "conj" for s in tree.children(tree.first_conjunct(v), "nsubjpass")]
    return bool({*passive, *shared} & _SOMEBODY)


_SOMEBODY = frozenset(("he", "she", "they", "we", "i", "who", "him", "her", "them"))


def _bodily(draft: Draft) -> bool:
    """False for a word of violence with nobody to do or suffer it, no weapon, no toll and no place but a country."""
    if draft.objects and draft.objects <= _ONESELF and "suicide" not in draft.names:
        return False  # who hangs himself
    if draft.names == {"execution"} and all(m.text.lower().startswith("execut") for m in draft.mentions):
        return bool(draft.patients or draft.tolls)  # plans and contracts are executed too
    if "arrest" in draft.names and any(
        m.text.lower().endswith((" arrest", " custody", " bars")) for m in draft.mentions
    ):
        return True  # "put his rival under house arrest"
    if draft.names - _FIGURATIVE - {"death", "injury", "unspecified"} or any(m.held for m in draft.mentions):
        return True
    if _by_hand(draft) and any(m.cls.name == "death" and m.verbal for m in draft.mentions):
        return True  # "died after being shot"
    people = draft.agents or draft.both or draft.patients or draft.things or draft.claimants or _befell_somebody(draft)
    placed = any(p.mention.candidates[0].kind != "country" for p in draft.places)
    return bool(people or draft.weapons or draft.tolls or placed)
