"""Violence that a work tells of: what happens in films, novels and games."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.things import things

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_MAX_STEPS = 5
# What a work does with what happens in it.
_TELLING = re.compile(
    r"(?:follow|tell|show|depict|portray|feature|cent(?:er|re)|revolve|recount|chart|chronicle|dramati[sz]e|imagine|"
    r"recreate|open|begin|end|star|explore|narrate|describe|trace|retell|reimagine|see|let|allow|pit|evoke|document)"
    r"(?:s|es|ed|d|ing)?$"
)


_SCENE = re.compile(r"\b(?:climactic|opening|closing|final|pivotal|memorable|fight|chase) scenes?\b", re.IGNORECASE)
_PLAYS = frozenset(("play", "plays", "played", "playing", "portray", "portrays", "portrayed", "portraying"))


def _played(verb: Token) -> bool:
    """True for "plays a policeman who shoots a thief", "stars as a spy who blows up a bridge"."""
    if verb.dep_ != "relcl":
        return False
    who = tree.first_conjunct(verb.head)
    if who.dep_ == "pobj" and who.head.lower_ == "as":
        return who.head.head.lower_ in ("stars", "star", "starring", "starred", "cast")
    return who.dep_ == "dobj" and who.head.lower_ in _PLAYS and who.lower_ not in ("role", "part", "game", "match")


def in_a_work(mention: Mention) -> bool:
    """True for what happens in a film, a novel or a game: "in the film, …", "the novel follows a boy who killed …"."""
    token = mention.token
    if _SCENE.search(mention.view.sentence.text) or _played(token):
        return True
    doing = tree.first_conjunct(token)
    if mention.verbal and any(_is_invented(s) for s in tree.children(doing, "nsubj", "nsubjpass")):
        return True
    for steps, above in enumerate((token, *tree.ancestors(token))):
        if steps > _MAX_STEPS:
            break
        if any(_names_a_work(o) for o in tree.prepositions(above, "in", "of", "throughout") if o.i != token.i):
            return steps == 0 or tree.is_verbal(above)
        if tree.is_verbal(above) and any(_tells(s, above) for s in tree.children(above, "nsubj", "nsubjpass")):
            return True
    return False


def _is_invented(subject: Token) -> bool:
    """A character, or those who play a game."""
    if subject.lower_ in things()["cast"]:
        return True
    return subject.lower_ == "players" and any(_names_a_work(t) for t in tree.prepositions(subject, "of", "in"))


def _tells(subject: Token, verb: Token) -> bool:
    works = things()["work"] | things()["tale"]
    return subject.lower_ in works and _TELLING.match(verb.lower_) is not None


def _names_a_work(token: Token) -> bool:
    return token.lower_ in things()["work"]
