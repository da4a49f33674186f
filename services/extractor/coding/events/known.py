"""Deeds that a sentence takes as known, to say something else: "met the families of those killed in the raid"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

_CLAUSES = frozenset(("relcl", "acl"))
_NEW = frozenset(("a", "an", "another"))
# Who claims a deed, or denies to have done it, tells of it.
_CREDIT = frozenset(("responsibility", "credit", "involvement"))
# What is named after these came before, whether the reader knows it or not: "in the wake of a strike".
_BACKDROP = frozenset(("wake", "aftermath", "backdrop", "connection", "time", "days", "weeks", "months", "hours"))

_STEPS = 3


def taken_as_known(mention: Mention) -> bool:
    """True where the sentence does not assert the deed: it only says by it who or what is meant, or reacts to it."""
    if mention.view.sentence.headline or mention.view.sentence.part == "title":
        return False
    child = mention.token
    known = False
    for governor in tree.ancestors(child):
        if governor.lower_ in _CREDIT:
            return False
        if child.dep_ == "ccomp" and cues()["saying"].has_verb(governor):
            break  # "…, adding that rebels shelled the town": whoever says it, it is told
        known = known or _is_known_below(mention, governor, child)
        child = governor
    return known


def _is_known_below(mention: Mention, governor: Token, child: Token) -> bool:
    new = not mention.verbal and _is_new(mention.token)
    if child.dep_ in _CLAUSES:
        return not (_asserted(mention, child) or _is_said_to_be(governor))
    if child.dep_ == "prep" and child.lower_ != "by":
        return _belongs(governor) and not (new and governor.lower_ not in _BACKDROP)
    return child.dep_ in ("dobj", "nsubjpass") and not new and cues()["answering"].has_verb(governor)


def _asserted(mention: Mention, clause: Token) -> bool:
    """True for "on Sunday, when a bomb killed nine", as new as the day, and for "an attempt to kill"."""
    if any(c.lower_ == "when" or (c.dep_ == "aux" and c.lower_ == "to") for c in clause.children):
        return True
    before = clause.left_edge.i - 1
    loose = clause.dep_ == "relcl" or clause.lower_.endswith("ing")
    if loose and before > 0 and mention.view.doc.tokens[before].text == ",":
        return True  # "…, who shelled the town": it does not say which are meant, but what they did
    while before > 0 and mention.view.doc.tokens[before].is_punct:
        before -= 1
    at = mention.view.doc.tokens[max(before, 0)].idx
    return any(d.start <= at < d.end for d in mention.view.dates)


_BE = frozenset(("is", "are", "was", "were", "be", "been", "'s"))


def _is_said_to_be(noun: Token) -> bool:
    """True for what somebody is said to be: "is among the nine killed", "was one of those who were shot"."""
    if noun.dep_ == "attr":
        return True
    steps = [t for t, _ in zip(tree.ancestors(noun), range(_STEPS), strict=False)]
    return noun.dep_ == "pobj" and noun.head.lower_ in ("among", "of") and any(t.lower_ in _BE for t in steps)


def _belongs(noun: Token) -> bool:
    """True for a noun that what stands below it describes, unless it only counts deeds: "a series of blasts"."""
    if noun.dep_ not in tree.NOMINAL:
        return False
    words = cues()
    if noun.lower_ in words["containers"].words or noun.lower_ in words["deeds"].words:
        return False
    return not words["suffering"].has_verb(noun.head)


def _is_new(noun: Token) -> bool:
    """True for a deed that the sentence brings in: "a raid", "the murder of a man", "killings"."""
    whom = [of for prep in tree.children(noun, "prep") if prep.lower_ == "of" for of in tree.children(prep, "pobj")]
    return any(_is_indefinite(t) for t in (noun, *whom))


def _is_indefinite(noun: Token) -> bool:
    before = {c.lower_ for c in noun.children if c.dep_ in ("det", "poss")}
    counted = any(c.dep_ == "nummod" for c in noun.children)
    return bool(before & _NEW) or (not before and (counted or noun.lower_.endswith("s")))
