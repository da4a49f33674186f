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
    from collections.abc import Iterable, Sequence

    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.reading.tokens import Token

# How a deed hangs below the act that it is the matter of, and prepositions that only say when or where.
_BELOW = frozenset(("xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "conj", "acl", "compound", "nsubjpass", "oprd"))
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
        if child.dep_ == "prep" and child.lower_ in _ASIDE:
            return None
        if child.dep_ == "conj" and above.i in by_token:
            return None  # "asked and helped" are two deeds
        if above.i in by_token:
            act = by_token[above.i]
            quoted = child.dep_ == "ccomp" and child.i < above.i
            return None if quoted and act.cls.turn == "accuse" else act  # "…, Washington complained" only says it
        child = above
    return None


def _hangs_below(child: Token, above: Token) -> bool:
    """True for a complement; parsers take "threatened on Friday to close it" for an adverbial clause."""
    purpose = child.dep_ == "advcl" and child.i > above.i and any(c.lower_ == "to" for c in tree.children(child, "aux"))
    return child.dep_ in _BELOW or (purpose and not tree.children(above, "dobj"))


def absorb(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that remain once acts have taken in their deeds, the innermost first."""
    found = list(mentions)
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
    return [m for m in found if id(m) not in gone]


def _take_in(act: Mention, deed: Mention) -> Mention | None:
    """Join an act and its deed; the one of the two that is no event of its own, if any."""
    turn = act.cls.turn
    kind = deed.governed or deed.cls
    if turn == "intend" and kind.plover in _HOSTILE:
        turn = "threaten"
    if turn is None:
        return None
    peaceful = deed.cls.domain == DIPLOMACY
    if turn == "accuse":
        return deed if peaceful or kind.plover not in ("ASSAULT", "PROTEST") else None  # what is only alleged
    if turn == "threaten" and not peaceful and turned(turn, kind) is not None:
        owned = any(c.dep_ == "poss" or c.lower_ == "by" for c in deed.token.children)
        deed.threatened = bool(tree.children(act.token, "dobj")) and not owned and not deed.verbal
        deed.absorbed.append(act)  # a threatened attack has a type and a place: it stays, as a threat
        return act
    known = turned(turn, kind) is not None
    if turn in ("agree", "intend") and not known:
        return act if peaceful else None  # "agreed to impose sanctions" is more than words
    if not peaceful and not known:
        return None
    if turn == "threaten" and act.cls.turn == "intend":
        act.cls = classes()["warn"]
    act.governed = kind
    act.absorbed.append(deed)
    return deed


def turn_by_auxiliary(mention: Mention, modality: str, cue: Token | None) -> str | None:
    """Make an act of a deed that somebody will, will not or must do; the modality then, null if nothing changes."""
    if mention.cls.domain != DIPLOMACY or not mention.verbal or mention.attributive or cue is None:
        return None
    words = {c.lower_ for c in mention.token.children if c.dep_ == "aux"}
    future = bool(words & _FUTURE) and ("would" not in words or _reported(mention.token))
    if mention.cls.turn in ("agree", "intend"):
        if modality == "negated":
            return _become(mention, "reject", "actual")
        return "planned" if future and modality == "hypothetical" else None
    if mention.cls.turn is not None:
        return None
    return _by_will(mention, modality, cue) if future else _by_duty(mention, modality, words)


def _by_will(mention: Mention, modality: str, cue: Token) -> str | None:
    hostile = mention.cls.plover in _HOSTILE
    if modality == "negated":
        return None if hostile else _become(mention, "reject", "actual")
    if modality not in ("planned", "hypothetical") or cue.lower_ not in _FUTURE:
        return None
    return _become(mention, "warn", "threatened") if hostile else _become(mention, "intend", "planned")


def _by_duty(mention: Mention, modality: str, words: set[str]) -> str | None:
    speakers = _speakers(mention.token) if words & _DUTY and modality == "hypothetical" else []
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
    if not (cues()["saying"].has_verb(saying) or saying.lower_ in _CONCLUDES):
        return []
    own = tree.children(saying, "nsubj") or tree.children(tree.first_conjunct(saying), "nsubj")
    return [t for s in own for t in tree.with_conjuncts(s)]


_CONCLUDES = frozenset(("concluded", "stressed", "warned", "believes", "believed", "says", "argued", "decided"))


def _quotes(head: Token) -> bool:
    return any(cues()["saying"].has_verb(c) for c in tree.children(head, "parataxis"))
