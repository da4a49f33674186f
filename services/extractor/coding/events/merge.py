"""Joins drafts of one article that tell of the same event: headline, lead and later sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from services.extractor.coding.events.days import days_meet, firmer
from services.extractor.coding.events.draft import Draft, comes_after, related
from services.extractor.coding.events.elsewhere import elsewhere
from services.extractor.coding.events.kinds import CROWD, strong
from services.extractor.coding.events.means import ANY_MEANS, alike, means, means_of_a_bombing, types
from services.extractor.coding.events.sequel import comes_of_a_crowd, refers, told_later
from services.extractor.coding.events.sides import answers, doers_shared, foes, shared, specific
from services.extractor.coding.events.toll_alone import comes_later, prefer, tells_toll_alone
from services.extractor.coding.lexicon.cues import cues
from services.extractor.coding.places.nesting import lies_in

if TYPE_CHECKING:
    from services.extractor.coding.events.party import Party
    from services.extractor.coding.places.model import Candidate

Located = Callable[[Draft], "Candidate | None"]

# What two drafts share speaks for one event by so much; from ENOUGH on they are joined.
_AGENT, _TARGET, _PLACE, _DAY, _TOLL, _TYPE, _REFERS, _CLAIM, _NEXT, _BARE, _CLASS = 2, 2, 2, 1, 3, 2, 1, 2, 1, 1, 1
_SUMMED = 1
ENOUGH = 3
_ANOTHER = frozenset(("another", "separate", "second", "similar", "other", "different", "previous", "earlier", "third"))
# A crowd's march is not what bombs did elsewhere, though people died in both.
_CROWD = frozenset(("protest", "protesters", "riot", "labour_strike"))
_WEAPONS = frozenset(
    ("airstrike", "drone_strike", "shelling", "missile", "bomb_run", "suicide", "ied", "chemical", "ambush", "takeover")
)
_BLASTS = ("Air/drone strike", "Shelling/artillery/missile attack", "Suicide bomb", "Remote explosive/landmine/IED")
# Steps within which a headline's places are its event's.
_FAR = 12
_NAMELESS = CROWD | {"Civilians"}
# How far below its headline a story still opens.
_OPENS = 3


def merge(drafts: list[Draft], located: Located) -> list[Draft]:
    """The drafts that remain, in order of their first mentions. Those of the text are joined before the title's."""
    text = [d for d in drafts if not d.view.sentence.headline]
    title = [d for d in drafts if d.view.sentence.headline]
    found: list[Draft] = []
    for draft in (*text, *title):
        scores = [(_score(known, draft, located), known) for known in found]
        homes = [home for home in scores if home[0] >= _needed(draft)]
        if homes:
            _absorb(homes[prefer(draft, homes)][1], draft)
        else:
            found.append(draft)
    return _once(found, located)


def _once(found: list[Draft], located: Located) -> list[Draft]:
    """Each fight and each toll once: what joined the one or the other may have shown that two are one."""
    kept: list[Draft] = []
    for draft in found:
        homes = (k for k in kept if _tolls(k) & _tolls(draft) or answers(k, draft))
        home = next((k for k in homes if _score(k, draft, located) >= ENOUGH), None)
        if home is None:
            kept.append(draft)
        else:
            _absorb(home, draft)
    return kept


def _needed(draft: Draft) -> int:
    """A mention that says little by itself is joined for less."""
    if draft.weak:
        return 1
    own = draft.places or draft.when is not None or any(specific(p) for p in draft.agents + draft.both)
    return ENOUGH if own else ENOUGH - 1


def _score(one: Draft, other: Draft, located: Located) -> int:
    """How much speaks for one event; below nothing where something speaks against it."""
    if not _comparable(one, other):
        return -1
    doers = doers_shared(one, other)
    if doers < 0 or foes(one, other) or _types_clash(one, other) or _apart(one, other):
        return -1
    here, there = located(one), _there(one, other, located)
    if here is not None and there is not None and not _same_place(here, there) and not _counts_alike(one, other):
        return -1
    score = _by_days(one, other)
    if score < 0:
        return -1
    if one.background != other.background and one.when is None:
        score -= 1
    score += _AGENT * doers + _TARGET * max(shared(one.patients + one.both, other.patients + other.both), 0)
    if here is not None and there is not None:
        score += _PLACE if here.kind != "country" and there.kind != "country" else 1
    if types(one) & types(other) or other.weak or _same_words(one, other):
        score += _TYPE
    elif alike(means_of_a_bombing(one), means_of_a_bombing(other)):
        score += _TYPE - 1
    elif _crowd(one) == _crowd(other) and (not one.names - ANY_MEANS or not other.names - ANY_MEANS):
        # a town told after a country alone may be another of its towns
        score += 0 if here is not None and there is not None and here.kind == "country" != there.kind else 1
    score += _TOLL if _tolls(one) & _tolls(other) else 0
    score += _TYPE if _meets(one, other) or answers(one, other) else 0
    return score + (_summed(one, other) if other.view.sentence.headline else _by_reference(one, other))


def _there(one: Draft, other: Draft, located: Located) -> Candidate | None:
    """Where the other took place: of the places of a headline that counts the dead, the one that it shares."""
    there, here = located(other), located(one)
    sums = other.view.sentence.headline and bool(other.tolls)
    if here is None or there is None or not sums or _same_place(here, there):
        return there
    told = {p.mention.start: p for p in reversed(other.places) if p.cost <= _FAR}
    found = (located(replace(other, places=[p])) for _, p in sorted(told.items()))
    return next((place for place in found if place is not None and _same_place(here, place)), there)


# Dead of whom a headline and its story hardly count equally many by chance.
_MANY = 3


def _counts_alike(one: Draft, headline: Draft) -> bool:
    """True where a headline, which names places loosely, counts the dead of the story's own event."""
    if not headline.view.sentence.headline or any(m.view.sentence.headline for m in one.mentions):
        return False
    return any(kind == "killed" and n >= _MANY for kind, n in _tolls(one) & _tolls(headline))


def _summed(one: Draft, headline: Draft) -> int:
    """A headline tells what the story opens with, and its "dozens" are the number that the story gives."""
    opens = min(m.view.sentence.index for m in one.mentions) - headline.view.sentence.index
    least = max((t.low or 0 for _, t in headline.tolls if t.kind == "killed" and t.vague), default=0)
    most = max((t.value or 0 for _, t in one.tolls if t.kind == "killed" and not t.past), default=0)
    told = 0 if not least or not most else _TOLL if most >= least else -_TOLL
    if _crowd(one) != _crowd(headline):
        return told
    return _SUMMED + (_NEXT if opens <= _OPENS else 0) + told


@cache
def _openings() -> tuple[str, ...]:
    return tuple(cues()["apart"].words)


def _apart(one: Draft, other: Draft) -> bool:
    """Another event by the text's own word ("elsewhere"), or since who did the one suffered the other."""
    if other.view is not one.view and other.view.sentence.part == "text":
        opening = other.view.sentence.text[:40].lower()
        if opening.startswith(_openings()):
            return True
    if any(c.lower_ in _ANOTHER for m in other.mentions if not m.verbal for c in m.token.children):
        return True
    if other.view is one.view and one.set_apart != other.set_apart:
        return True
    if other.view is one.view and any(
        elsewhere(m, one.places, n, other.places) for m in one.mentions if m.view is one.view for n in other.mentions
    ):
        return True
    # people without a name; who marches is who is shot
    did = {p.name for p in one.agents if p.category != "generic" or p.kind not in _NAMELESS}
    suffered = {p.name for p in other.patients}
    if _meets(one, other) or answers(one, other) or tells_toll_alone(other):
        # who marches is who is dispersed and held; who is fired at fires back; who attacks is hurt in the fight
        return False
    return bool(did & suffered) and not did & {p.name for p in other.agents}


def _comparable(one: Draft, other: Draft) -> bool:
    if one.domain != other.domain or not (_group(one) == _group(other) or other.weak):
        return False
    if one.domain == "diplomacy" and not one.names & other.names:
        return False
    return any(related(a.cls, b.cls) for a in one.mentions for b in other.mentions)


def _by_days(one: Draft, other: Draft) -> int:
    if one.when is None or other.when is None:
        return 0
    if refers(other) and told_later(one.when, other):
        return _DAY
    if comes_later(other, one):
        return 0
    return _DAY if days_meet(one.when, other.when) else -1


def _by_reference(one: Draft, other: Draft) -> int:
    """`the explosions`, and more so right after they were told of; a bare toll goes with what was told just before."""
    steps = [other.view.sentence.index - m.view.sentence.index for m in one.mentions]
    bare = not other.agents and not other.both and not other.places and bool(other.tolls)
    near = any(0 <= step <= (2 if tells_toll_alone(other) else 1) for step in steps)
    known = _CLAIM if other.claimants else _REFERS if refers(other) else 0
    known += _CLASS if near and _one_deed(strong(one), strong(other)) else 0
    return known + (_NEXT if near else 0) + (_BARE if near and bare else 0)


def _same_place(one: Candidate, other: Candidate) -> bool:
    """True where one may lie in the other; a name that is not in the data may lie anywhere."""
    if one.kind == "unknown" or other.kind == "unknown":
        return one.name == other.name or one.kind != other.kind
    alike = (one.name, one.admin1, one.country) == (other.name, other.admin1, other.country)
    if one.kind == other.kind == "town" and not _gives_name(one) and not _gives_name(other):
        return alike
    return alike or lies_in(one, other) or lies_in(other, one)


def _gives_name(town: Candidate) -> bool:
    """True for a town that its division is called after: its name alone ("killed in Arauca") may mean either."""
    return town.admin1 is not None and town.admin1.startswith(town.name)


def _group(draft: Draft) -> str:
    return "actual" if draft.modality in ("actual", "attempted") else draft.modality


def _types_clash(one: Draft, other: Draft) -> bool:
    if _crowd(one) != _crowd(other) and (_armed(one) or _armed(other)):
        return True
    if _other_weapons(one, other):
        return True
    a, b = means(one), means(other)
    if not a or not b or a & b or _meets(one, other):
        return False
    return not alike(a, b) and not {"Armed clash"} & (a | b)


def _other_weapons(one: Draft, other: Draft) -> bool:
    """True for a drone that killed two and a mine that killed three: both tell what killed and how many, and differ."""
    here, there = ({w.hint for _, w in draft.weapons if w.hint is not None} for draft in (one, other))
    if not here or not there or here & there or alike(here, there):
        return False
    fell, also = ({n for kind, n in _tolls(draft) if kind == "killed"} for draft in (one, other))
    return bool(fell and also) and not fell & also


def _crowd(draft: Draft) -> bool:
    return bool(draft.names & _CROWD)


def _meets(one: Draft, other: Draft) -> bool:
    """True where the one tells of a crowd and the other of what is done to it: "Police used water cannon"."""
    if "dispersal" in one.names and "arrest" in other.names and other.names <= {"protesters", "arrest"}:
        return True
    if not _crowd(one) or _crowd(other):
        return False
    return "dispersal" in other.names or any(p.kind in CROWD for p in other.patients) or comes_of_a_crowd(other)


def _armed(draft: Draft) -> bool:
    return bool(draft.names & _WEAPONS) or any(w.hint in _BLASTS for _, w in draft.weapons)


def _tolls(draft: Draft) -> set[tuple[str, int]]:
    return {
        (t.kind, n)
        for _, t in draft.tolls
        if not t.past and (n := t.best if t.best is not None else t.low) is not None and n > 1
    }


_EXPLOSIONS = frozenset(("bomb_run", "ied", "grenade", "suicide"))


def _one_deed(one: set[str], other: set[str]) -> bool:
    """True where the classes are the same, or the bomb of the one may have caused the blast of the other."""
    return bool(one & other) or bool(one & _EXPLOSIONS and other & _EXPLOSIONS)


def _same_words(one: Draft, other: Draft) -> bool:
    """Of one class that says more than that somebody died: "the bombing", "the blast"."""
    said = {m.cls.name for m in one.mentions if not m.cls.weak and m.cls.domain == "violence"}
    return bool(said & other.names - ANY_MEANS)


def _leads(draft: Draft) -> bool:
    """True for what a headline or the first sentence tells: news, whatever day is merged with it."""
    return any(m.view.sentence.headline or m.view.sentence.index <= 1 for m in draft.mentions)


def _absorb(home: Draft, other: Draft) -> None:
    """Take over what the other draft says; a day told outright stands above one that was reckoned."""
    after = comes_after(other.names, home.names)
    if comes_after(home.names, other.names):
        home.agents, home.patients = [], []
    home.mentions += other.mentions
    for side in ("agents", "patients", "both", "claimants", "things"):
        if after and side in ("agents", "patients"):
            continue
        mine: list[Party] = getattr(home, side)
        if mine and other.view.sentence.headline:
            continue  # the text tells more exactly who than its headline
        known = {k.name for k in mine}
        if side == "agents" and other.view.sentence.headline:
            known |= {k.name for k in home.patients}  # "Teen shot at park": by the text the teen suffered it
        mine += [p for p in getattr(other, side) if p.name not in known]
    if other.when is not None and (home.when is None or firmer(other.when, home.when)):
        if home.modality == "actual" and other.modality == "historical" and home.when is None and not _leads(home):
            home.modality, home.cue = other.modality, other.cue  # the only day that is told of it is long past
        home.when = other.when
    home.background = home.background and other.background
    home.places += other.places
    if other.modality != "historical" or home.modality == other.modality:
        home.tolls += other.tolls  # what years came to is no toll of the day
    home.weapons += other.weapons
    home.objects |= other.objects
    home.doers |= other.doers
