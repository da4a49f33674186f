"""Acts about deeds: "agreed to lift the ban", "will not meet", "must release them" are one event each, of words.

A verb of agreeing, refusing, asking, threatening or accusing takes in the deed that it governs; `will`, `will not` and
`must` do the same without such a verb. What kind of act about what kind of deed that is, says turns.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.lexicon.triggers import DIPLOMACY, classes
from services.extractor.coding.lexicon.turns import turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

# How a deed hangs below the act that it is the matter of, and prepositions that only say when or where.
_BELOW = frozenset(
    ("xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "conj", "acl", "compound", "nsubjpass", "oprd", "acomp")
)
_ASIDE = frozenset(
    (
        "at",
        "during",
        "in",
        "after",
        "before",
        "amid",
        "since",
        "following",
        "despite",
        "until",
        "because",
        "through",
        "over",
        "as",
    )
)
_MOST_STEPS = 6
_FUTURE = frozenset(("will", "shall", "'ll", "would", "'d"))
_DUTY = frozenset(("must", "should", "ought"))
_HOSTILE = frozenset(("SANCTION", "COERCE", "MOBILIZE", "ASSAULT", "PROTEST"))


def governor(deed: Mention, acts: Sequence[Mention]) -> Mention | None:
    """The nearest act with a `turn` that the deed is the matter of; null where it stands for itself."""
    by_token = {a.token.i: a for a in acts if a is not deed and a.cls.turn is not None}
    child = deed.token
    for steps, above in enumerate(tree.ancestors(deed.token)):
        if steps >= _MOST_STEPS or not _hangs_below(child, above):
            return None
        if child.dep_ == "prep" and (child.lower_ in _ASIDE or _names_culprits(child)):
            return None
        if child.dep_ == "conj" and above.i in by_token:
            return None  # "asked and helped" are two deeds
        act = by_token.get(above.i) or _named_before(child, above, by_token)
        if act is not None:
            quoted = child.dep_ == "ccomp" and child.i < above.i
            return None if quoted and act.cls.turn == "accuse" else act  # "…, Washington complained" only says it
        child = above
    return None


def _names_culprits(prep: Token) -> bool:
    """True of "vowed to punish those behind the bombing": what is sworn is done to whoever did the deed."""
    owner = prep.head
    return (
        (prep.lower_ == "behind" and not tree.is_verbal(owner))
        or (prep.lower_ == "for" and owner.lower_ in ("responsible", "accountable", "answerable", "culpable"))
        or (prep.lower_ == "of" and owner.lower_ in cues()["suspect"].words)
    )


def _named_before(clause: Token, verb: Token, by_token: Mapping[int, Mention]) -> Mention | None:
    """Of "repeated its demand that they go" the demand, where the parser hangs the clause on the verb."""
    if clause.dep_ != "ccomp":
        return None
    return next((by_token[c.i] for c in tree.children(verb, "dobj") if c.i in by_token and c.i < clause.i), None)


def _hangs_below(child: Token, above: Token) -> bool:
    """True for a complement; parsers take "threatened on Friday to close it" for an adverbial clause."""
    purpose = child.dep_ == "advcl" and child.i > above.i and any(c.lower_ == "to" for c in tree.children(child, "aux"))
    return child.dep_ in _BELOW or (purpose and not tree.children(above, "dobj"))


def absorb(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that remain once acts have taken in their deeds, the innermost first."""
    found = _without_reasons(_with_duties(list(mentions)))
    if not any(m.cls.turn for m in found):
        return found
    order = sorted(found, key=lambda m: -sum(1 for _ in tree.ancestors(m.token)))
    gone: set[int] = set()
    for deed in order:
        act = governor(deed, found)
        if act is None or id(act) in gone or deed.attributive:
            continue
        lost = _take_in(act, deed)
        if lost is not None:
            gone.add(id(lost))
    for act in found:
        if act.cls.turn == "request" and id(act) not in gone and (crowd := _raised_by(act, found)) is not None:
            crowd.absorbed.append(act)
            gone.add(id(act))
    return [m for m in found if id(m) not in gone]


_ABSTAINING = frozenset(("labour_strike", "hunger_strike", "boycott"))


def _without_reasons(found: list[Mention]) -> list[Mention]:
    """Without the protest that only says what for: "went on hunger strike to protest against their trial"."""
    strikes = {m.token.i for m in found if m.cls.name in _ABSTAINING}
    return [m for m in found if not (strikes and m.cls.name == "protest" and _is_reason(m, strikes))]


def _is_reason(mention: Mention, strikes: set[int]) -> bool:
    infinitive = mention.verbal and any(c.lower_ == "to" for c in tree.children(mention.token, "aux"))
    return infinitive and any(a.i in strikes for a in tree.ancestors(mention.token))


def _with_duties(found: list[Mention]) -> list[Mention]:
    """With who says it for what is an act only of who says it; without what nobody is told to have said."""
    deeds = {m.token.i for m in found if m.cls.name != "duty"}
    for mention in found:
        if mention.cls.name in _SPOKEN:
            mention.spoken_by = _speakers(mention.token)
    spoken = [m for m in found if m.cls.name not in _SPOKEN or m.spoken_by]
    return [m for m in spoken if m.cls.name != "duty" or m.token.i not in deeds]


# What is an act only of who says it: "X must go", "X committed war crimes".
_SPOKEN = frozenset(("duty", "wrong"))


def _raised_by(demand: Mention, found: Sequence[Mention]) -> Mention | None:
    """The protest whose demand it is: "marched on Sunday to demand his release"."""
    crowds = {m.token.i: m for m in found if m.cls.plover == "PROTEST" and not m.attributive}
    child = demand.token
    for above in tree.ancestors(demand.token):
        if child.dep_ not in ("advcl", "xcomp", "acl", "relcl", "dobj", "pobj", "prep", "pcomp"):
            return None
        if above.i in crowds:
            return crowds[above.i]
        child = above
    return None


def _take_in(act: Mention, deed: Mention) -> Mention | None:
    """Join an act and its deed; the one of the two that is no event of its own, if any."""
    turn = act.cls.turn
    if turn is None:
        return None
    kind = deed.governed or deed.cls
    if turn == "intend" and kind.plover in _HOSTILE:
        turn = "threaten"
    known = turned(turn, kind) is not None
    if deed.cls.domain != DIPLOMACY and not (known and turn in ("intend", "reject", "request")):
        return _with_violence(act, deed, turn, known=known)
    if turn in ("agree", "intend") and not known:
        return act  # "agreed to impose sanctions" is more than words
    if turn == "accuse":
        return deed  # what is only alleged
    if turn == "threaten" and act.cls.turn == "intend":
        act.cls = classes()["warn"]
    act.governed = kind
    act.absorbed.append(deed)
    return deed


def _with_violence(act: Mention, deed: Mention, turn: str, *, known: bool) -> Mention | None:
    """A deed with a type and a place of its own stays: threatened, agreed on or ordered."""
    if turn == "accuse":
        return None if deed.cls.plover in ("ASSAULT", "PROTEST") else deed
    if turn == "agree" and deed.cls.name in ("ceasefire", "pact"):
        deed.forced = "actual" if act.text.lower().startswith("agree") else None
        deed.governed = deed.cls
    elif turn == "threaten" and known and not _spared(act, deed):
        owned = any(c.dep_ == "poss" or c.lower_ == "by" for c in deed.token.children)
        warned = bool(tree.children(act.token, "dobj")) and not owned and not deed.verbal
        sworn = act.cls.turn == "threaten" and act.text.lower().startswith("threat")
        deed.forced = "threatened" if warned or sworn else None
    else:
        return None
    deed.absorbed.append(act)
    return act


def _spared(act: Mention, deed: Mention) -> bool:
    """True of "an ultimatum to halt attacks": a verb between asks for the contrary."""
    for above in tree.ancestors(deed.token):
        if above.i == act.token.i:
            return False
        if cues()["negated"].has_verb(above):
            return True
    return False


def turn_by_auxiliary(mention: Mention, modality: str, cue: Token | None) -> tuple[str, Token | None] | None:
    """Make an act of a deed that somebody will, will not or must do; its modality and cue, null if nothing changes."""
    if mention.cls.domain != DIPLOMACY or not mention.verbal or mention.attributive:
        return None
    token = mention.token
    if cue is None and modality == "actual" and (cue := _shared_auxiliary(token)) is not None:
        token = tree.first_conjunct(token)
        modality = "planned" if cue.lower_ in ("will", "shall", "'ll") else "hypothetical"
    if cue is None:
        return None
    new = _by_words(mention, token, modality, cue)
    return (new, None if new == "actual" else cue) if new is not None else None


def _shared_auxiliary(verb: Token) -> Token | None:
    """Of "would meet and sign" the auxiliary that the second verb shares."""
    if verb.dep_ != "conj" or tree.children(verb, "nsubj", "nsubjpass", "aux", "auxpass"):
        return None
    return next((c for c in tree.children(tree.first_conjunct(verb), "aux") if c.lower_ in _FUTURE | _DUTY), None)


def _by_words(mention: Mention, token: Token, modality: str, cue: Token) -> str | None:
    words = {c.lower_ for c in token.children if c.dep_ == "aux"}
    future = bool(words & _FUTURE) and ("would" not in words or _reported(token))
    if mention.cls.turn in ("agree", "intend"):
        if modality == "negated":
            return _become(mention, "reject", "actual")
        return "planned" if future and modality == "hypothetical" else None
    if mention.cls.turn is not None:
        return None
    return _by_will(mention, modality, cue) if future else _by_duty(mention, token, modality, words)


def _by_will(mention: Mention, modality: str, cue: Token) -> str | None:
    hostile = mention.cls.plover in _HOSTILE
    if modality == "negated":
        return None if hostile else _become(mention, "reject", "actual")
    if modality not in ("planned", "hypothetical") or cue.lower_ not in _FUTURE:
        return None
    return _become(mention, "warn", "threatened") if hostile else _become(mention, "intend", "planned")


def _by_duty(mention: Mention, token: Token, modality: str, words: set[str]) -> str | None:
    speakers = _speakers(token) if words & _DUTY and modality == "hypothetical" else []
    if not speakers:
        return None
    mention.spoken_by = speakers
    return _become(mention, "request", "actual")


def _become(mention: Mention, name: str, modality: str) -> str | None:
    act = classes()[name]
    if act.turn is None or (turned(act.turn, mention.cls) is None and name != "reject"):
        return None
    mention.governed, mention.cls = mention.cls, act
    return modality


def _reported(verb: Token) -> bool:
    return bool(_speakers(verb))


def _speakers(verb: Token) -> list[Token]:
    """Subjects of the verb of saying whose words the clause is."""
    head = tree.first_conjunct(verb)
    if head.dep_ not in ("ccomp", "parataxis") and not _quotes(head):
        return []
    saying = head.head if head.dep_ in ("ccomp", "parataxis") else next(iter(tree.children(head, "parataxis")), head)
    if not (cues()["saying"].has_verb(saying) or cues()["urging"].has_verb(saying)):
        return []
    own = tree.children(saying, "nsubj") or tree.children(tree.first_conjunct(saying), "nsubj")
    return [t for s in own for t in tree.with_conjuncts(s)]


def _quotes(head: Token) -> bool:
    return any(cues()["saying"].has_verb(c) for c in tree.children(head, "parataxis"))
