"""Who says or does it to whom, for what is told of diplomacy: it reaches those named in what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from services.extractor.coding.actors import government_of
from services.extractor.coding.events import tree
from services.extractor.coding.events.named import on_head
from services.extractor.coding.events.party import Party, strangers
from services.extractor.coding.events.reach import layers, speaker_for
from services.extractor.coding.events.roles import roles
from services.extractor.coding.events.who import parties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.extractor.coding.events.mentions import Mention
    from services.extractor.coding.events.view import View
    from services.extractor.coding.reading.tokens import Token

# "his country would …": whose the realm is speaks for it.
_REALMS = frozenset(("country", "nation", "government", "state", "party", "group", "organisation", "organization"))
_ITS = frozenset(("his", "her", "its", "their"))
_OBJECTS = frozenset(("him", "her", "them", "it"))
_PRONOUNS = frozenset(("it", "they", "he", "she", "we", "i"))
# Where such a deed is done is to whom it is done: "deployed troops in Chad", "sent food to the people in Sudan".
_PLACED = frozenset(("MOBILIZE", "AID", "RETREAT", "COERCE", "SANCTION", "CONCEDE", "REJECT", "AGREE", "THREATEN"))
# Deeds whose noun names the doer after "of".
_MOVED = frozenset(("retreat", "mobilize", "disarm", "resign"))
_OWNING = ("poss", "compound", "amod", "nmod")
# Whom the passive names as sent or set to do it does it.
_SENT = frozenset(("mobilize", "alert", "police_up", "aid_peacekeeping", "intend"))
_ABLE = ("named", "state", "country")


@dataclass(slots=True)
class Sides:
    """The parties of one mention; `both` do it together."""

    agents: list[Party] = field(default_factory=list)
    patients: list[Party] = field(default_factory=list)
    both: list[Party] = field(default_factory=list)


def sides(mention: Mention, country: str | None) -> Sides:
    """The parties around a mention of diplomacy."""
    found = roles(mention)
    view = mention.view
    if mention.cls.frame == "clash":
        heads = _stand_ins(mention, found.both)
        both = parties(view, _acting(view, heads), country) or _around(mention, country)
        if len(both) == 1 and both[0].category in _ABLE:
            both += strangers(view, heads)
        if len(both) < 2:
            both += _reached(mention, both, country)
        return Sides(both=both)
    heads = mention.spoken_by or _stand_ins(mention, found.agents)
    agents = parties(view, _acting(view, heads), country)
    if not agents and mention.cls.name in _SENT:  # "policemen were deployed"
        agents = parties(view, _acting(view, [t for t in found.patients if t.dep_ == "nsubjpass"]), country)
    passive = mention.verbal and bool(tree.children(mention.token, "nsubjpass"))
    if not agents and passive:  # "US sanctions on Sudan were lifted"
        subjects = [s for s in tree.children(mention.token, "nsubjpass") if on_head(view, s) is None]
        owners = [c for s in subjects for c in tree.children(s, *_OWNING) if c.text[:1].isupper()]
        agents = parties(view, owners, country)
    if not agents and not mention.verbal and mention.cls.name in _MOVED:  # "the withdrawal of Ethiopian forces"
        agents = parties(view, tree.prepositions(mention.token, "of"), country)
    direct = (found.agents if mention.spoken_by else []) + found.patients + _beside(mention)
    named = {p.name for p in agents}
    inside = parties(view, tree.children(mention.token, "dobj"), country) if mention.verbal else []
    people = [p for p in inside if p.category == "generic"]  # within the trigger itself: "took in refugees"
    patients = [p for p in (*people, *parties(view, direct, country)) if p.name not in named]
    patients = list({p.name: p for p in reversed(patients)}.values())[::-1]
    if not any(p.category in _ABLE for p in patients):
        patients += _reached(mention, [*agents, *patients], country)
    if not agents and any(p.category in _ABLE for p in patients):
        agents = strangers(view, heads)
    elif not patients and any(p.category in _ABLE for p in agents):
        patients = strangers(view, [*direct, *tree.children(mention.token, "dobj")])
    return Sides(agents, patients)


def _acting(view: View, heads: Iterable[Token]) -> list[Token]:
    """Without those that are only of a country: a French player and Germany's firms are no government."""
    return [h for h in heads if on_head(view, h) is not None or not _only_of_a_country(view, h)]


def _only_of_a_country(view: View, head: Token) -> bool:
    start, end = tree.noun_phrase(head)
    inside = [a for a in view.actors if a.start < end and a.end > start]
    return bool(inside) and all(a.category == "country" for a in inside)


def as_government(party: Party) -> Party:
    """A country of whom something is asked is its government, also where the asking is a protest."""
    if party.category != "country" or party.country is None:
        return party
    state = government_of(party.country)
    return replace(party, name=state.name, kind=state.kind, code=state.code, category="state")


def _around(mention: Mention, country: str | None) -> list[Party]:
    """Both sides of talks that are told after their verb: "flew to Oslo for talks", "joined Togo in a meeting"."""
    prep = mention.token.head
    if mention.verbal or mention.token.dep_ != "pobj" or prep.lower_ not in ("for", "in", "to", "into"):
        return []
    verb = tree.clause_of(prep.head)
    heads = [t for c in tree.children(verb, "nsubj", "dobj") for t in tree.with_conjuncts(c)]
    return parties(mention.view, [*heads, *tree.prepositions(verb, "with")], country)


def _beside(mention: Mention) -> list[Token]:
    """Who stands beside a noun, or for a pronoun: "gave *Togo* a warning", "convicted *a priest* and jailed him"."""
    token = mention.token
    if not mention.verbal:
        return tree.children(token.head, "dative") if token.dep_ == "dobj" else []
    if token.dep_ == "conj" and any(c.lower_ in _OBJECTS for c in tree.children(token, "dobj")):
        return tree.children(token.head, "dobj", "nsubjpass")
    return []


def _stand_ins(mention: Mention, heads: Iterable[Token]) -> list[Token]:
    """The heads, with whom a pronoun stands for in its place."""
    found: list[Token] = []
    for head in heads:
        pronoun = head.lower_ in _PRONOUNS or (head.lower_ in _REALMS and any(c.lower_ in _ITS for c in head.children))
        if pronoun and head.dep_ in ("nsubj", "nsubjpass"):
            found += speaker_for(head.head)
        else:
            found.append(head)
    if mention.verbal and mention.token.dep_ == "acl" and mention.token.head.dep_ == "dobj":
        found = [*found, *tree.children(mention.token.head.head, "nsubj")]  # "issued a statement urging them to go"
    if not found and mention.verbal and mention.token.dep_ == "ccomp":
        found = [t for s in tree.children(mention.token.head, "nsubj") for t in tree.with_conjuncts(s)]
    return found


def _reached(mention: Mention, known: list[Party], country: str | None) -> list[Party]:
    """Those of the nearest layer below the mention who are not known as its parties already."""
    states = {p.country for p in known if p.category in ("state", "country")}
    taken = {p.name for p in known}
    placed = (mention.governed or mention.cls).plover in _PLACED
    for tokens in layers(mention.token, mention.end, places=placed):
        found = [
            p
            for p in parties(mention.view, tokens, country)
            if p.name not in taken
            and p.category in _ABLE
            and not (p.category in ("state", "country") and (p.country in states or p.country is None))
        ]
        if found:
            return found
    return []
