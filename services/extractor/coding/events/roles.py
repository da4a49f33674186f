"""Who did it to whom: the tokens that head the doer's and the sufferer's phrases of a mention, by the parse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.owning import is_disowned
from services.extractor.coding.events.repairs import acts, lost_subject, next_phrase, stray_agents, wielders
from services.extractor.coding.events.voice import is_passive, subjects
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token


@dataclass(slots=True)
class Roles:
    """Heads of phrases, the nearest first; whether they are actors at all is decided later."""

    agents: list[Token] = field(default_factory=list)
    patients: list[Token] = field(default_factory=list)
    both: list[Token] = field(default_factory=list)
    claimants: list[Token] = field(default_factory=list)
    avowed: list[Token] = field(default_factory=list)
    """Who says of itself that it did it: a claim, where it is no state's."""


def roles(mention: Mention) -> Roles:
    """The roles around a mention."""
    found = _verb_roles(mention) if mention.verbal and not mention.attributive else _noun_roles(mention)
    if not found.agents and not found.both:
        found.agents = stray_agents(mention.token)
    found.agents += wielders(found.agents)
    if mention.verbal:
        _by_frame(mention, found)
    elif mention.cls.frame == "clash":
        found.both = found.agents + found.patients + found.both
    return found


_ADDRESSED = ("to", "with", "against", "on", "from", "for")


def _by_frame(mention: Mention, found: Roles) -> None:
    """What the verb's class makes of its subject and objects."""
    verb = mention.token
    if mention.cls.frame == "harm" and not is_passive(verb) and not _harmed(mention):
        found.patients, found.agents = found.agents + found.patients, []  # "ten people died", "lost their lives"
    elif mention.cls.frame == "blast" and cues()["treading"].has_verb(verb):
        found.patients, found.agents = [*subjects(verb), *found.patients], wielders(_deeds_of(mention))
    elif mention.cls.name == "ceasefire":
        found.agents += [
            t for n in (verb, *_deeds_of(mention)) for t in _sides(tree.prepositions(n, "with", "between"))
        ]
    elif mention.cls.frame == "talk":
        for inner in tree.children(verb, "dobj", "dative"):
            found.patients += tree.prepositions(inner, *_ADDRESSED) + tree.children(inner, "poss")
        found.patients += tree.prepositions(verb, *_ADDRESSED, "of")
    elif mention.cls.frame == "yield":  # "the town fell to the rebels"
        found.patients, found.agents = found.agents, tree.prepositions(verb, "to", "into", "under", "of")
    elif mention.cls.frame == "clash":
        found.both = found.agents + found.patients + tree.prepositions(verb, "with", "against", "between")
        found.agents, found.patients = [], []


def _deeds_of(mention: Mention) -> list[Token]:
    """The nouns inside a trigger: the mine of "stepped on a mine"."""
    inside = (mention.start, mention.end)
    return [t for t in mention.token.subtree if t is not mention.token and inside[0] <= t.idx < inside[1]]


def _harmed(mention: Mention) -> list[Token]:
    """Who is said to be harmed after an active verb: the object, or the owner of the lives that it takes."""
    found: list[Token] = []
    for noun in tree.children(mention.token, "dobj", "dative"):
        if _is_deed(mention, noun):
            found += tree.prepositions(noun, "of")
        else:
            found.append(noun)
    return found


def _is_deed(mention: Mention, noun: Token) -> bool:
    """True for the noun that the trigger ends with ("launched an attack"), not for one in it ("left five men dead").

    People that an attack's words end with suffer it: "neutralised eight insurgents".
    """
    end = noun.idx + len(noun)
    people = mention.cls.frame in ("attack", "harm") and any(a.end == end for a in mention.view.actors)
    return mention.start <= noun.idx and end == mention.end and not people


_AT = ("on", "at", "against", "upon", "targeting")


def _verb_roles(mention: Mention) -> Roles:
    verb = mention.token
    found = Roles()
    doers = subjects(verb) if not _results_from_other(mention) else []
    passive = is_passive(verb) and not acts(mention)
    objects = [t for o in tree.children(verb, "dobj", "dative") for t in tree.with_conjuncts(o)]
    deeds = [t for t in objects if _is_deed(mention, t)]
    objects = [t for t in objects if t not in deeds]
    wanted = (*_AT, "of") if mention.cls.frame == "harm" else _AT
    aimed = [t for noun in deeds for t in tree.prepositions(noun, *wanted)]
    if passive:
        found.patients = doers
        found.agents = tree.prepositions(verb, "by")
    else:
        found.agents = (doers or lost_subject(verb)) + wielders(deeds)
        found.patients = objects or _shared_objects(verb) or next_phrase(mention)
        if verb.dep_ == "relcl" and not objects and verb.head not in doers:  # "the men whom they shot"
            found.patients = [verb.head]
    found.patients += tree.prepositions(verb, *_AT) + aimed
    found.avowed = _avowers(verb, found.agents)
    return found


def _results_from_other(mention: Mention) -> bool:
    """True for a participle that tells what came of another deed than its governor's: nobody's subject does it.

    "Soldiers were ambushed, killing two"; "Troops were clearing mines when a blast occurred, injuring two".
    """
    verb = mention.token
    if verb.dep_ != "advcl" or not verb.lower_.endswith("ing") or tree.children(verb, "nsubj", "mark", "advmod"):
        return False
    governor = verb.head
    if is_passive(governor) and not tree.prepositions(governor, "by"):
        return True
    starts = [t.start for t in mention.view.triggers]
    if any(governor.idx <= start < governor.idx + len(governor) for start in starts):
        return False
    between = [
        t for t in mention.view.doc.tokens[governor.i : verb.i] if t.dep_ in ("advcl", "relcl") and t.i != governor.i
    ]
    deeds = [s for t in between for s in (t, *tree.children(t, "nsubj", "dobj"))]
    return any(s.idx <= start < s.idx + len(s) for s in deeds for start in starts)


def _shared_objects(verb: Token) -> list[Token]:
    """The object that a verb leaves to the one coordinated with it: "shot and wounded a man"."""
    later = [c for c in verb.children if c.dep_ == "conj" and not tree.children(c, *tree.SUBJECTS, "aux", "auxpass")]
    bare = not tree.children(verb, "prep", "prt", "xcomp", "ccomp")
    return [t for c in later[:1] for o in tree.children(c, "dobj") for t in tree.with_conjuncts(o)] if bare else []


_SELF = frozenset(("it", "they", "he", "she", "its", "their", "his"))


def _avowers(verb: Token, agents: list[Token]) -> list[Token]:
    """Who says "it carried out the attack" of itself, or "one of its men" did."""
    if verb.dep_ != "ccomp" or not cues()["saying"].has_verb(verb.head):
        return []
    held = [c for a in agents for t in (a, *tree.prepositions(a, "of")) for c in tree.children(t, "poss")]
    return tree.children(verb.head, "nsubj") if any(t.lower_ in _SELF for t in (*agents, *held)) else []


# Deeds that belong to who suffered them: "the judge's murder".
_OF_SUFFERERS = frozenset(("killing", "execution", "abduction", "torture", "sexual", "arrest", "beating"))


def _noun_roles(mention: Mention) -> Roles:
    noun = mention.token
    found = Roles()
    owners = [t for c in tree.children(noun, "poss") for t in tree.with_conjuncts(c)]
    modifiers = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.idx < mention.start]
    found.agents = tree.prepositions(noun, "by")
    found.patients = tree.prepositions(noun, "on", "against", "at", "upon", "targeting", "of", "into")
    if mention.cls.frame == "harm":
        deeds = {mention.view.token_at(t.end - 1).i for t in mention.view.triggers}
        found.patients = [t for t in found.patients if t.i not in deeds]  # "the toll of Friday's Russian strike"
        found.patients += (
            owners + modifiers + tree.prepositions(noun, "to", "among")
        )  # "his death", "police casualties"
    elif mention.cls.name in _OF_SUFFERERS and not tree.prepositions(noun, "of"):
        found.patients += owners  # "his killing", but "the army's killing of farmers"
        found.agents += modifiers
    else:
        found.agents += owners + modifiers
    for participle in tree.children(noun, "acl", "relcl"):
        if participle.lower_ in ("targeting", "killing", "hitting", "striking", "wounding", "injuring", "injuring"):
            found.patients += [t for o in tree.children(participle, "dobj") for t in tree.with_conjuncts(o)]
        else:  # "carried out by", "launched by", "blamed on", "claimed by"
            by = tree.prepositions(participle, "by", "on")
            (found.claimants if participle.lower_ == "claimed" else found.agents).extend(by)
    if mention.cls.frame == "clash":
        found.both = _sides(tree.prepositions(noun, "between", "with", "among"))
    elif mention.cls.name == "ceasefire":
        found.agents += _sides(tree.prepositions(noun, "between", "with", "among"))  # both sides of a pact make it
    _from_governor(mention, found)
    if not found.agents and mention.cls.frame != "harm" and mention.cls.name not in _OF_SUFFERERS:
        # the deed's own words may name who did it: "a police operation", "a terrorist attack"
        found.agents = [c for c in tree.children(noun, "compound", "amod", "nmod") if mention.start <= c.idx < noun.idx]
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
    elif noun.dep_ == "acl" and noun.lower_.endswith("ing") and verb.dep_ == "pobj" and verb.head.lower_ in _IN:
        found.agents.append(verb)  # "killed in police firing", where the parse takes the deed for a participle
        _from_preposition(verb.head, found)
    elif noun.dep_ == "dobj" and cues()["suffering"].has_verb(verb):
        found.patients += subjects(verb)
    elif noun.dep_ == "dobj" and cues()["claiming"].has_verb(verb):
        found.claimants += subjects(verb)
    elif noun.dep_ == "dobj" and cues()["light"].has_verb(verb):
        by = tree.prepositions(verb, "by") if is_passive(verb) else []
        found.agents = by + subjects(verb) + found.agents
        found.avowed += _avowers(verb, found.agents)
        found.patients += tree.prepositions(verb, "on", "against", "at", "targeting")
    elif noun.dep_ == "nsubjpass":
        _from_passive(verb, found)
    elif noun.dep_ == "nsubj" and cues()["happen"].has_verb(verb):
        found.both += _sides(tree.prepositions(verb, "between", "with", "among"))
    elif noun.dep_ == "nsubj" and cues()["result"].has_verb(verb):
        found.patients += [t for o in tree.children(verb, "dobj") for t in tree.with_conjuncts(o)]


def _from_passive(verb: Token, found: Roles) -> None:
    """What is told of a deed that was carried out, launched, blamed."""
    blamed = tree.prepositions(verb, "on") if verb.lower_ == "blamed" else []
    found.agents = blamed + tree.prepositions(verb, "by") + found.agents
    if cues()["light"].has_verb(verb):
        found.patients += tree.prepositions(verb, "on", "against", "at", "targeting")


def _sides(heads: list[Token]) -> list[Token]:
    """Both sides where the parse took the first for a modifier of the second: "between the army and ELN rebels"."""
    return [t for head in heads for t in (*(c for c in tree.children(head, "nmod") if tree.children(c, "conj")), head)]


def _counts_only(token: Token) -> bool:
    return token.lower_ in cues()["containers"].words


def _unknown(owner: Token) -> bool:
    """True of "those", "people responsible": whoever did it, named by the deed alone."""
    noun = owner.head if owner.lower_ == "responsible" and owner.dep_ in ("amod", "acl", "relcl", "advmod") else owner
    return noun.lower_ in cues()["whoever"].words


def _from_preposition(prep: Token, found: Roles) -> None:
    governor = tree.clause_of(prep.head)
    word, owner = prep.lower_, prep.head
    if word in _IN and tree.is_verbal(governor) and (is_passive(governor) or cues()["suffering"].has_verb(governor)):
        suspected = word == "in" and cues()["suspecting"].has_verb(governor)
        (found.agents if suspected else found.patients).extend(subjects(governor))
    elif word in ("for", "of") and cues()["blaming"].has_verb(owner):
        found.agents += [t for o in tree.children(owner, "dobj") for t in tree.with_conjuncts(o)]
    elif word == "for" and owner.lower_ in ("responsibility", "credit"):
        if not cues()["denying"].has_verb(governor) and not is_disowned(governor):
            found.claimants += subjects(governor)
    elif word in ("behind", "for") and _unknown(owner):
        return  # "hunting those behind the attack", "people responsible for the bombing"
    elif word == "behind" and owner is not governor and not tree.is_verbal(owner):
        found.agents += [*tree.prepositions(owner, "of"), owner]  # "suspect the hand of rebels behind the attack"
    elif word == "behind" and cues()["suspecting"].has_verb(owner) and tree.children(owner, "dobj"):
        found.agents += tree.children(owner, "dobj")
    elif word == "behind" or (word == "for" and owner.lower_ == "responsible"):
        found.agents += subjects(governor)  # "is said to be behind the attack"
        found.avowed += _avowers(governor, found.agents)
