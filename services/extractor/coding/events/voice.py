"""Active or passive, and whose subject a verb shares: what the tree tells of a verb without its lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.reading.tokens import Token

_RELATIVE = frozenset(("who", "that", "which", "whom", "whose"))


def is_passive(verb: Token) -> bool:
    """True for a verb whose subject suffers it, also where a headline leaves out the auxiliary."""
    deps = {c.dep_ for c in verb.children}
    if deps & {"nsubjpass", "auxpass", "agent"}:
        return True
    aimed = any(
        c.lower_ in ("at", "on", "upon", "into") and c.i == verb.i + 1 and tree.children(c, "pobj")
        for c in verb.children
    )
    shared = any(c.dep_ == "conj" and tree.children(c, "dobj") for c in verb.children)  # "shot and wounded a man"
    bare = not aimed and not shared and not deps & {"dobj", "aux", "xcomp", "prt"}
    if bare and verb.lower_ in cues()["suffered"].words and "nsubj" in deps:
        return True  # headlines leave out the auxiliary: "7 killed", "Journalist shot in Kabul"
    participle = not verb.lower_.endswith("ing")
    if verb.dep_ == "acl":
        return participle and "dobj" not in deps
    if verb.dep_ == "conj" and not deps & {"nsubj", "aux", "dobj"}:
        return is_passive(verb.head)
    return False


def subjects(verb: Token, seen: int = 0) -> list[Token]:
    """Own subject, else the governor's, as control and coordination share it."""
    own = [t for s in tree.children(verb, "nsubj", "nsubjpass") for t in tree.with_conjuncts(s)]
    if own:
        return [_antecedent(verb, t) for t in own]
    if seen > 4 or verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "acl", "relcl"):
        return []
    if verb.dep_ in ("acl", "relcl"):
        return [verb.head]
    above = tree.clause_of(verb.head) if verb.dep_ == "pcomp" else verb.head
    shared: list[Token] = []
    if verb.dep_ == "xcomp":
        shared = tree.children(above, "dobj")
    elif _holds_for(verb):  # "police hold a man for shooting": he shot, not they
        shared = tree.children(above, "nsubjpass") or tree.children(above, "dobj")
    elif verb.dep_ == "advcl" and is_passive(above) and not is_passive(verb):
        shared = tree.prepositions(above, "by")
    return shared or subjects(above, seen + 1)


_HOLDING = ("hold", "holds", "held", "holding")


def _holds_for(verb: Token) -> bool:
    """True for the grounds on which the verb above holds, charges or tries somebody."""
    if verb.dep_ != "pcomp" or verb.head.lower_ not in ("for", "of", "with"):
        return False
    above = tree.clause_of(verb.head)
    return cues()["suspect"].has_verb(above) or cues()["blaming"].has_verb(above) or above.lower_ in _HOLDING


def _antecedent(verb: Token, subject: Token) -> Token:
    if subject.lower_ in _RELATIVE and verb.dep_ in ("relcl", "acl"):
        return verb.head
    return subject
