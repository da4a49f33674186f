"""What is fed: articles about made-up deeds, and among them poison, corrections, late versions, withdrawals and copies.

Pure: the same seed, number and day give the same feed.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tests.chaos.world import Deed, deed

POISON_EVERY = 10
EVENTS_POISON_EVERY = 40
"""So often a record goes straight to `conflict-events` that is no ArticleEvents."""
SPREAD = 60
"""The articles of one deed are fed within so many places of one another."""
HTTP_SHARE = 5
"""One deed in so many comes over HTTP, by ingest; the others come by a Kafka client of their own."""
KIND = "chaos-kind"
"""Header by which the reader tells poison apart; no service knows it."""

Way = Literal["kafka", "http", "events"]
_SOURCES = ("The Courier", "Radio North", "The Observer", "City Wire", "The Standard")
_SAYS = ("police", "the army", "officials", "the mayor")
_FAR = dt.timedelta(days=40_000)


@dataclass(frozen=True)
class Item:
    """One record to feed."""

    way: Way
    key: str
    value: bytes | None
    time: dt.datetime | None
    """`ce_time`; None where ingest sets it, and for poison."""
    poison: bool = False


def feed(seed: int, articles: int, today: dt.date) -> list[Item]:
    """`articles` records to `articles`, every tenth poison, and a few more of poison to `conflict-events`."""
    chance = random.Random(f"feed {seed}")
    good = _good(seed, articles - articles // POISON_EVERY, today)
    fed: list[Item] = []
    for place in range(1, articles + 1):
        fed.append(_poison(chance, place, today) if place % POISON_EVERY == 0 else next(good))
        if place % EVENTS_POISON_EVERY == 0:
            fed.append(Item("events", f"poison-{place}", chance.choice(_NO_EVENTS), None, poison=True))
    return fed


def _good(seed: int, count: int, today: dt.date) -> Iterator[Item]:
    chance = random.Random(f"order {seed}")
    placed: list[tuple[float, int, Item]] = []
    number = 0
    while len(placed) < count + 4 * SPREAD:
        at = len(placed)
        for item in _tellings(number, seed, today):
            # Versions of one article keep their order but for those that are late on purpose.
            at = at + chance.random() * SPREAD / 4
            placed.append((at, len(placed), item))
        number += 1
    placed.sort(key=lambda one: one[:2])
    return iter([item for _, _, item in placed][:count])


def _tellings(number: int, seed: int, today: dt.date) -> Iterator[Item]:
    """All that is fed about one deed."""
    chance = random.Random(f"tell {seed} {number}")
    way: Way = "http" if number % HTTP_SHARE == 0 else "kafka"
    what = deed(number, seed, today)
    for telling in range(chance.choice((1, 1, 2, 2, 3, 4))):
        yield from _versions(chance, what, f"chaos-{number}-{telling}", way)


def _versions(chance: random.Random, what: Deed, name: str, way: Way) -> Iterator[Item]:
    source, says = chance.choice(_SOURCES), chance.choice(_SAYS)
    first = max(1, what.killed - chance.randrange(3))

    def item(version: int, **fields: Any) -> Item:
        body = {"id": name, "version": version, "language": "en", "source": {"name": source}} | fields
        published = what.day + dt.timedelta(days=1)
        value = json.dumps(body | {"published_at": published.isoformat()}).encode()
        hours = dt.time(6 + version, chance.randrange(60), tzinfo=dt.UTC)
        return Item(way, name, value, None if way == "http" else dt.datetime.combine(published, hours))

    original = item(0, text=what.told(first, says))
    corrected = item(1, text=what.told(what.killed + chance.randrange(1, 30), says))
    course = chance.random()
    if course < 0.55:
        yield original
    elif course < 0.65:  # the very record twice
        yield original
        yield original
    elif course < 0.8:
        yield original
        yield corrected
    elif course < 0.9:  # the older version comes late
        yield corrected
        yield original
    else:
        yield original
        yield item(2, withdrawn=True)
        yield corrected  # late, and to be left alone


def _poison(chance: random.Random, place: int, today: dt.date) -> Item:
    return Item("kafka", f"poison-{place}", chance.choice(_no_articles(place, today)), None, poison=True)


def _no_articles(place: int, today: dt.date) -> tuple[bytes | None, ...]:
    return (
        None,
        b"not json",
        b"\xff\xfe\x00",
        b"[1, 2]",
        json.dumps({"text": "  "}).encode(),
        json.dumps({"text": place}).encode(),
        b'{"text": "half of a pair: \\ud800"}',
        json.dumps({"text": "Gunmen killed 9 people.", "published_at": str(today + _FAR)}).encode(),
    )


_NO_EVENTS = (None, b"no events", b'{"article_id": 7}', b"{}", b'{"article_id": "\\ud800"}')
