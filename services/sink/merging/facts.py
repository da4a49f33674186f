"""What the reports of one incident add up to: the most precise facts that agree, and where they do not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from schemas import Actor, Casualties, EventDate, EventFacts, Place
from schemas.alert import Claim, Disagreement
from schemas.taxonomies import acled
from schemas.words import TOLL_KINDS
from services.sink.merging.knowledge import knowledge
from services.sink.merging.names import fold
from services.sink.merging.report import ArticleReport
from services.sink.merging.sources import independent
from services.sink.merging.tolls import Number, add_up, current

_DESCRIBED = ("Unidentified", "Civilians", "Security Forces", "Military Forces", "Police Forces", "Government")
"""Beginnings of names that say what an actor is and not who."""
_REGION = 3
"""Places of this precision and coarser are regions and countries."""


@dataclass(frozen=True)
class Merged:
    """The facts of an incident."""

    event: EventFacts
    sources: int
    """How many independent sources tell of it."""
    disagreements: list[Disagreement]


def merge(reports: Sequence[ArticleReport]) -> Merged:
    """The facts that one or more reports add up to, whatever order they stand in.

    Each independent source speaks by its newest report; copies of one text and articles of one outlet are one source.
    """
    sources = independent(reports)
    speakers = [_newest(source) for source in sources]
    first = speakers[0]
    typed = _typed(speakers)
    date, days = _date([_dating(source) for source in sources])
    place, wheres = _place(speakers)
    tolls = {kind: _numbers(sources, kind) for kind in TOLL_KINDS}
    event = EventFacts(
        disorder_type=typed.event.disorder_type,
        event_type=typed.event.event_type,
        sub_event_type=typed.event.sub_event_type,
        plover=typed.event.plover,
        cameo=typed.event.cameo,
        modality="actual" if any(s.event.modality == "actual" for s in speakers) else first.event.modality,
        date=date.event.date if date else None,
        actors=_actors(speakers),
        place=place.event.place if place else None,
        casualties=Casualties(**{kind: add_up(numbers) for kind, numbers in tolls.items()}),
        weapons=list(dict.fromkeys(weapon for s in speakers for weapon in s.event.weapons)),
        claimed_by=next((s.event.claimed_by for s in reversed(speakers) if s.event.claimed_by), None),
        reported_by=next((s.event.reported_by for s in speakers if s.event.reported_by), None),
        confidence=max(s.event.confidence for s in speakers),
        inferred=_inferred(first, date, place, speakers),
    )
    disagreements = [*_differ("date", days), *_differ("place", wheres)]
    for kind, numbers in tolls.items():
        disagreements += _differ(f"casualties.{kind}", _by_number(numbers, event))
    return Merged(event, len(sources), disagreements)


def _newest(source: Sequence[ArticleReport]) -> ArticleReport:
    """The report that a source goes by: its newest of those that are mainly about the incident."""
    return max(source, key=lambda report: (report.main, report.order()))


def _dating(source: Sequence[ArticleReport]) -> ArticleReport:
    """The report that a source's day is taken from: its newest that is no follow-up long after its first."""
    ends = [report.event.date.end for report in source if report.event.date]
    if not ends:
        return _newest(source)
    soon = [report for report in source if report.event.date and not _follows(report.event.date, min(ends))]
    return _newest(soon)


def _follows(date: EventDate, first: dt.date) -> bool:
    """True for a day so long after another one that it is that of a verdict or of an anniversary."""
    return (date.start - first).days > knowledge().days.most_told


def _name(report: ArticleReport) -> str:
    return report.article.source.name or report.article.article_id


def _typed(speakers: Sequence[ArticleReport]) -> ArticleReport:
    """The report whose type stands: what most sources say; of as many, the one that ACLED puts higher."""
    votes = Counter(s.event.sub_event_type for s in speakers)
    return min(speakers, key=lambda s: (-votes[s.event.sub_event_type], _precedence(s.event.sub_event_type)))


def _precedence(sub_event: str | None) -> int:
    return acled.precedence(sub_event) if sub_event in acled.sub_events() else len(acled.sub_events())


def _date(speakers: Sequence[ArticleReport]) -> tuple[ArticleReport | None, dict[str, list[str]]]:
    """The report whose date stands, and who says what where dates exclude one another."""
    dated = [(s, s.event.date) for s in speakers if s.event.date is not None]
    if not dated:
        return None, {}
    agree = {id(s): sum(_meet(date, other) for _, other in dated) for s, date in dated}
    first = min(date.end for _, date in dated)
    best = min(
        dated,
        key=lambda pair: (
            -agree[id(pair[0])],
            _follows(pair[1], first),
            "date" in pair[0].event.inferred,
            (pair[1].end - pair[1].start).days,
        ),
    )
    return best[0], _claims(
        (s for s, _ in dated),
        lambda s: _days(s.event.date),
        first=best[0],
        differs=lambda s: s.event.date is not None and not _meet(s.event.date, best[1]),
    )


def _meet(one: EventDate, other: EventDate) -> bool:
    return one.start <= other.end and other.start <= one.end


def _days(date: EventDate | None) -> str:
    if date is None:
        return ""
    return str(date.start) if date.start == date.end else f"{date.start} to {date.end}"


def _place(speakers: Sequence[ArticleReport]) -> tuple[ArticleReport | None, dict[str, list[str]]]:
    """The report whose place stands: the most precise that most sources' places can be."""
    placed = [(s, s.event.place) for s in speakers if s.event.place is not None]
    if not placed:
        return None, {}
    agree = {id(s): sum(_can_be_one(place, other) for _, other in placed) for s, place in placed}
    best = min(
        placed,
        key=lambda pair: (
            -agree[id(pair[0])],
            "place" in pair[0].event.inferred,
            pair[1].precision,
            pair[1].geonames_id is None,
        ),
    )
    return best[0], _claims(
        (s for s, _ in placed),
        lambda s: _where(s.event.place),
        first=best[0],
        differs=lambda s: s.event.place is not None and not _can_be_one(s.event.place, best[1]),
    )


def _can_be_one(one: Place, other: Place) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    if one.admin1 and other.admin1 and one.admin1 != other.admin1:
        return False
    return max(one.precision, other.precision) >= _REGION or fold(one.name) == fold(other.name)


def _where(place: Place | None) -> str:
    return ", ".join(part for part in (place.name, place.admin1, place.country) if part) if place else ""


def _actors(speakers: Sequence[ArticleReport]) -> list[Actor]:
    """All that are named, each once in a role; those only described give way to a name of their kind in their role."""
    found: dict[tuple[str, str], Actor] = {}
    for speaker in speakers:
        for actor in speaker.event.actors:
            found.setdefault((actor.role, actor.name), actor)
    named = {(a.role, a.kind) for a in found.values() if not a.name.startswith(_DESCRIBED)}
    doers = {role for role, kind in named if role == "perpetrator" and kind not in (None, "Civilians")}
    return [
        actor
        for actor in found.values()
        if not actor.name.startswith(_DESCRIBED)
        or ((actor.role, actor.kind) not in named and not (actor.role in doers and "Unidentified" in actor.name))
    ]


def _numbers(sources: Sequence[Sequence[ArticleReport]], kind: str) -> list[Number]:
    """What each source says last of a kind of harm."""
    found = []
    for source in sources:
        told = [(s, toll) for s in source if (toll := getattr(s.event.casualties, kind)) is not None]
        if told:
            speaker, toll = max(told, key=lambda pair: (pair[0].main, pair[0].order()))
            found.append(Number(_name(speaker), toll, speaker.article.article_time))
    return found


def _by_number(numbers: Sequence[Number], event: EventFacts) -> dict[str, list[str]]:
    """Who gives which number, of those that stand; the one gone by first."""
    said: dict[str, list[str]] = {}
    standing = current(numbers)
    for number in sorted(standing, key=lambda n: n.toll.best not in _bests(event)):
        if number.toll.best is not None:
            said.setdefault(str(number.toll.best), []).append(number.source)
    return said


def _bests(event: EventFacts) -> set[int | None]:
    return {toll.best for kind in TOLL_KINDS if (toll := getattr(event.casualties, kind)) is not None}


def _claims(
    speakers: Iterable[ArticleReport],
    say: Callable[[ArticleReport], str],
    *,
    first: ArticleReport,
    differs: Callable[[ArticleReport], bool],
) -> dict[str, list[str]]:
    """What is said by whom, what stands first; what only says it less precisely is no other answer."""
    said: dict[str, list[str]] = {say(first): []}
    for speaker in speakers:
        said.setdefault(say(speaker) if differs(speaker) else say(first), []).append(_name(speaker))
    return said


def _differ(field: str, said: dict[str, list[str]]) -> list[Disagreement]:
    if len(said) < 2:
        return []
    return [Disagreement(field=field, claims=[Claim(value=value, sources=names) for value, names in said.items()])]


def _inferred(
    first: ArticleReport, date: ArticleReport | None, place: ArticleReport | None, speakers: Sequence[ArticleReport]
) -> list[str]:
    """The fields that the texts do not say outright, each as the report has it that the field was taken from."""
    found: set[str] = set()
    for report, prefix in ((date, "date"), (place, "place"), (first, "casualties")):
        if report is not None:
            found |= {name for name in report.event.inferred if name.split(".")[0] == prefix}
    told = {name for s in speakers for kind in TOLL_KINDS if _is_told(s, kind) for name in (f"casualties.{kind}",)}
    return sorted(found - told)


def _is_told(speaker: ArticleReport, kind: str) -> bool:
    return getattr(speaker.event.casualties, kind) is not None and f"casualties.{kind}" not in speaker.event.inferred
