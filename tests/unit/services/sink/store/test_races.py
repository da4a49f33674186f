"""Sinks beside each other on PostgreSQL never make two incidents of one event, whatever partitions tell of it."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from schemas import ArticleEvents, Place, Source
from services.common.settings import Settings
from services.sink.merging.gather import incidents
from services.sink.merging.report import reports_of
from services.sink.process import Record, apply, tell_due
from services.sink.store import reports, repository
from services.sink.store.engine import open_store
from services.sink.store.failures import is_passing
from services.sink.store.locks import Held
from services.sink.store.reports import Homes
from services.sink.store.working import Working
from tests.messages import SENT, event, message

SINKS = 3
ROUNDS = 6
EVENTS = 8
TELLING = 4


@pytest.fixture
def engines(postgres_url: str) -> Iterator[list[Engine]]:
    """Of one store, as if each sink were a process of its own."""
    settings = Settings(database_url=postgres_url)
    with open_store(settings, print) as one, open_store(settings, print) as two, open_store(settings, print) as three:
        yield [one, two, three]


def told(number: int, teller: int) -> ArticleEvents:
    """What one of several articles tells of an event; every third leaves the country to be inferred, or names none."""
    name = f"e{number}-{teller}"
    country, inferred = [("IRN", []), ("IRN", ["place.country"]), (None, [])][teller % 3]
    place = Place(name=f"Town{number}", mention="it", admin1="Fars", country=country, precision=1)
    return message(
        name,
        [event(name, place=place, inferred=inferred)],
        source=Source(name=f"{name} Paper"),
        article_time=SENT + dt.timedelta(minutes=teller),
        keywords=[f"Rashid{number}", f"Karim{number}", f"Well{number}"],
    )


def put(engine: Engine, records: Sequence[Record]) -> None:
    """As the sink does: again where it ran into another sink."""
    while True:
        try:
            with Session(engine) as session, session.begin():
                apply(session, records, SENT)
                time.sleep(0.002)  # so that others come in between, were it not for the locks
        except DBAPIError as wrong:
            if not is_passing(wrong):
                raise
        else:
            return


def race(engines: Sequence[Engine], seed: int) -> tuple[list[ArticleEvents], set[frozenset[str]]]:
    """All sinks at once, each with the messages of its own partition; gives the messages and the store's grouping."""
    messages = [told(number, teller) for number in range(EVENTS) for teller in range(TELLING)]
    random.Random(seed).shuffle(messages)

    def work(partition: int) -> None:
        mine = messages[partition::SINKS]
        for n, one in enumerate(mine):
            put(engines[partition], [Record(f"c{seed}", "t", partition, n, one)])

    with ThreadPoolExecutor(SINKS) as pool:
        list(pool.map(work, range(SINKS)))
    found: dict[str, set[str]] = {}
    with Session(engines[0]) as session:
        for stored in reports.everything(session):
            found.setdefault(stored.incident_id or "", set()).add(stored.report.event.id)
    return messages, {frozenset(members) for members in found.values()}


def expected(messages: Sequence[ArticleEvents]) -> set[frozenset[str]]:
    found = incidents([report for one in messages for report in reports_of(one)])
    return {frozenset(report.event.id for report in members) for members in found}


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_sinks_that_race_end_with_the_incidents_that_one_would_make(engines: list[Engine], seed: int) -> None:
    messages, grouping = race(engines, seed)
    assert len(grouping) == EVENTS
    assert grouping == expected(messages)


def test_without_the_locks_they_would_not(engines: list[Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the test above can fail."""
    monkeypatch.setattr(Held, "_missing", lambda *_: {})
    for seed in range(20):
        try:
            messages, grouping = race(engines, seed)
        except DBAPIError:
            return
        if grouping != expected(messages):
            return
    pytest.fail("the race harms nothing")


def test_alerts_can_be_seen_in_the_order_of_their_positions(engines: list[Engine]) -> None:
    seen: list[int] = []

    def watch() -> None:
        while len(seen) < EVENTS * TELLING and time.monotonic() < deadline:
            with Session(engines[0]) as session, session.begin():
                waiting = repository.waiting(session, 5)
                if waiting:
                    repository.mark_published(session, waiting[-1].position, SENT)
                    seen.extend(row.position for row in waiting)

    deadline = time.monotonic() + 20
    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch)
        race(engines, 99)
        with Session(engines[1]) as session:
            written = len(list(repository.alert_page(session, 1000, None)))
        deadline = time.monotonic() + 1
        watching.result()
    assert seen == sorted(seen)
    assert len(seen) == written


def test_what_is_due_is_told_once(engines: list[Engine]) -> None:
    window = dt.timedelta(minutes=1)
    for n in range(3):
        for number in range(EVENTS):
            with Session(engines[0]) as session, session.begin():
                apply(session, [Record("c", "t", number, n, told(number, n))], SENT, window)

    def due(engine: Engine) -> int:
        with Session(engine) as session, session.begin():
            return len(tell_due(session, SENT + window, window))

    with ThreadPoolExecutor(SINKS) as pool:
        assert sum(pool.map(due, engines)) == EVENTS


def test_an_offset_is_moved_by_one_sink_at_a_time(engines: list[Engine]) -> None:
    """A sink whose partition was given to another one, and which does not know it yet, applies nothing again."""
    records = [Record("c", "t", 0, n, told(n, 0)) for n in range(EVENTS)]

    def all_of_it(engine: Engine) -> list[str]:
        decisions = []
        for record in records:
            with Session(engine) as session, session.begin():
                decisions += [outcome.decision for outcome in apply(session, [record], SENT)]
        return decisions

    put(engines[0], [Record("c", "t", 0, 0, None)])
    with ThreadPoolExecutor(SINKS) as pool:
        made = [decision for decisions in pool.map(all_of_it, engines) for decision in decisions]
    assert made.count("applied") == EVENTS - 1


def test_a_report_that_another_sink_replaces_between_two_looks_is_gone(
    engines: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(engines[0], [Record("c", "t", 0, 0, told(0, 0))])
    with Session(engines[0]) as session:
        before = [stored.number for stored in reports.everything(session)]
    connected = reports.connected

    def then_replaced(session: Session, numbers: Collection[int]) -> tuple[Homes, set[tuple[int, int]]]:
        found = connected(session, numbers)
        monkeypatch.setattr(reports, "connected", connected)
        put(engines[1], [Record("c", "t", 1, 0, told(0, 0).model_copy(update={"version": 1}))])
        return found

    monkeypatch.setattr(reports, "connected", then_replaced)
    with Session(engines[2]) as session, session.begin():
        working = Working(session, Held(session))
        working.hold(before)
        assert not working.reports
