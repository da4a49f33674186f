"""What is old goes, whole and in steps; what is young, waits or is being told stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from schemas import ArticleEvents, EventDate
from services.common.errors import Fatal
from services.common.settings import Settings, load_settings
from services.sink.merging.knowledge import knowledge
from services.sink.process import Record, apply
from services.sink.store import repository, retention
from services.sink.store.engine import open_store
from services.sink.store.models import Base, ConsumedOffset, StoreInfo
from services.sink.store.retention import remove_old
from tests.messages import SENT, event, message

LATER = SENT + dt.timedelta(days=100)
BEFORE = LATER.date() - dt.timedelta(days=50)


@pytest.fixture
def engine(store_settings: Settings) -> Iterator[Engine]:
    with open_store(store_settings, print) as opened:
        yield opened


def put(engine: Engine, *messages: ArticleEvents, first: int = 0, at: dt.datetime = SENT) -> None:
    records = [Record("c", "t", 0, first + n, one) for n, one in enumerate(messages)]
    with Session(engine) as session, session.begin():
        apply(session, records, at)


def let_leave(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        repository.mark_published(session, 2**40, SENT)


def step(engine: Engine) -> retention.Removed:
    with Session(engine) as session, session.begin():
        return remove_old(session, BEFORE)


def rows(engine: Engine) -> dict[str, int]:
    with Session(engine) as session:
        counts = {
            table.name: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
    kept = (ConsumedOffset.__tablename__, StoreInfo.__tablename__)
    return {name: count for name, count in counts.items() if name not in kept}


def young(name: str) -> ArticleEvents:
    day = LATER.date()
    date = EventDate(start=day, end=day, precision="day", text="today", basis="text")
    return message(name, [event(name, date=date)], article_time=LATER, published_at=day, keywords=["Yusuf"])


def test_an_old_incident_goes_whole_and_what_was_read_stays_known(engine: Engine) -> None:
    put(engine, message("a1", keywords=["Rashid"]), message("a2", keywords=["Rashid"]), message("a3", []))
    let_leave(engine)
    assert rows(engine)["links"] == 1
    assert step(engine) == retention.Removed(1, 3)
    assert set(rows(engine).values()) == {0}
    assert not step(engine)
    with Session(engine) as session:
        assert repository.next_offset(session, "c", "t", 0) == 3
        assert repository.store_id(session)


def test_what_is_young_stays(engine: Engine) -> None:
    put(engine, young("a1"), at=LATER)
    let_leave(engine)
    before = rows(engine)
    assert not step(engine)
    assert rows(engine) == before


def test_what_has_not_been_told_stays(engine: Engine) -> None:
    put(engine, message("a1"))
    assert not step(engine)
    put(engine, message("a2", article_time=SENT), first=1)
    let_leave(engine)
    with Session(engine) as session, session.begin():
        session.execute(sa.text("UPDATE incidents SET due_at = :at"), {"at": str(SENT)})
    assert step(engine).incidents == 0


def test_an_incident_is_as_old_as_what_was_heard_of_it_last(engine: Engine) -> None:
    words = ["Rashid", "Karim"]
    put(engine, message("a1", keywords=words))
    put(
        engine, young("a2"), message("a3", keywords=words, article_time=SENT + dt.timedelta(days=20)), first=1, at=LATER
    )
    let_leave(engine)
    with Session(engine) as session, session.begin():
        assert remove_old(session, SENT.date() + dt.timedelta(days=10)).incidents == 0


def test_it_goes_in_steps_beside_a_consumer_that_is_never_locked_out(engine: Engine) -> None:
    old = [message(f"a{n}", keywords=[f"Rashid{n}"]) for n in range(3 * retention.STEP + 1)]
    put(engine, *old)
    let_leave(engine)

    def consume() -> None:
        for n in range(20):
            put(engine, young(f"b{n}"), first=len(old) + n, at=LATER)

    steps = 0
    with ThreadPoolExecutor(1) as pool:
        consuming = pool.submit(consume)
        while removed := step(engine):
            assert removed.incidents <= retention.STEP
            steps += 1
        consuming.result()
    assert steps >= 4
    found = rows(engine)
    assert (found["articles"], found["reports"]) == (20, 20)


def test_a_correction_of_what_was_removed_begins_anew(engine: Engine) -> None:
    put(engine, message("a1"))
    let_leave(engine)
    step(engine)
    put(engine, message("a1", version=1), first=1)
    assert rows(engine)["reports"] == 1


def test_so_short_that_the_topic_still_holds_it_is_refused() -> None:
    with pytest.raises(Fatal, match="RETENTION_DAYS"):
        load_settings(retention_days=7)


def test_incidents_are_counted_open_until_no_report_can_join(engine: Engine) -> None:
    put(engine, message("a1"), young("a2"), at=SENT)
    day = SENT.date()
    assert count(engine, day) == retention.Stock(2, 0, day)
    last = dt.timedelta(days=knowledge().days.open)
    assert count(engine, day + last).open == 2
    assert count(engine, day + last + dt.timedelta(days=1)) == retention.Stock(1, 1, day)


def count(engine: Engine, today: dt.date) -> retention.Stock:
    with Session(engine) as session:
        return retention.count(session, today)


def test_an_empty_store_has_no_oldest(engine: Engine) -> None:
    assert count(engine, SENT.date()) == retention.Stock(0, 0, None)
