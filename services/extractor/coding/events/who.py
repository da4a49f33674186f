"""From the heads of phrases to actors: which named or described actor a phrase stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from services.extractor.coding.actors import Canonical, canonical
from services.extractor.coding.actors.names import of_role
from services.extractor.coding.events import tree
from services.extractor.coding.events.coreference import PRONOUNS, Named, definite
from services.extractor.coding.events.named import bodies, named, on_head
from services.extractor.coding.events.party import POINTING, Party, as_protester, party_of, phrase
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.lexicon.things import things

if TYPE_CHECKING:
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token

# Heads that only hold, make up or belong to the actor meant: "bases of X", "members of X", "X's headquarters".
_OWNERS = frozenset(("its", "their", "his", "her"))
_SERVING = frozenset(("working", "acting", "linked", "loyal", "backed", "sponsored", "employed", "belonging", "allied"))
_MAX_DEPTH = 4
# Who served once or does not serve now does not act for the state, nor is the state struck in him (ACLED: civilians).
_NOT_SERVING = re.compile(r"\b(?:off-duty|off duty|former|retired|ex-|one-time|sacked|dismissed)", re.IGNORECASE)
_ONE = frozenset(("a", "an", "another"))


_SERVING_MEN = ("Military Forces", "Police Forces", "Security Forces")


def parties(view: View, heads: Iterable[Token], default_country: str | None) -> list[Party]:
    """The actors that the phrases stand for, each once, in order."""
    found: dict[str, Party] = {}
    for head in heads:
        for party in _resolve(view, head, default_country, 0):
            known = found.setdefault(party.name, party)
            if known is not party and _coordinated(view, known, party):
                found[party.name] = replace(known, end=party.end)  # "three women and four children" are one party
    return list(found.values())


def fighters(view: View) -> list[Party]:
    """The two armed sides that a sentence names, where the parse ties them to no fight; none if there are others."""
    found: dict[str, Party] = {}
    for actor in view.actors:
        head = view.head_of(actor.start, actor.end)
        speaks = head.dep_ == "nsubj" and cues()["saying"].has_verb(head.head)
        back = actor.category == "generic" and definite(head)  # "Police and Naxalites fired until the rebels fled"
        if actor.kind in _ARMED and not speaks and not back and actor.start >= view.newsroom_end:
            found.setdefault(actor.name, party_of(view.sentence, actor, actor.start, actor.end))
    kinds = {p.kind for p in found.values()}
    return list(found.values()) if len(found) == 2 and kinds - {"State forces"} else []


_ARMED = frozenset(("State forces", "Rebel group", "Political militia", "Identity militia"))


def _coordinated(view: View, one: Party, other: Party) -> bool:
    if other.start < one.end:
        return False
    between = view.sentence.text[one.end : other.start].strip(" ,")
    return one.category == other.category == "generic" and between in ("", "and", "or", "&")


def _resolve(view: View, head: Token, country: str | None, depth: int) -> Iterator[Party]:
    if head.idx < view.newsroom_end:  # parsers take who follows the dateline for its apposition
        for token in tree.children(head, "appos", "conj"):
            for one in [token] if token.idx < view.newsroom_end else tree.with_conjuncts(token):
                yield from _resolve(view, one, country, depth + 1)
        return
    if depth > _MAX_DEPTH:
        return
    head = _tied(head) or head
    if head.lower_ in _OWNERS and head.dep_ == "poss":
        for owner in _antecedents(head):
            yield from _resolve(view, owner, country, depth + 2)
    elif head.lower_ in PRONOUNS:
        yield from _pointed(view, head, country, depth)
    elif head.lower_ not in POINTING:
        party = named(view, head) or _described(view, head, country)
        if party is not None:
            homes = list(_homes(view, head)) if party.category == "state" and party.country is None else []
            homes = homes or (_shared(view, head) if party.category == "state" else [])
            yield from homes or [_told_before(view, head, party)]
            yield from _listed(view, head) if party.category == "named" else ()
            return
        yield from _beside(view, head, country, depth)


_TIES = frozenset(("ties", "links", "connections"))


def _tied(head: Token) -> Token | None:
    """Of "rebels with ties to X" the rebels, where the parse takes X for the doer."""
    noun = head.head.head
    if head.dep_ != "pobj" or head.head.lower_ != "to" or noun.lower_ not in _TIES or noun.dep_ != "pobj":
        return None
    return noun.head.head


def _listed(view: View, head: Token) -> Iterator[Party]:
    """The further groups that a noun's apposition names: "the gangs Los Rastrojos and Los Urabenos"."""
    also = (t for c in tree.children(head, "appos") for t in tree.with_conjuncts(c)[1:])
    yield from (p for t in also if (p := named(view, t)) is not None and p.category == "named")


def _beside(view: View, head: Token, country: str | None, depth: int) -> Iterator[Party]:
    """Who a head stands for that is no actor itself: by what was said before, what belongs to it, what it is called."""
    group = view.memory.group(view, head) if view.memory and head.lower_ in bodies() and definite(head) else None
    if group is not None:
        yield _named_before(group)
        return
    inner = [c for c in head.children if c.dep_ in ("poss", "appos") and c.lower_ not in POINTING]
    inner += [t for c in tree.children(head, "acl") if c.lower_ in _SERVING for t in tree.prepositions(c)]
    found = [p for t in tree.prepositions(head, "of", "from") + inner for p in _resolve(view, t, country, depth + 1)]
    yield from found
    if not found and (called := _called(head)) is not None:
        yield from _resolve(view, called, country, depth + 1)


_NAMING = frozenset(("identified", "named", "known", "called", "described"))


def _called(name: Token) -> Token | None:
    """The noun that a name stands beside: "a trader, identified as Ali Khan", "the trader, Ali Khan"."""
    if name.dep_ == "appos":
        return name.head
    as_ = name.head
    if name.dep_ == "pobj" and as_.lower_ == "as" and as_.head.dep_ == "acl" and as_.head.lower_ in _NAMING:
        return as_.head.head
    return None


def _pointed(view: View, head: Token, country: str | None, depth: int) -> Iterator[Party]:
    """The actors that a pronoun stands for, with the words that name them."""
    found = view.memory.pronoun(view, head) if view.memory is not None else None
    if found is None:
        return
    if isinstance(found, Named):
        if found.actor.category != "country":
            yield _named_before(found)
        return
    there, noun = found
    for token in tree.with_conjuncts(noun):
        for party in _resolve(there, token, country, depth + 2):
            yield replace(party, derived=True)


def _named_before(found: Named) -> Party:
    return replace(party_of(found.sentence, found.actor, found.actor.start, found.actor.end), derived=True)


def _told_before(view: View, head: Token, party: Party) -> Party:
    """The party of "the rebels", "the army" or "its jets" by the name that the words before give them."""
    owners = [c for c in head.children if c.dep_ == "poss" and c.lower_ in _OWNERS]
    if view.memory is None or not (owners or definite(head)):
        return party
    here = on_head(view, head)
    role = here.role if here is not None else None
    if party.category == "generic" and role in ("rebels", "armed", "militia"):
        group = view.memory.group(view, head, doer=role == "armed")
        if group is not None:
            return _named_before(group)
    if party.category == "state" and party.country is None and role in ("military", "police", "security", "government"):
        country = _owners_country(view, owners[0]) if owners else view.memory.country(view, head)
        found = canonical(party.mention, country) if country is not None else None
        if found is not None:
            return replace(party, name=found.name, country=found.country, code=found.code, derived=True)
    return party


def _owners_country(view: View, owner: Token) -> str | None:
    """The country of whom "its" stands for."""
    return next((p.country for p in _pointed(view, owner, None, 1) if p.country is not None), None)


def _homes(view: View, head: Token) -> Iterator[Party]:
    """The countries that forces or ministers without one of their own belong to: "the navies of India and Vietnam"."""
    for token in tree.prepositions(head, "of", "from"):
        actor = on_head(view, token)
        if actor is not None and actor.country is not None and actor.category in ("country", "state"):
            yield party_of(view.sentence, actor, actor.start, actor.end)


def _shared(view: View, head: Token) -> list[Party]:
    """Each of the states whose officials or forces one noun names: "Hungarian and Romanian officials"."""
    start, end = tree.noun_phrase(head)
    inside = [a for a in view.actors if a.start < end and a.end > start and a.category == "state" and a.country]
    if (
        len({a.country for a in inside}) < 2
        or inside[-1].role is None
        or any(a.role != inside[-1].role for a in inside)
    ):
        return []
    return [party_of(view.sentence, a, a.start, a.end) for a in inside]


def _described(view: View, head: Token, country: str | None) -> Party | None:
    """An actor by what it is: "unidentified gunmen", "the Syrian army", "three women"."""
    start, end = tree.noun_phrase(head)
    here = on_head(view, head)
    if here is not None and here.category == "country" and here.end > end:
        return party_of(view.sentence, here, here.start, here.end)  # "the Democratic Republic of Congo"
    start, end = phrase(view, head)
    if here is not None and here.category == "country" and any(c.lower_ in _ONE for c in tree.children(head, "det")):
        return _person(view, start, end, here.country)  # "a Palestinian rammed his car": no state
    found: Canonical | None = canonical(view.sentence.text[start:end], country)
    inside = [a for a in view.actors if a.start < end and a.end > start]
    origin = here is None and bool(inside) and all(a.category == "country" for a in inside)
    if here is not None and here.category == "state" and (found is None or found.kind is None):
        # "US" in "US drone strike" is its forces, no country
        return party_of(view.sentence, here, min(start, here.start), min(end, here.end))
    if found is None or (origin and head.lower_ in things()["territory"]):
        return None  # "Dhaka city"
    if found.name.startswith(_SERVING_MEN) and _NOT_SERVING.search(view.sentence.text, start, head.idx):
        return _person(view, start, end, None)
    category = here.category if here is not None else inside[-1].category if inside else "generic"
    party = Party(view.sentence, start, end, found.name, found.kind, found.country, found.code, category, origin)
    return as_protester(party) if _demonstrating(head) else party


def _demonstrating(head: Token) -> bool:
    """True for "marching nurses", "a crowd demanding his release"."""
    if any(c.lower_ in _MARCHING for c in tree.children(head, "amod", "compound")):
        return True
    return any(c.lower_ in _MARCHING or c.lower_ in _DEMANDING for c in tree.children(head, "acl"))


_MARCHING = frozenset(("marching", "protesting", "demonstrating", "rallying", "picketing", "chanting"))
_DEMANDING = frozenset(("demanding", "calling", "denouncing", "opposing"))


def _person(view: View, start: int, end: int, country: str | None) -> Party:
    person = of_role("civilians", country)
    return Party(view.sentence, start, end, person.name, person.kind, person.country, person.code, "generic")


def _antecedents(possessive: Token) -> list[Token]:
    """Whom "its" stands for: the one addressed ("warned Tehran over its attack"), else the clause's subject."""
    verb = tree.clause_of(possessive.head)
    under_preposition = any(
        a.dep_ == "prep" for a in tree.ancestors(possessive) if a.i > verb.i and verb.is_ancestor(a)
    )
    objects = [o for o in tree.children(verb, "dobj") if o.i < possessive.i and o.lower_ not in POINTING]
    if under_preposition and objects:
        return objects[:1]
    return [s for s in tree.children(verb, "nsubj", "nsubjpass") if s.lower_ not in POINTING][:1]
