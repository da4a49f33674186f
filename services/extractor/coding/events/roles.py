"""Who did it to whom: the tokens that head the doer's and the sufferer's phrases of a mention, by the parse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from spacy.tokens import Token

    from services.extractor.coding.events.mentions import Mention

_RELATIVE = frozenset(("who", "that", "which", "whom", "whose"))


@dataclass(slots=True)
class Roles:
    """Heads of phrases, the nearest first; whether they are actors at all is decided later."""

    agents: list[Token] = field(default_factory=list)
    patients: list[Token] = field(default_factory=list)
    both: list[Token] = field(default_factory=list)
    claimants: list[Token] = field(default_factory=list)


def roles(mention: Mention) -> Roles:
    """The roles around a mention."""
    if mention.verbal and not mention.attributive:
        found = _verb_roles(mention.token, (mention.start, mention.end))
    else:
        found = _noun_roles(mention)
    if mention.verbal:
        _by_frame(mention, found)
    elif mention.cls.frame == "clash":
        found.both = found.agents + found.patients + found.both
    return found


_ADDRESSED = ("to", "with", "against", "on", "from", "for")


def _by_frame(mention: Mention, found: Roles) -> None:
    """What the verb's class makes of its subject and objects."""
    verb = mention.token
    if mention.cls.frame == "harm" and not _is_passive(verb) and not tree.children(verb, "dobj"):
        found.patients, found.agents = found.patients or found.agents, []  # "ten people died"
    elif mention.cls.frame == "talk":
        for inner in tree.children(verb, "dobj", "dative"):
            found.patients += tree.prepositions(inner, *_ADDRESSED) + tree.children(inner, "poss")
        found.patients += tree.prepositions(verb, *_ADDRESSED, "of")
    elif mention.cls.frame == "clash":
        found.both = found.agents + found.patients + tree.prepositions(verb, "with", "against", "between")
        found.agents, found.patients = [], []


def _is_passive(verb: Token) -> bool:
    deps = {c.dep_ for c in verb.children}
    if deps & {"nsubjpass", "auxpass", "agent"}:
        return True
    if not deps & {"dobj", "aux", "xcomp", "prt"} and verb.lower_ in cues()["suffered"].words and "nsubj" in deps:
        return True  # headlines leave out the auxiliary: "7 killed", "Journalist shot in Kabul"
    participle = not verb.lower_.endswith("ing")
    if verb.dep_ == "acl":
        return participle and "dobj" not in deps
    if verb.dep_ == "conj" and not deps & {"nsubj", "aux", "dobj"}:
        return _is_passive(verb.head)
    return False


def _subjects(verb: Token, seen: int = 0) -> list[Token]:
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
    elif verb.dep_ == "advcl" and _is_passive(above) and not _is_passive(verb):
        shared = tree.prepositions(above, "by")
    return shared or _subjects(above, seen + 1)


def _antecedent(verb: Token, subject: Token) -> Token:
    if subject.lower_ in _RELATIVE and verb.dep_ in ("relcl", "acl"):
        return verb.head
    return subject


_AT = ("on", "at", "against", "upon", "targeting")


def _verb_roles(verb: Token, covered: tuple[int, int]) -> Roles:
    found = Roles()
    subjects = _subjects(verb)
    objects = [t for o in tree.children(verb, "dobj", "dative") for t in tree.with_conjuncts(o)]
    inside = [t for t in objects if covered[0] <= t.idx < covered[1]]  # the deed's noun in "launched an attack on X"
    objects = [t for t in objects if t not in inside]
    aimed = [t for noun in inside for t in tree.prepositions(noun, *_AT)]
    if _is_passive(verb):
        found.patients = subjects
        found.agents = tree.prepositions(verb, "by")
    else:
        found.agents = subjects
        found.patients = objects
        if verb.dep_ == "relcl" and not objects and verb.head not in subjects:  # "the men whom they shot"
            found.patients = [verb.head]
    found.patients += tree.prepositions(verb, *_AT) + aimed
    return found


def _noun_roles(mention: Mention) -> Roles:
    noun = mention.token
    found = Roles()
    owners = [t for c in tree.children(noun, "poss") for t in tree.with_conjuncts(c)]
    modifiers = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.idx < mention.start]
    found.agents = tree.prepositions(noun, "by") + owners + modifiers
    found.patients = tree.prepositions(noun, "on", "against", "at", "upon", "targeting", "of", "into")
    for participle in tree.children(noun, "acl", "relcl"):
        if participle.lower_ in ("targeting", "killing", "hitting", "striking", "wounding", "injuring", "injuring"):
            found.patients += [t for o in tree.children(participle, "dobj") for t in tree.with_conjuncts(o)]
        else:  # "carried out by", "launched by", "blamed on", "claimed by"
            by = tree.prepositions(participle, "by", "on")
            (found.claimants if participle.lower_ == "claimed" else found.agents).extend(by)
    if mention.cls.frame == "clash":
        found.both = tree.prepositions(noun, "between", "with", "among")
    _from_governor(mention, found)
    return found


# "killed in an attack", "wounded by the blast": between the verb of harm and the deed.
_IN = frozenset(("in", "by", "during", "from", "with", "to", "under", "amid"))


def _from_governor(mention: Mention, found: Roles) -> None:
    """What the verb above the noun adds: who launched the attack, whom the blast killed."""
    noun = tree.first_conjunct(mention.token)
    while noun.dep_ == "pobj" and noun.head.lower_ in ("of", "in") and _counts_only(noun.head.head):
        noun = tree.first_conjunct(noun.head.head)
    verb = noun.head
    if noun.dep_ == "pobj" and verb.dep_ in ("prep", "agent"):
        _from_preposition(verb, found)
    elif noun.dep_ == "dobj" and cues()["claiming"].has_verb(verb):
        found.claimants += _subjects(verb)
    elif noun.dep_ == "dobj" and cues()["light"].has_verb(verb):
        found.agents = _subjects(verb) + found.agents
        found.patients += tree.prepositions(verb, "on", "against", "at", "targeting")
        if _is_passive(verb):
            found.agents = tree.prepositions(verb, "by") + found.agents
    elif noun.dep_ == "nsubjpass":
        blamed = tree.prepositions(verb, "on") if verb.lower_ == "blamed" else []
        found.agents = blamed + tree.prepositions(verb, "by") + found.agents
    elif noun.dep_ == "nsubj" and cues()["happen"].has_verb(verb):
        found.both += tree.prepositions(verb, "between", "with", "among")
    elif noun.dep_ == "nsubj" and cues()["result"].has_verb(verb):
        found.patients += [t for o in tree.children(verb, "dobj") for t in tree.with_conjuncts(o)]


def _counts_only(token: Token) -> bool:
    return token.lower_ in cues()["containers"].words


def _from_preposition(prep: Token, found: Roles) -> None:
    governor = tree.clause_of(prep.head)
    if prep.lower_ in _IN and tree.is_verbal(governor):
        if _is_passive(governor) or governor.lower_ == "died":
            found.patients += _subjects(governor)
    elif prep.lower_ in ("for", "of") and cues()["blaming"].has_verb(prep.head):
        found.agents += [t for o in tree.children(prep.head, "dobj") for t in tree.with_conjuncts(o)]
    elif prep.lower_ == "for" and prep.head.lower_ == "responsibility":
        found.claimants += _subjects(governor)
