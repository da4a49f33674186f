"""What local news tells in words of violence and unrest: traffic, beasts, one who runs away, one held for a crime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.topics import CONFLICT

if TYPE_CHECKING:
    from services.extractor.coding.events.draft import Draft
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_ROAD = frozenset(("killing", "death", "injury", "strike", "weapon_impact", "unspecified", "ramming"))
_STRUCK = ("hit", "struck", "strik", "ran ", "run ", "mow", "plough", "plow", "clip", "knock")
_HARM = frozenset(
    (
        "attack",
        "shooting",
        "killing",
        "death",
        "injury",
        "unspecified",
        "strike",
        "stabbing",
        "beating",
        "weapon_impact",
    )
)
_ONESELF = frozenset(("himself", "herself", "themselves"))
_BROKE_OUT = ("escap", "break", "broke")
_MANY = 3
"""So many held make an arrest news of its own, whoever they are."""


def on_the_road(draft: Draft) -> bool:
    """True for "killed by a hit-and-run driver", "a motorist struck a cyclist": nobody is told to have meant it."""
    if not draft.names <= _ROAD or any(w.own and w.hint is not None for _, w in draft.weapons):
        return False
    if draft.doers and draft.doers <= things()["motorist"]:
        struck = any(m.text.lower().startswith(_STRUCK) for m in draft.mentions if m.cls.name != "ramming")
        return struck or bool(draft.doers & things()["hasty"]) or _told_of_traffic(draft)
    return not draft.agents and _told_of_traffic(draft)


def _told_of_traffic(draft: Draft) -> bool:
    texts = {m.view.sentence.text.lower() for m in draft.mentions}
    return any(word in text for text in sorted(texts) for word in sorted(things()["traffic"]))


def of_beasts(draft: Draft) -> bool:
    """True where only a beast suffers it: "police shot dead a bear", also one "that had attacked four people"."""
    if not draft.names <= _HARM:
        return False
    people = any(p.kind and not _is_beast(p.mention) for p in draft.patients)
    if draft.doers and draft.doers <= things()["keeper"] and not people:
        return True
    if people:
        verbs = [m.token for m in draft.mentions if m.verbal]
        return bool(verbs) and all(_beast_at(verb) for verb in verbs)
    return bool(_suffering(draft)) and _suffering(draft) <= things()["beast"]


def _is_beast(mention: str) -> bool:
    return mention.lower().rpartition(" ")[2] in things()["beast"]


def _beast_at(verb: Token) -> bool:
    """True where a beast does it, or suffers it with nobody else."""
    told = [t for c in tree.children(verb, "nsubj") for t in tree.with_conjuncts(c)]
    if verb.dep_ == "relcl" and any(t.lower_ in ("that", "which") for t in told):
        told = [verb.head]
    suffers = [t for c in tree.children(verb, "dobj", "nsubjpass") for t in tree.with_conjuncts(c)]
    beasts = things()["beast"]
    return any(t.lower_ in beasts for t in told) or (bool(suffers) and all(t.lower_ in beasts for t in suffers))


def _suffering(draft: Draft) -> set[str]:
    """Those that stand by the verbs as their objects; where none does, what the phrases around name."""
    verbs = [m.token for m in draft.mentions if m.verbal]
    beside = {t.lower_ for v in verbs for c in tree.children(v, "dobj", "nsubjpass") for t in tree.with_conjuncts(c)}
    return beside or draft.objects


_BLOWS = ("slap", "punch", "kick", "shov")


def one_blow(draft: Draft) -> bool:
    """True for one man or woman who slaps or punches somebody, with nobody hurt: no attempt at serious harm."""
    if draft.names != {"beating"} or draft.tolls or any(w.own for _, w in draft.weapons):
        return False
    if not all(m.verbal and m.text.lower().startswith(_BLOWS) for m in draft.mentions):
        return False
    armed = any(p.kind not in (None, "Civilians") for p in draft.agents + draft.both)
    return not armed and not any(d.endswith("s") or d in things()["crowd"] for d in draft.doers - {"his", "this"})


def to_oneself(draft: Draft) -> bool:
    """True for who hangs or shoots himself, with nobody else to suffer it; who blows himself up is another matter."""
    if not draft.names <= _HARM | {"execution"}:
        return False
    told = [c.lower_ for m in draft.mentions if m.verbal for c in tree.children(m.token, "dobj")]
    return bool(told) and set(told) <= _ONESELF and not any(p.kind for p in draft.patients)


def runs_away(draft: Draft) -> bool:
    """True for one man or a few who flee: a driver, a suspect; not for people who leave their homes."""
    if draft.names != {"displacement"} or any(t.number and (t.best or 0) > 1 for _, t in draft.tolls):
        return False
    return all(m.text.lower() in _ALONE and not _of_many(m) for m in draft.mentions)


_ALONE = frozenset(("flee", "flees", "fled", "fleeing", "flee into", "fled into", "fleeing into"))


def _of_many(mention: Mention) -> bool:
    """True where those who flee are many, or some by a name, and no culprits."""
    subjects = _subjects(mention)
    if any(s in things()["culprit"] or s in things()["motorist"] or s in ("he", "she", "who") for s in subjects):
        return False
    return any(s.endswith("s") or s in things()["crowd"] or s in ("people", "they", "men", "women") for s in subjects)


def _subjects(mention: Mention) -> list[str]:
    for token in (mention.token, *tree.ancestors(mention.token)):
        if found := tree.children(token, "nsubj", "nsubjpass"):
            return [t.lower_ for f in found for t in tree.with_conjuncts(f)]
    return []


def few_break_out(draft: Draft) -> bool:
    """True for an inmate who escapes: ACLED records the break-outs of many, and those that armed groups make."""
    if draft.names != {"upheaval"} or not all(m.text.lower().startswith(_BROKE_OUT) for m in draft.mentions):
        return False
    many = any((t.best or 0) >= _MANY for _, t in draft.tolls)
    subjects = [s for m in draft.mentions for s in _subjects(m)]
    return not many and all(not s.endswith("s") and s not in ("people", "men") for s in subjects)


_KIN = frozenset(
    (
        *(
            "mother",
            "father",
            "husband",
            "wife",
            "stepfather",
            "stepmother",
            "brother",
            "sister",
            "uncle",
            "aunt",
            "son",
        ),
        *("daughter", "boyfriend", "girlfriend", "ex-husband", "ex-wife", "ex-boyfriend", "ex-girlfriend", "cousin"),
        *("in-laws", "grandson", "nephew", "lover", "fiance", "partner", "parents", "stepson", "stepdaughter"),
    )
)
_THEIRS = ("his ", "her ", "their ")


def in_the_family(draft: Draft) -> bool:
    """True for "beaten by his mother", "killed his wife": ACLED records no violence at home."""
    if not draft.names <= _HARM | {"sexual", "execution", "arrest", "finding"}:
        return False
    if not draft.agents or any(p.kind != "Civilians" for p in draft.agents + draft.patients):
        return False
    doers, sufferers = ([_is_kin(p.mention) for p in side] for side in (draft.agents, draft.patients))
    alone = len(draft.agents) == 1 and not draft.agents[0].mention.lower().endswith("s")
    return all(doers) or (alone and not draft.doers & things()["crowd"] and bool(sufferers) and all(sufferers))


def _is_kin(phrase: str) -> bool:
    words = phrase.lower()
    return words.startswith(_THEIRS) and words.split()[-1] in _KIN


def held_for_a_crime(draft: Draft, topic: str | None) -> bool:
    """True for the arrest of one who is nobody but a suspect: no public figure, no group's man, none of many."""
    if topic == CONFLICT or draft.names - {"arrest", "finding", "unspecified", "operation"}:
        return False
    if any((t.best or 0) >= _MANY for _, t in draft.tolls) or _suffering(draft) & things()["figure"]:
        return False
    if any(not p.name.startswith("Police") for p in draft.agents):
        return False
    if any(p.kind not in (None, "Civilians") or p.category not in ("generic", "person") for p in draft.patients):
        return False
    suspects = things()["culprit"] | things()["motorist"] | things()["suspect"]
    return topic in ("crime", "disaster") or (bool(_suffering(draft)) and _suffering(draft) <= suspects)
