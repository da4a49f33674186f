"""Messages as the extractor writes them, of synthetic incidents: many papers on each, in the order of their arrival."""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from schemas import ArticleEvents, Casualties, ConflictEvent, EventDate, Evidence, Place, Sentence, Source, Toll, ids
from schemas.event import Actor
from tests.messages import TEXT, message

DAYS = 28
"""Incidents begin within so many days: all of them are open to the last."""
OWN, SHARED = 18, 20
"""Telling words of an article: of its incident's own, and of those that all news has in common."""
_START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
_COUNTRIES = [f"{a}{b}{c}" for a in "ABCD" for b in "EFGH" for c in "XYZ"]
_DEEDS = [
    ("Violence against civilians", "Attack"),
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
]


@dataclass
class _Incident:
    number: int
    begun: dt.datetime
    country: str
    region: str
    town: str
    deed: tuple[str, str]
    doer: str
    killed: int
    own: list[str]
    told: int = 0
    prints: list[list[int]] = field(default_factory=list)


def messages(reports: int, incidents: int, seed: int = 1) -> Iterator[ArticleEvents]:
    """So many messages of one report each, in the order of their arrival; only incidents that are being told are held.

    The same numbers give the same messages. Names, towns and groups are drawn from pools, so that incidents share them;
    as in real news, three texts in four leave the country to be inferred, one in five is a copy, and tolls rise.
    """
    chance = random.Random(seed)
    words = _Words(chance)
    each = reports / incidents
    waiting: list[tuple[dt.datetime, int, _Incident]] = []
    made = 0
    step = dt.timedelta(days=DAYS) / incidents
    for number in range(incidents):
        begun = _START + number * step
        while waiting and waiting[0][0] < begun:
            yield _tell(chance, words, made, *heapq.heappop(waiting)[::2])
            made += 1
        one = _begin(chance, words, number, begun)
        count = int((number + 1) * each) - int(number * each)
        for _ in range(count):
            delay = dt.timedelta(hours=min(chance.expovariate(1 / 12), 40))
            heapq.heappush(waiting, (begun + delay, chance.getrandbits(60), one))
    while waiting:
        yield _tell(chance, words, made, *heapq.heappop(waiting)[::2])
        made += 1


class _Words:
    """What names and words news is made of, the common ones more often."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.first = [f"First{n}" for n in range(2000)]
        self.last = [f"Last{n}" for n in range(30_000)]
        self.common = [f"word{n}" if n % 3 else f"Name{n}" for n in range(5000)]

    def name(self) -> list[str]:
        """A person: the whole name and its parts."""
        first, last = self._chance.choice(self.first), self._chance.choice(self.last)
        return [f"{first} {last}", last]

    def shared(self) -> list[str]:
        """Words of an article that many others have; the n-th most common about n times as seldom."""
        return [self.common[int(5000 ** self._chance.random()) - 1] for _ in range(SHARED)]


def _begin(chance: random.Random, words: _Words, number: int, begun: dt.datetime) -> _Incident:
    country = _COUNTRIES[min(int(chance.expovariate(1 / 8)), len(_COUNTRIES) - 1)]
    region = f"Region {chance.randrange(12)} of {country}"
    return _Incident(
        number=number,
        begun=begun,
        country=country,
        region=region,
        town=f"Town {chance.randrange(40)} in {region}",
        deed=chance.choice(_DEEDS),
        doer=f"Group {chance.randrange(20)} of {country}",
        killed=chance.randrange(1, 20),
        own=[word for _ in range(10) for word in words.name()] + [f"{chance.randrange(10_000)}"],
    )


def _tell(chance: random.Random, words: _Words, number: int, at: dt.datetime, incident: _Incident) -> ArticleEvents:
    incident.told += 1
    killed = incident.killed + incident.told // 3
    article_id = f"article-{number:08d}"
    told_country = chance.random() < 0.25
    event = ConflictEvent(
        id=ids.event_id(article_id, "text", 8, 16, 0),
        rank=0,
        disorder_type="Political violence",
        event_type=incident.deed[0],
        sub_event_type=incident.deed[1],
        date=_date(incident),
        actors=[
            Actor(role="perpetrator", name=incident.doer, mention="they", kind="Rebel group", country=incident.country),
            Actor(role="target", name="Civilians", mention="the village", kind="Civilians"),
        ],
        place=Place(
            name=incident.town,
            mention="it",
            admin1=incident.region,
            country=incident.country,
            precision=1,
            geonames_id=1,
        ),
        casualties=Casualties(killed=Toll(low=killed, best=killed, text=f"{killed}")),
        confidence=0.8,
        evidence=[
            Evidence(field="event_type", in_="text", start=8, end=16, text="attacked"),
            Evidence(field="casualties.killed", in_="text", start=47, end=57, text="At least 7"),
        ],
        inferred=[] if told_country else ["place.country"],
    )
    return message(
        article_id,
        [event],
        title=f"Attack in {incident.town}",
        source=Source(name=f"Paper {chance.randrange(400)}", url=f"https://paper.example/{number}"),
        published_at=at.date(),
        article_time=at,
        keywords=[*chance.sample(incident.own, OWN), incident.town, incident.country, *words.shared()],
        fingerprint=_fingerprint(chance, incident),
        sentences=[
            Sentence(in_="text", start=0, end=46, text=TEXT[:46]),
            Sentence(in_="text", start=47, end=len(TEXT), text=TEXT[47:]),
        ],
    )


def _date(incident: _Incident) -> EventDate:
    day = incident.begun.date()
    return EventDate(start=day, end=day, precision="day", text="on Monday", basis="text")


def _fingerprint(chance: random.Random, incident: _Incident) -> list[int]:
    if incident.prints and chance.random() < 0.2:
        copy = list(chance.choice(incident.prints))
        for _ in range(6):
            copy[chance.randrange(len(copy))] = chance.getrandbits(32)
        return copy
    incident.prints.append([chance.getrandbits(32) for _ in range(128)])
    return incident.prints[-1]
