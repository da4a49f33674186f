"""Did it happen? The modality of a mention, and the word that shows it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.habit import is_habit
from services.extractor.coding.events.untrue import came_to_nothing, shown_falsely
from services.extractor.coding.lexicon.cues import cues

if TYPE_CHECKING:
    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

ACTUAL = ("actual", None)
# Of two that hold, the one further left stands.
_ORDER = ("negated", "threatened", "planned", "hypothetical", "attempted", "historical", "purpose", "past")
# What is found in the grammar alone, without a word of the group.
_SAYS = {"purpose": "planned", "past": "historical"}
_GROUPS = _ORDER[:6]
# What a governing verb of these groups says of its complement; of its subject it says nothing.
_COMPLEMENTS = frozenset(
    ("ccomp", "xcomp", "dobj", "pobj", "pcomp", "prep", "conj", "nsubjpass", "oprd", "acl", "relcl", "compound")
)
# "Threatened the guard before burning the car": the burning was done.
_TIMES = frozenset(("before", "after", "during", "while", "following"))
_MAX_STEPS = 6


def modality(mention: Mention) -> tuple[str, Token | None]:
    """The modality, and the cue's token unless it is `actual`."""
    found: dict[str, Token] = {}
    _own_words(mention.token, found)
    _governors(mention.token, found)
    if (fake := shown_falsely(mention)) is not None:
        return "negated", fake
    if (nothing := came_to_nothing(mention)) is not None:
        found.setdefault("negated", nothing)
    if is_habit(mention):
        found.setdefault("hypothetical", mention.token)
    for name in _ORDER:
        if name in found and not (name == "purpose" and _at_once(mention)):
            return _SAYS.get(name, name), found[name]
    return ACTUAL


def _at_once(mention: Mention) -> bool:
    """True for deeds whose purpose is met in the telling: who gathers to protest does protest."""
    return mention.cls.frame == "crowd" or mention.cls.name == "dispersal"


def _own_words(token: Token, found: dict[str, Token]) -> None:
    """Auxiliaries and negation of the verb, determiners and adjectives of the noun."""
    for child in token.children:
        for name in _said_by(child):
            found.setdefault(name, child)
    _shared_auxiliary(token, found)
    _unfinished(token, found)


def _shared_auxiliary(verb: Token, found: dict[str, Token]) -> None:
    """What the auxiliary of the first of several verbs says of all: "will be shelled, raided and burnt"."""
    if verb.dep_ != "conj" or any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in verb.children):
        return
    first = tree.first_conjunct(verb)
    passive = any(c.dep_ == "auxpass" for c in first.children)
    for child in first.children if passive else ():
        if child.dep_ == "aux":
            for name in _said_by(child):
                found.setdefault(name, child)


def _unfinished(verb: Token, found: dict[str, Token]) -> None:
    """What an infinitive or a gerund says by itself: "sent to kill" is a purpose, "thanked for killing" a past."""
    first = tree.first_conjunct(verb)
    if first.i != verb.i and verb.lower_.endswith("ed") and not tree.children(first, "auxpass"):
        return  # "fired tear gas to scatter them and arrested five": the second verb stands beside the main one
    verb = first
    auxiliaries = {c.lower_: c for c in verb.children if c.dep_ == "aux"}
    to = auxiliaries.get("to")
    if to is not None and "have" not in auxiliaries and verb.dep_ in _INFINITIVE:
        if verb.dep_ == "xcomp" and verb.head.lower_ in _BE:
            found.setdefault("planned", verb.head)  # "are to rally on Saturday"
        elif not cues()["realised"].has_verb(verb.head):
            found.setdefault("purpose", to)
    elif verb.dep_ == "pcomp" and verb.head.lower_ in ("for", "without") and verb.lower_ != "fighting":
        # who enters a town "without fighting" enters it
        found.setdefault("past" if verb.head.lower_ == "for" else "negated", verb.head)


_BE = frozenset(("is", "are", "was", "were"))
_INFINITIVE = frozenset(("xcomp", "advcl", "acl", "relcl", "ccomp", "csubj"))


def _said_by(child: Token) -> list[str]:
    """The modalities that a word below the trigger gives it."""
    word = child.lower_
    if child.dep_ == "neg" or (child.dep_ in ("det", "preconj") and word in ("no", "neither")):
        return ["negated"]
    if child.dep_ == "aux":
        return [name for name in ("planned", "hypothetical") if word in cues()[name].words]
    if child.dep_ == "mark":
        return ["hypothetical"] if word in ("if", "unless", "whether", "lest") else []
    if child.dep_ in ("amod", "compound", "advmod"):
        return [name for name in _GROUPS if name != "negated" and word in cues()[name].words]
    return []


def _governors(token: Token, found: dict[str, Token]) -> None:
    """Verbs and nouns above the trigger that it is a complement of."""
    child = token
    direct = True  # nothing but prepositions and light verbs between the trigger and the governor
    for steps, governor in enumerate(tree.ancestors(token)):
        if steps >= _MAX_STEPS:
            return
        if child.dep_ == "relcl" and governor.dep_ != "attr":
            _told_of(governor, child, found)
            return  # else what is told of somebody in passing does not depend on what he does
        if child.dep_ == "advcl":
            _by_mark(child, found)
        opens = direct and _brings_in(token, governor)
        told = child.dep_ in ("nsubj", "attr") and not _asserts(governor) and not _hinders(governor)
        beside = child.dep_ == "conj" and tree.is_verbal(governor) and _stands_alone(child)
        if not opens and not beside and (child.dep_ in _COMPLEMENTS or told):
            _governor_says(governor, child, found, direct=direct)
            brought = child.dep_ == "prep" and cues()["bringing"].has_verb(governor)
            reacts = child.dep_ == "dobj" and cues()["reacting"].has_verb(governor)
            told = brought or child.dep_ in ("nsubj", "attr", "dobj", "xcomp", "nsubjpass")
            if direct and not reacts and told:
                _own_words(governor, found)
                if "purpose" in found and found["purpose"].head.i == governor.i:
                    found.setdefault("planned", found["purpose"])  # "to prevent an attack": none was prevented yet
        if child.dep_ in ("advcl", "nsubj", "npadvmod"):
            return
        by = child.dep_ == "prep" and child.lower_ == "by"  # "planned to attack by storming the gate"
        said = governor.lower_ in _CLAIMS  # "denied claims that its troops had shelled the village"
        direct = direct and (by or said or governor.dep_ in ("prep", "agent") or cues()["light"].has_verb(governor))
        child = governor


def _told_of(noun: Token, clause: Token, found: dict[str, Token]) -> None:
    """What is said of whoever or of the deed that a relative clause tells of: "accused of the raid in which …"."""
    # who "is believed to have led the raid" does not suffer it
    suffered = bool(tree.children(clause, "nsubjpass")) and not tree.children(clause, "xcomp")
    held = _held(noun, suffered=suffered)
    if held is None and noun.lower_ in cues()["deeds"].words:
        above: dict[str, Token] = {}
        _governors(noun, above)
        held = above.get("historical")
    if held is not None:
        found.setdefault("historical", held)


_CLAIMS = frozenset(
    (
        "claim",
        "claims",
        "allegation",
        "allegations",
        "accusation",
        "accusations",
        "report",
        "reports",
        "rumours",
        "rumors",
    )
)


_NEW = frozenset(("a", "an", "another"))
_FATAL = frozenset(("deadly", "fatal", "lethal", "mass"))
_NOW = frozenset(("is", "are", "was", "were", "has", "have", "had", "been"))


def _brings_in(noun: Token, over: Token) -> bool:
    """True for a deed that the text has not told of: "police investigate a shooting", "the murder of a man".

    What is yet to be looked into was known before. Who is charged "in a deadly shooting" is news with it.
    """
    if tree.is_verbal(noun) or any(c.dep_ == "aux" and c.lower_ not in _NOW for c in over.children):
        return False
    if cues()["suspect"].has_verb(over):
        return {"det", "amod"} <= {c.dep_ for c in noun.children if c.lower_ in _NEW | _FATAL}
    if not cues()["probing"].has_verb(over):
        return False
    preps = [*tree.children(noun, "prep"), *tree.children(over, "prep")]  # "investigate the murder tonight of a man"
    whom = [of for prep in preps if prep.lower_ == "of" for of in tree.children(prep, "pobj")]
    return any(c.dep_ == "det" and c.lower_ in _NEW for about in (noun, *whom) for c in about.children)


def _by_mark(clause: Token, found: dict[str, Token]) -> None:
    """What "since" and "if" say of the clause that they open."""
    for mark in tree.children(clause, "mark"):
        if mark.lower_ in ("since", "if", "unless"):
            found.setdefault("historical" if mark.lower_ == "since" else "hypothetical", mark)


# "The case in which two men were killed".
_MATTERS = frozenset(("case", "trial", "lawsuit", "verdict", "probe", "investigation", "inquiry"))


def _held(noun: Token, *, suffered: bool) -> Token | None:
    """The word that says that somebody is looked for, held or tried: "arrested two men who attacked a bank"."""
    suspected = cues()["suspect"]
    if noun.lower_ in _MATTERS or (noun.lower_ in suspected.words and not suffered):
        return noun
    if suffered:
        return None
    noun = tree.first_conjunct(noun)
    if noun.dep_ == "appos":
        noun = tree.first_conjunct(noun.head)
    elif noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in cues()["containers"].words:
        noun = noun.head.head  # "one of the men who"
    verb = noun.head
    if noun.dep_ == "nsubjpass" and verb.lower_ == "executed" and not tree.prepositions(verb, "by"):
        return verb
    return verb if noun.dep_ in ("dobj", "nsubjpass") and suspected.has_verb(verb) else None


# "arrested after a clash", "convicted in Delhi" say nothing of when the clash was; these do.
_GROUNDS = frozenset(("for", "of", "over", "with", "in", "on", "to", "about", "behind"))


def _of_the_past(governor: Token, child: Token) -> bool:
    """True where what a court or an arrest is about is told: "accused of", "arrested for", "convicted over"."""
    if child.dep_ in ("dobj", "pcomp", "xcomp", "pobj"):
        return governor.lower_ not in cues()["arrest"].verb_forms
    if child.dep_ == "ccomp":
        return cues()["confessing"].has_verb(governor)
    return child.dep_ == "prep" and child.lower_ in _GROUNDS


def _matter_of(verb: Token, child: Token) -> Token | None:
    """The inquiry that a phrase belongs to, where the parse gives it to the verb: "find the motive behind the raid"."""
    if child.dep_ == "conj" and child.lower_.endswith("ing") and not tree.children(child, "aux"):
        return verb if verb.lower_ == "involved" else None  # "was involved in looting and also killing"
    if child.dep_ != "prep" or child.lower_ not in ("behind", "into", "over", "about"):
        return None
    nouns = tree.children(verb, "dobj", "nsubjpass")
    return next((n for n in nouns if n.lower_ in cues()["historical"].words), None)


def _stands_alone(verb: Token) -> bool:
    """True for the second verb of "foiled a plot and arrested two", not for "involved in looting and also killing"."""
    return tree.is_verbal(verb) and not verb.lower_.endswith("ing")


def _hinders(verb: Token) -> bool:
    """True for "the fighting is preventing us from helping": it is no fighting that was prevented."""
    stopping = cues()["attempted"].has_verb(verb) or cues()["negated"].has_verb(verb)
    return stopping and bool(tree.children(verb, "dobj")) and not any(c.dep_ == "neg" for c in verb.children)


def _asserts(verb: Token) -> bool:
    return not any(c.dep_ in ("aux", "neg") for c in verb.children)


@cache
def _telling() -> frozenset[str]:
    """Words that say something of a complement by themselves; of all others only inquiries do, by their matter."""
    return frozenset(word for name in _GROUPS for word in cues()[name].firsts)


# "The case of the killing" is a court's; "cases of suffocation in an attack" are its victims.
_COUNTED = frozenset(("case", "cases"))


def _governor_says(governor: Token, child: Token, found: dict[str, Token], *, direct: bool) -> None:
    if child.dep_ == "prep" and child.lower_ in _TIMES:
        return
    word = governor.lower_
    for name in _GROUPS if direct and word in _telling() else ("historical",):
        group = cues()[name]
        if group.has_verb(governor) and tree.is_verbal(governor):
            if name == "historical" and not _of_the_past(governor, child):
                continue
            if (
                name == "planned"
                and word == "wanted"
                and any(p.lower_ == "for" for p in tree.children(governor, "prep"))
            ):
                continue  # "a man wanted for a killing was arrested": he did it, and they did
            if name == "negated" and any(c.dep_ == "neg" for c in governor.children):
                continue
            if name == "threatened" and child.dep_ not in ("xcomp", "ccomp", "prep", "dobj"):
                continue
            found.setdefault(name, governor)
        elif name == "historical" and (matter := _matter_of(governor, child)) is not None:
            found.setdefault(name, matter)
        elif (
            word in group.words
            and (direct or word not in _COUNTED)
            and name != "negated"
            and child.dep_ in ("prep", "acl", "relcl", "ccomp", "compound", "pobj")
            and not cues()["denying"].has_verb(governor.head)
        ):
            found.setdefault(name, governor)
