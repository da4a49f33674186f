from __future__ import annotations

import datetime as dt

import pytest

from schemas import Alert, Casualties, EventDate, Plover, Toll
from services.sink.alerts import next_alert
from services.sink.merging.report import ArticleReport, reports_of
from services.sink.telling import telling
from tests.messages import SENT, event, killed, message


def report(published: dt.date | None = dt.date(2024, 1, 18), **facts: object) -> ArticleReport:
    return reports_of(message("a1", [event("a1", **facts)], published_at=published))[0]


def told(*reports: ArticleReport, before: Alert | None = None) -> Alert | None:
    return next_alert("i1", reports, before, SENT + dt.timedelta(hours=1))


def days_before(days: int) -> EventDate:
    day = dt.date(2024, 1, 18) - dt.timedelta(days=days)
    return EventDate(start=day, end=day, precision="day", text="then", basis="text")


@pytest.mark.parametrize(("days", "alerted"), [(telling().stale_days, 1), (telling().stale_days + 1, 0)])
def test_an_old_event_is_kept_and_not_alerted(days: int, alerted: int) -> None:
    assert (told(report(date=days_before(days))) is not None) == alerted


def test_age_goes_by_when_the_article_arrived_where_its_day_is_unknown() -> None:
    assert told(report(None, date=days_before(telling().stale_days + 1))) is None


def test_an_event_without_a_date_is_alerted_with_unknown_urgency() -> None:
    alert = told(report(date=None))
    assert alert is not None
    assert alert.urgency == "unknown"


CRIME = {"disorder_type": None, "event_type": None, "sub_event_type": None}


def test_what_acled_does_not_record_is_alerted_only_where_it_is_severe() -> None:
    crime = CRIME | {"plover": Plover(event="ASSAULT")}
    assert told(report(**crime, casualties=killed(1))) is None
    assert told(report(**crime, casualties=killed(6))) is not None


def change(before: Toll, after: Toll) -> Alert | None:
    first = told(report(casualties=Casualties(killed=before)))
    assert first is not None
    return told(report(casualties=Casualties(killed=after)), before=first)


def toll(best: int) -> Toll:
    return Toll(low=best, best=best, high=best, text=str(best))


@pytest.mark.parametrize(("before", "after", "leaves"), [(7, 8, 1), (100, 105, 0), (100, 111, 1)])
def test_a_slight_change_of_a_toll_is_no_update(before: int, after: int, leaves: int) -> None:
    assert (change(toll(before), toll(after)) is not None) == leaves


def test_what_is_no_reason_by_itself_goes_along_with_the_next_update() -> None:
    first = told(report())
    assert first is not None
    assert told(report(weapons=["drone"]), before=first) is None
    update = told(report(weapons=["drone"], casualties=killed(9)), before=first)
    assert update is not None
    assert {"weapons", "casualties.killed"} <= {c.field for c in update.changes}


def later(**facts: object) -> ArticleReport:
    """What an article a year later tells of the event of 17 January 2024."""
    return reports_of(message("b1", [event("b1", **facts)], published_at=dt.date(2025, 1, 17), article_time=YEAR))[0]


YEAR = dt.datetime(2025, 1, 17, 12, tzinfo=dt.UTC)


def test_what_comes_long_after_makes_no_news_of_an_incident_that_was_none() -> None:
    crime = report(**CRIME | {"plover": Plover(event="ASSAULT")}, casualties=killed(1), date=days_before(1))
    verdict = later(
        casualties=killed(9),
        date=EventDate(start=YEAR.date(), end=YEAR.date(), precision="day", text="on Friday", basis="text"),
    )
    assert told(crime) is None
    assert told(crime, verdict) is None


def test_what_comes_long_after_updates_what_was_told() -> None:
    first = told(report(date=days_before(1)))
    assert first is not None
    update = told(report(date=days_before(1)), later(date=days_before(1), casualties=killed(9)), before=first)
    assert update is not None
    assert (update.message_type, update.references) == ("update", [first.id])
