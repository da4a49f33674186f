"""Which reports of the store a coming one is compared with hangs on their days and words, not on what else is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from schemas import ArticleEvents, EventDate, Source
from services.common.settings import Settings
from services.sink.merging.gather import incidents
from services.sink.merging.knowledge import knowledge
from services.sink.merging.report import reports_of
from services.sink.merging.signature import signature
from services.sink.process import Record, apply
from services.sink.store import reports
from services.sink.store.engine import open_store
from tests.messages import SENT, event, message
from tests.unit.services.sink.merging.build import DAY, dead, on, report, town

DEEDS, APART = 60, 8
"""Deeds of one town, told in the same words, eight days apart: more of a year than fit in a cell."""


@pytest.fixture
def engine(store_settings: Settings) -> Iterator[Engine]:
    with open_store(store_settings, print) as opened:
        yield opened


def tellings() -> list[ArticleEvents]:
    """Two articles of each deed, the newest deeds first, as an archive may be read backwards."""
    found = []
    for number in range(DEEDS):
        day = DAY - dt.timedelta(days=APART * number)
        for teller in range(2):
            name = f"d{number}-{teller}"
            facts = {"date": on(day), "place": town("Maiduguri"), "casualties": dead(5 + number % 2), "actors": []}
            arrived = dt.datetime.combine(day, dt.time(12 + teller, tzinfo=dt.UTC))
            found.append(
                message(
                    name,
                    [event(name, **facts)],
                    source=Source(name=f"{name} Paper"),
                    published_at=day,
                    article_time=arrived,
                    keywords=["Maiduguri", "gunmen", "villagers", "motorcycles", "Borno"],
                )
            )
    return found


def grouping(engine: Engine) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    with Session(engine) as session:
        for stored in reports.everything(session):
            found.setdefault(stored.incident_id or "", set()).add(stored.report.event.id)
    return {frozenset(members) for members in found.values()}


def expected(messages: Sequence[ArticleEvents]) -> set[frozenset[str]]:
    found = incidents([one for told in messages for one in reports_of(told)])
    return {frozenset(one.event.id for one in members) for members in found}


@pytest.mark.parametrize("batch", [1, 7, 2 * DEEDS])
def test_an_archive_read_backwards_ends_in_the_incidents_of_one_read_at_once(engine: Engine, batch: int) -> None:
    told = tellings()
    for at in range(0, len(told), batch):
        with Session(engine) as session, session.begin():
            records = [Record("c", "t", 0, at + n, one) for n, one in enumerate(told[at : at + batch])]
            apply(session, records, SENT)
    assert len(expected(told)) == DEEDS
    assert grouping(engine) == expected(told)


SPANS = st.integers(0, reports.LONGEST)


@given(SPANS, SPANS, st.integers(-500, 500))
def test_an_event_of_many_days_is_found_wherever_a_window_meets_it(one: int, other: int, apart: int) -> None:
    first = signature(report("a", date=spanning(DAY, one)))
    second = signature(report("b", date=spanning(DAY + dt.timedelta(days=apart), other)))
    near = knowledge().days.most
    meet = second.first <= first.last + near and second.last >= first.first - near
    days = {int(str(row["last_day"])) for row in reports.cell_rows(1, second, [7])}
    _, low, high = reports.windows(first, [7])[7]
    assert any(low <= day <= high for day in days) or not meet


def spanning(first: dt.date, days: int) -> EventDate:
    last = first + dt.timedelta(days=days)
    return EventDate(start=first, end=last, precision="month" if days else "day", text="then", basis="text")
