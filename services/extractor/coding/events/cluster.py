"""Joins the mentions of one sentence that tell of one event into a draft, and reads its facts off the parse."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from services.extractor.coding.events import tree
from services.extractor.coding.events.acts import absorb, turn_by_auxiliary
from services.extractor.coding.events.adherents import adherents
from services.extractor.coding.events.captives import read_as_held
from services.extractor.coding.events.draft import Draft, comes_after, related
from services.extractor.coding.events.elsewhere import beside, own_places
from services.extractor.coding.events.fresh import is_fresh
from services.extractor.coding.events.kinds import NON_STATE, STATE
from services.extractor.coding.events.labour import read_as_stoppage
from services.extractor.coding.events.mentions import Mention, mentions
from services.extractor.coding.events.modality import ACTUAL, modality
from services.extractor.coding.events.party import as_gunmen, as_protester, persons, property_of
from services.extractor.coding.events.past import no_news
from services.extractor.coding.events.practice import read_as_test
from services.extractor.coding.events.roles import roles
from services.extractor.coding.events.talk import Sides, as_government, sides
from services.extractor.coding.events.topics import about_it
from services.extractor.coding.events.vague import names_another
from services.extractor.coding.events.when import Calendar, Timing, timing
from services.extractor.coding.events.where import locations
from services.extractor.coding.events.who import fighters, parties
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.lexicon.things import things
from services.extractor.coding.lexicon.triggers import classes

if TYPE_CHECKING:
    from services.extractor.coding.events.party import Party
    from services.extractor.coding.events.view import View
    from services.extractor.coding.events.where import Located
    from services.extractor.coding.places.model import PlaceMention
    from services.extractor.coding.reading.tokens import Token

_ACTUAL = ("actual", "attempted")


class _Read:
    """A mention with what must be known before it can be joined to others."""

    def __init__(self, mention: Mention, calendar: Calendar) -> None:
        self.mention = mention
        self.modality, self.cue = modality(mention)
        if (turn := turn_by_auxiliary(mention, self.modality, self.cue)) is not None:
            self.modality, self.cue = turn
        if mention.cls.plover == "THREATEN" and self.modality == "actual":
            self.modality, self.cue = "threatened", mention.token  # a threat's own word says that it is only threatened
        if mention.forced is not None and self.modality in ("actual", "planned"):
            self.modality, self.cue = mention.forced, mention.absorbed[0].token if mention.forced != "actual" else None
        self.timing: Timing = timing(mention, calendar.published, calendar.story)
        mention.background = self.timing.background
        if self.modality == "historical" and is_fresh(mention, self.timing, calendar):
            self.modality, self.cue = ACTUAL  # "held for shooting into the air on Sunday": news of Sunday's deed
        if self.modality == "actual" and (past := no_news(mention, self.timing, calendar)) is not None:
            self.modality, self.cue = "historical", past
        self._places: list[Located] | None = None

    def places(self) -> list[Located]:
        """Where it may have taken place, the likeliest first."""
        if self._places is None:
            self._places = locations(self.mention, self.timing.clause)
        return self._places

    def leave(self, others: list[PlaceMention]) -> None:
        """Let the places go that another deed of the sentence has for its own."""
        self._places = [p for p in self.places() if p.mention not in others]


def drafts(view: View, calendar: Calendar, country: str | None = None) -> list[Draft]:
    """The drafts of one sentence, in the order of their first mentions."""
    told = (
        read_as_test(read_as_held(_between_states(m, country))) for m in mentions(view) if not _is_other(m, country)
    )
    reads = [_Read(m, calendar) for m in absorb(told)]
    _follow(reads)
    return [_draft(group, country) for group in _grouped(reads)]


def _is_other(mention: Mention, country: str | None) -> bool:
    """True for what is no deed of this sentence: another that it names, and civilians who leave a town to nobody."""
    if mention.cls.name == "handover" and mention.verbal:
        doers = parties(mention.view, roles(mention).agents, country)
        if doers and all(p.kind == "Civilians" for p in doers):
            return True
    return names_another(mention)


def _follow(reads: list[_Read]) -> None:
    """What is past of a deed is past of its clause: "the anniversary of a bombing that killed 21"."""
    group = cues()["commemorating"].words
    past = {r.mention.token.i: r.cue for r in reads if r.cue is not None and r.cue.lower_ in group}
    for read in reads:
        verb = read.mention.token
        if verb.dep_ == "relcl" and verb.head.i in past and read.modality == "actual":
            read.modality, read.cue = "historical", past[verb.head.i]


def _grouped(reads: list[_Read]) -> list[list[_Read]]:
    """The mentions of each event."""
    apart = [(*pair, own) for pair in combinations(reads, 2) if (own := _own_places(*pair)) is not None]
    groups: list[list[_Read]] = []
    for read in sorted(reads, key=lambda r: bool(apart) and r.mention.cls.weak):
        homes = [g for g in groups if all(_may_join(read, other) for other in g)]
        if not homes:
            groups.append([read])
        elif apart:  # words that only hint go with the event of their own clause
            min(homes, key=lambda g: min(_apart(r.mention.token, read.mention.token) for r in g)).append(read)
        else:
            homes[0].append(read)
    for one, other, (here, there) in apart:
        one.leave(there)
        other.leave(here)
    order = {id(read): number for number, read in enumerate(reads)}
    for group in groups:
        group.sort(key=lambda r: order[id(r)])
    return sorted(groups, key=lambda g: order[id(g[0])])


def _own_places(one: _Read, other: _Read) -> tuple[list[PlaceMention], list[PlaceMention]] | None:
    if len(one.mention.view.places) < len((one, other)):
        return None  # one place tells nothing apart
    return own_places(one.mention, one.places(), other.mention, other.places())


def _apart(one: Token, other: Token) -> tuple[bool, int]:
    return beside(one, other) is not None or beside(other, one) is not None, tree.distance(one, other)


def _between_states(mention: Mention, country: str | None) -> Mention:
    """What governments alone do is diplomacy: an agreement that no armed group or community is party to, a protest."""
    if mention.cls.name == "pact":
        found = roles(mention)
        sides = parties(mention.view, found.agents + found.both, country)
        if all(p.kind in _OFFICIAL or p.category in ("country", "stranger") for p in sides):
            mention.cls = classes()["accord"]
    elif mention.cls.name == "protest" and mention.verbal and mention.text.lower().startswith(("protest", "rall")):
        doers = parties(mention.view, roles(mention).agents, country)
        if doers and all(p.category == "country" or p.name.startswith("Government") for p in doers):
            # governments protest by notes, and rally behind one another
            mention.cls = classes()["criticise" if mention.text.lower().startswith("protest") else "support"]
    return mention


_OFFICIAL = (STATE, "External/Other forces")


def _may_join(one: _Read, other: _Read) -> bool:
    a, b = one.mention, other.mention
    diplomacy = a.cls.domain == "diplomacy" and a.cls.name != b.cls.name
    if a.cls.domain != b.cls.domain or not related(a.cls, b.cls) or diplomacy:
        return False
    if _group(one.modality) != _group(other.modality) and not (a.attributive or b.attributive):
        return False
    if not (a.attributive or b.attributive) and one.timing.background != other.timing.background:
        earlier = one if one.timing.background else other
        return not earlier.timing.set_apart and earlier.timing.when is None and _result_of(a, b)
    if one.timing.when and other.timing.when:
        w, v = one.timing.when, other.timing.when
        if w.end < v.start or v.end < w.start:
            return False
    if _own_places(one, other) is not None:
        return False
    return tree.distance(a.token, b.token) < 99 or a.attributive or b.attributive


def _result_of(a: Mention, b: Mention) -> bool:
    """`died after gunmen opened fire`, `arrested after a rally`: the main clause comes of what the other one tells."""
    names = {a.cls.name, b.cls.name}
    answered = "dispersal" in names and bool(names & {"protest", "riot"})  # "fired tear gas after youths threw stones"
    return "harm" in (a.cls.frame, b.cls.frame) or "killing" in names or names == {"arrest", "protest"} or answered


def _group(name: str) -> str:
    return "actual" if name in _ACTUAL else name


# Deeds whose sufferer is a person, where a name tells nothing else.
_PERSONAL = frozenset(("killing", "shooting", "execution", "abduction", "stabbing", "beating", "torture", "sexual"))


def _draft(joined: list[_Read], country: str | None) -> Draft:
    crowd = [r.mention for r in joined]
    group = [r for r in joined if not about_it(r.mention, crowd)]
    lead = next((r for r in group if not r.mention.attributive and not r.mention.cls.weak), group[0])
    view = lead.mention.view
    draft = Draft([r.mention for r in group], lead.modality, (view, lead.cue) if lead.cue is not None else None)
    draft.background = all(r.timing.background for r in group)
    draft.set_apart = all(r.timing.set_apart for r in group)
    draft.when = next((r.timing.when for r in (lead, *group) if r.timing.when is not None), None)
    for read in (lead, *(r for r in group if r is not lead)):
        if draft.domain == "diplomacy":
            _address(draft, sides(read.mention, country))
            if read.mention.cls.plover == "MOBILIZE":  # where envoys are recalled from or to is no place of an event
                draft.places += read.places()
            continue
        found = roles(read.mention)
        if comes_after({read.mention.cls.name}, draft.names):
            found.agents, found.patients = [], []
        for side, heads in (
            ("agents", found.agents),
            ("patients", found.patients),
            ("both", found.both),
            ("claimants", found.claimants),
        ):
            known = getattr(draft, side)
            here = _named(read.mention, side, heads, country)
            known += [p for p in here if p.name not in {k.name for k in known}]
        if not draft.patients and read.mention.cls.name in _PERSONAL and not any(p.kind == STATE for p in draft.agents):
            draft.patients += persons(view, found.patients)[:1]
        names = {k.name for k in draft.claimants}
        avowed = parties(view, found.avowed, country)
        draft.claimants += [p for p in avowed if p.kind in NON_STATE and p.name not in names]
        for act in read.mention.absorbed:  # "warned Chad that it would shell its towns", "marched to demand …"
            told = sides(act, country)
            asked = (
                [as_government(p) for p in told.patients if p.kind != "Civilians"]
                if read.mention.cls.plover == "PROTEST"
                else told.patients
            )
            _address(draft, Sides(agents=told.agents if not draft.agents else [], patients=asked))
        draft.places += read.places()
        draft.objects |= {t.lower_ for t in tree.counted(found.patients) if not _is_day(view, t)}
        draft.doers |= {_kind_of(t) for t in tree.counted(found.agents + found.both) if not _is_day(view, t)}
        named = {t.name for t in draft.things}
        draft.things += [t for t in property_of(view, tree.counted(found.patients)) if t.name not in named]
    if "arrest" in draft.names:  # who is held for a deed did it, but is not who holds
        held = {(p.name, p.mention) for p in draft.patients}
        draft.agents = [p for p in draft.agents if (p.name, p.mention) not in held]
    draft.patients = _but_for_sites(draft.patients)
    draft.places.sort(key=lambda p: p.cost)
    fought = any(r.mention.cls.name == "clash" and not r.mention.attributive for r in group)
    if fought and not (draft.agents or draft.patients or draft.both):
        draft.both = fighters(view)
    read_as_stoppage(draft)
    return draft


def _is_day(view: View, token: Token) -> bool:
    """True within a date: "fired on Monday" names no target."""
    return any(start <= token.idx < end for start, end in view.days)


def _kind_of(doer: Token) -> str:
    """The head of a doer's phrase; of a storm with a name what it is, and no beast of "the Hill Tigers"."""
    names = tree.children(doer, "compound") if doer.text[:1].isupper() else []
    if any(c.text[:1].isupper() for c in names) and doer.lower_ in things()["nature"]:
        return f"{names[0].lower_} {doer.lower_}"
    return next((kind for c in names if (kind := c.lower_) in things()["named_storm"]), doer.lower_)


# What people are called by what they do.
_BY_DEED = {"protest": as_protester, "shooting": as_gunmen}


def _named(mention: Mention, side: str, heads: list[Token], country: str | None) -> list[Party]:
    """Who stands on a side of a mention; a thing's origin suffers nothing."""
    if side == "agents" and mention.cls.name == "protest":
        marching = [p for head in heads if (p := adherents(mention.view, head)) is not None]
        if marching:
            return marching[:1]
    found = parties(mention.view, heads, country)
    known_as = _BY_DEED.get(mention.cls.name)
    if side == "agents" and known_as is not None:
        return [known_as(p) for p in found]
    return [p for p in found if side != "patients" or not (p.origin or _tells_where(mention.view, p))]


def _tells_where(view: View, party: Party) -> bool:
    """A country that says where a place before it lies suffers nothing: "a strike on the market of Xyz, Niger"."""
    if party.category != "country":
        return False
    named = {a.start for a in view.actors if a.category == "country" and party.start <= a.start < party.end}
    return any(q in named and place.start < q for place in view.places for q in place.qualifiers)


def _but_for_sites(patients: list[Party]) -> list[Party]:
    """The sufferers but for those whose camp or clinic it was, where fighters were struck there."""
    if not any(p.kind in NON_STATE for p in patients):
        return patients
    sites = things()["property"] | things()["territory"]
    return [p for p in patients if p.kind != "Civilians" or p.mention.lower().split()[-1] not in sites]


def _address(draft: Draft, found: Sides) -> None:
    """Add the parties of a mention of diplomacy."""
    for side in ("agents", "patients", "both"):
        known: list[Party] = getattr(draft, side)
        known += [p for p in getattr(found, side) if p.name not in {k.name for k in known}]
