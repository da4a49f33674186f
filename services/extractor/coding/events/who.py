"""From the heads of phrases to actors: which named or described actor a phrase stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from services.extractor.coding.actors import ActorMention, Canonical, canonical
from services.extractor.coding.actors.fold import fold_accents
from services.extractor.coding.events import tree
from services.extractor.coding.lexicon.things import things

if TYPE_CHECKING:
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token

# Heads that only hold, make up or belong to the actor meant: "bases of X", "members of X", "X's headquarters".
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "them", "him", "her", "its", "their", "his", "who", "which", "that", "this")
)
_OWNERS = frozenset(("its", "their", "his", "her"))
_SERVING = frozenset(("working", "acting", "linked", "loyal", "backed", "sponsored", "employed", "belonging", "allied"))
_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as one phrase names it; characters within the sentence of `view`."""

    view: View
    start: int
    end: int
    name: str
    kind: str | None
    country: str | None
    code: str | None
    category: str

    @property
    def mention(self) -> str:
        """The words of the text."""
        return self.view.sentence.text[self.start : self.end]


def parties(view: View, heads: Iterable[Token], default_country: str | None) -> list[Party]:
    """The actors that the phrases stand for, each once, in order."""
    found: dict[str, Party] = {}
    for head in heads:
        for party in _resolve(view, head, default_country, 0):
            known = found.setdefault(party.name, party)
            if known is not party and _coordinated(view, known, party):
                found[party.name] = replace(known, end=party.end)  # "three women and four children" are one party
    return list(found.values())


def _coordinated(view: View, one: Party, other: Party) -> bool:
    if other.start < one.end:
        return False
    between = view.sentence.text[one.end : other.start].strip(" ,")
    return one.category == other.category == "generic" and between in ("", "and", "or", "&")


def _resolve(view: View, head: Token, country: str | None, depth: int) -> Iterator[Party]:
    if depth > _MAX_DEPTH or head.idx < view.newsroom_end:
        return
    if head.lower_ in _OWNERS and head.dep_ == "poss":
        for owner in _antecedents(head):
            yield from _resolve(view, owner, country, depth + 2)
    elif head.lower_ not in _PRONOUNS:
        party = _named(view, head) or _described(view, head, country)
        if party is not None:
            homes = list(_homes(view, head)) if party.category == "state" and party.country is None else []
            yield from homes or [party]
            return
        inner = [c for c in head.children if c.dep_ in ("poss", "appos") and c.lower_ not in _PRONOUNS]
        inner += [t for c in tree.children(head, "acl") if c.lower_ in _SERVING for t in tree.prepositions(c)]
        for token in tree.prepositions(head, "of", "from") + inner:
            yield from _resolve(view, token, country, depth + 1)


def _homes(view: View, head: Token) -> Iterator[Party]:
    """The countries that forces or ministers without one of their own belong to: "the navies of India and Vietnam"."""
    for token in tree.prepositions(head, "of", "from"):
        actor = _on_head(view, token)
        if actor is not None and actor.country is not None and actor.category in ("country", "state"):
            yield _party(view, actor, actor.start, actor.end)


def _party(view: View, actor: ActorMention, start: int, end: int) -> Party:
    return Party(view, start, end, actor.name, actor.kind, actor.country, actor.code, actor.category)


def _on_head(view: View, head: Token) -> ActorMention | None:
    return next((a for a in view.actors if a.start <= head.idx < a.end), None)


def _named(view: View, head: Token) -> Party | None:
    """A group or body by its name: on the head, before it ("Taliban fighters"), beside it, or after "of"."""
    start, end = tree.noun_phrase(head)
    on_head = _on_head(view, head)
    if on_head is not None and on_head.category == "named":
        return _party(view, on_head, on_head.start, on_head.end)
    if on_head is not None and on_head.category == "state":
        return None
    inside = [a for a in view.actors if a.start < end and a.end > start and a.category == "named"]
    beside = next(iter([*inside, *_appositions(view, head)]), None)
    if beside is not None:
        return _party(view, beside, beside.start, beside.end)
    if on_head is not None and on_head.category == "generic":
        owner = _owner(view, head)  # "rebels of the New People's Army"
        if owner is not None:
            return _party(view, owner, start, owner.end)
    return None


def _described(view: View, head: Token, country: str | None) -> Party | None:
    """An actor by what it is: "unidentified gunmen", "the Syrian army", "three women"."""
    start, end = tree.noun_phrase(head)
    on_head = _on_head(view, head)
    if on_head is not None and on_head.category == "country" and on_head.end > end:
        return _party(view, on_head, on_head.start, on_head.end)  # "the Democratic Republic of Congo"
    found: Canonical | None = canonical(view.sentence.text[start:end], country)
    if found is not None:
        inside = [a for a in view.actors if a.start < end and a.end > start]
        category = on_head.category if on_head is not None else inside[-1].category if inside else "generic"
        return Party(view, start, end, found.name, found.kind, found.country, found.code, category)
    if on_head is not None and on_head.category == "state":
        return _party(view, on_head, on_head.start, on_head.end)
    return None


def property_of(view: View, heads: Iterable[Token]) -> list[Party]:
    """The phrases that stand for property ("two gas wells", "a mosque"), named by their own words."""
    found = []
    for head in heads:
        if head.lower_ in things()["property"]:
            start, end = tree.noun_phrase(head)
            if any(a.start < end and a.end > start and a.category in ("named", "state") for a in view.actors):
                continue
            words = [t for t in head.subtree if start <= t.idx < end and t.dep_ in ("compound", "amod", "nmod")]
            name = " ".join(t.text for t in (*words, head)).lower()
            found.append(Party(view, start, end, name, None, None, None, "thing"))
    return found


def strangers(view: View, heads: Iterable[Token]) -> list[Party]:
    """The phrases that name somebody whom no file knows, by their own words: "the Jura Farmers' League"."""
    found = []
    for head in heads:
        start, end = tree.noun_phrase(head)
        if head.lower_ in _PRONOUNS or head.idx < view.newsroom_end or not _is_proper(view, head):
            continue
        if any(d.start < end and d.end > start for d in view.dates):
            continue
        words = [t for t in head.subtree if start <= t.idx < end and t.dep_ not in ("det", "poss", "punct")]
        name = fold_accents(" ".join(t.text for t in words))
        if name.isascii():
            found.append(Party(view, start, end, name, None, None, None, "stranger"))
    return found


def _is_proper(view: View, head: Token) -> bool:
    """True for a name: a capital that the sentence's beginning does not explain, and no place's."""
    if head.dep_ not in tree.NOMINAL | {"conj"}:
        return False
    capitals = [t for t in (head, *tree.children(head, "compound")) if t.text[:1].isupper() and t.idx > 0]
    known = [(p.start, p.end) for p in view.places] + [(a.start, a.end) for a in view.actors]
    return bool(capitals) and not any(start <= t.idx < end for t in capitals for start, end in known)


def _antecedents(possessive: Token) -> list[Token]:
    """Whom "its" stands for: the one addressed ("warned Tehran over its attack"), else the clause's subject."""
    verb = tree.clause_of(possessive.head)
    under_preposition = any(
        a.dep_ == "prep" for a in tree.ancestors(possessive) if a.i > verb.i and verb.is_ancestor(a)
    )
    objects = [o for o in tree.children(verb, "dobj") if o.i < possessive.i and o.lower_ not in _PRONOUNS]
    if under_preposition and objects:
        return objects[:1]
    return [s for s in tree.children(verb, "nsubj", "nsubjpass") if s.lower_ not in _PRONOUNS][:1]


def _owner(view: View, head: Token) -> ActorMention | None:
    """The group or force that the fighters named by the head belong to."""
    for token in tree.prepositions(head, "of", "from"):
        start, end = tree.noun_phrase(token)
        for actor in view.actors:
            if actor.category in ("named", "state") and actor.start < end and actor.end > start:
                return actor
    return None


def _appositions(view: View, head: Token) -> Iterator[ActorMention]:
    for child in head.children:
        if child.dep_ == "appos":
            start, end = tree.noun_phrase(child)
            yield from (a for a in view.actors if a.category == "named" and a.start < end and a.end > start)
