"""What of a report is compared with other reports, laid out so that a comparison is cheap."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Actor, ConflictEvent, EventDate, Place
from services.sink.merging.knowledge import hand_of, kind_of, knowledge, means_of
from services.sink.merging.names import fold, sides
from services.sink.merging.report import ArticleReport
from services.sink.wording import country

LONG_AGO = dt.date(1970, 1, 1).toordinal()
"""The day on which an archive's articles without a date are held to have arrived."""
_SIDES = ("perpetrator", "participant")
_WORD = re.compile(r"[a-z]+")
_PERSON = ", "
"""What stands between the last and the first name of a person among the keywords."""
_ABDUCTION = "Abduction/forced disappearance"
_FORCES = "State forces"
FIRST = 24
"""Numbers of a fingerprint that are compared first: copies share one of them."""
_LONG = 4
"""Letters of a word of a name that tells which place it is."""
_TOWN = 2
"""Places of this precision or finer are towns, or near one."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is compared."""

    country: str | None
    """Null where the text does not tell it: what was inferred may be a namesake's."""
    region: str | None
    """The first-level division, folded."""
    town: str | None
    """The name of a town or part of one, folded; None where only a region or country is told."""
    sure: bool
    """Whether the text tells outright which place it is: by its own sentence, with the country or the region."""
    known: bool
    """Whether the gazetteer knows it."""
    words: frozenset[str]
    """The longer words of its names, in the gazetteer and in the text."""
    outright: str | None
    """The town, where the text tells outright which it is and the gazetteer knows it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A report as it is compared; days are ordinals."""

    article: str
    main: bool
    """Whether it is what the article is mainly about."""
    status: str
    seen: int
    """The day on which the article arrived."""
    first: int
    last: int
    """The span of days of the event; of one without a date the day on which the article arrived."""
    timeless: bool
    """Whether neither the event nor its article has a day: an archive's article without a date, which may be of any."""
    dated: bool
    told: bool
    """Whether the text itself tells one day."""
    since: int | None
    """Days from the event's day to the article's publication."""
    spoken: bool
    """Whether it tells one day, or the night between two."""
    firm: bool
    """Whether it tells that day as none of reporting: by a part of it, or as earlier than that of publication."""
    parts: frozenset[str]
    """The parts of the day that it tells: early, day, late."""
    where: Where | None
    kind: str
    means: int | None
    """The group of means that it names; people who were taken tell of no air raid."""
    hand: int | None
    """By what means or hand it was done: as `means`, or by guns or blades; None where none is told, or two are."""
    killed: int | None
    injured: int | None
    by_state: bool | None
    """Whether a state's forces did it, or armed men of no state; None where that is not told, or both took part."""
    camp: str | None
    """For or against whom a crowd is, where that is told: `government` or `opposition`."""
    doers: frozenset[str]
    """Named groups and forces that did it or took part."""
    sufferers: frozenset[str]
    """Named groups and forces that it was done to."""
    terms: dict[str, float]
    """Telling words; the squared weights of all of an article's add up to 1."""
    placed: frozenset[str]
    """The telling words that name no more than the place: short articles of one town share little else."""
    people: frozenset[str]
    """Who is told of by name and age, or as identified."""
    named: frozenset[str]
    """Names of two words, written as people are: one whom another report tells by age may be among them."""
    fingerprint: tuple[int, ...]
    head: frozenset[int]
    """The first numbers of the fingerprint."""


def signature(report: ArticleReport) -> Signature:
    """How the report is compared."""
    event = report.event
    seen = report.article.article_time.astimezone(dt.UTC).toordinal()
    first, last = _days(event.date) or (seen, seen)
    spoken = (
        event.date is not None and event.date.basis == "text" and last - first <= 1 and "date" not in event.inferred
    )
    told = spoken and first == last
    published = _published(report)
    terms = _terms(report)
    parts = _parts(event.date.text if event.date and event.date.text else "")
    return Signature(
        article=report.article.article_id,
        main=report.main,
        status=report.article.status,
        seen=seen,
        first=first,
        last=last,
        timeless=event.date is None and seen == LONG_AGO,
        dated=event.date is not None,
        told=told,
        since=None if published is None else published.toordinal() - last,
        spoken=spoken,
        firm=told and (bool(parts) or published is None or first < published.toordinal()),
        parts=parts,
        where=_where(event.place, event.inferred) if event.place else None,
        kind=kind_of(event.sub_event_type),
        means=means_of(_ABDUCTION if event.casualties.abducted else event.sub_event_type),
        hand=_hand(event),
        killed=event.casualties.killed.best if event.casualties.killed else None,
        injured=event.casualties.injured.best if event.casualties.injured else None,
        by_state=_by_state(event.actors),
        camp=_camp(event.actors) if kind_of(event.sub_event_type) == "crowd" else None,
        doers=sides(event.actors, _SIDES),
        sufferers=sides(event.actors, ("target",)),
        terms=terms,
        placed=_placed(report),
        people=_people(report),
        named=_named(terms),
        fingerprint=tuple(report.article.fingerprint) if report.main else (),
        head=frozenset(report.article.fingerprint[:FIRST] if report.main else ()),
    )


def _hand(event: ConflictEvent) -> int | None:
    doers = [actor.mention for actor in event.actors if actor.role in _SIDES]
    triggers = [span.text for span in event.evidence if span.field == "event_type"]
    return hand_of(event.sub_event_type, "".join(f" {words}" for words in [*event.weapons, *doers, *triggers]).lower())


def _camp(actors: Sequence[Actor]) -> str | None:
    """By the words for those who march: supporters of a government, or opponents of it."""
    told = {word for actor in actors if actor.role in _SIDES for word in _WORD.findall(actor.mention.lower())}
    camps = knowledge().camps
    if told & camps.against:
        return "opposition"
    return "government" if told & camps.government and told & camps.backing else None


def _by_state(actors: Sequence[Actor]) -> bool | None:
    if any(actor.role == "participant" for actor in actors):
        return None
    kinds = {actor.kind for actor in actors if actor.role == "perpetrator"} - {None, "Civilians"}
    return _FORCES in kinds if kinds and (kinds == {_FORCES} or _FORCES not in kinds) else None


def _days(date: EventDate | None) -> tuple[int, int] | None:
    return (date.start.toordinal(), date.end.toordinal()) if date else None


def _published(report: ArticleReport) -> dt.date | None:
    published = report.article.published_at
    return published.date() if isinstance(published, dt.datetime) else published


def _parts(text: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(text.lower()))
    return frozenset(part for part, its in knowledge().days.parts.items() if not words.isdisjoint(its))


def _where(place: Place, inferred: Sequence[str]) -> Where:
    led = place.admin1 is not None and "place.admin1" not in inferred
    # what is told of itself as a town is one though its region bears its name; near it the region may be meant
    is_town = place.precision < _TOWN or (place.precision == _TOWN and place.name != place.admin1)
    # "Sidakan, Iraq" and "Rago in Ituri" name Sidakan and Rago: who names Iraq or Ituri has not named this place
    mention = fold(place.mention.partition(",")[0]).split()
    region = frozenset(fold(place.admin1).split()) if place.admin1 else frozenset()
    names = [*fold(place.name).split(), *(word for word in mention if word not in region)]
    town = fold(place.name) if is_town else None
    sure = "place" not in inferred and (led or "place.country" not in inferred)
    known = place.geonames_id is not None
    return Where(
        country=None if "place.country" in inferred else place.country,
        region=fold(place.admin1) if place.admin1 else None,
        town=town,
        sure=sure,
        known=known,
        outright=town if sure and known else None,
        words=frozenset(word for word in names if len(word) >= _LONG),
    )


def _people(report: ArticleReport) -> frozenset[str]:
    """Those of the article; of an event in passing those whom its own sentences name."""
    named = (word.lower() for word in report.article.keywords if _PERSON in word)
    if report.main:
        return frozenset(named)
    own = " ".join(sentence.text for sentence in report.sentences).lower()
    return frozenset(name for name in named if all(part in own for part in name.split(_PERSON)))


def _named(terms: dict[str, float]) -> frozenset[str]:
    names = (word.split(" ") for word in terms if " " in word)
    return frozenset(f"{last}{_PERSON}{first}" for first, last in names)


def _terms(report: ArticleReport) -> dict[str, float]:
    """The telling words of the article; of an event in passing those of its own sentences: together they weigh less."""
    weights: dict[str, float] = {}
    for word in report.article.keywords:
        if _PERSON in word:
            continue
        low = word.lower()
        weights[low] = max(weights.get(low, 0.0), _weight(word))
    size = math.sqrt(sum(weight * weight for weight in weights.values()))
    own = None if report.main else " ".join(sentence.text for sentence in report.sentences).lower()
    return {word: weight / size for word, weight in weights.items() if own is None or word in own}


def _placed(report: ArticleReport) -> frozenset[str]:
    place = report.event.place
    if place is None:
        return frozenset()
    names = [place.name, place.mention, place.admin1, place.admin2]
    names += [span.text for span in report.event.evidence if span.field == "place"]
    names += [country(place.country)] if place.country else []
    words = {word for name in names if name for word in fold(name).split()}
    keywords = {word.lower() for word in report.article.keywords if _PERSON not in word}
    return frozenset(word for word in keywords if words.issuperset(fold(word).split()))


def _weight(word: str) -> float:
    kinds = knowledge().words
    if word[0].isdigit():
        return kinds.number
    if word.islower():
        return kinds.word
    return kinds.pair if " " in word else kinds.name
