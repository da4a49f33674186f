"""Reports that come one by one end in the incidents that they make together, in a real SQLite and a real PostgreSQL."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from schemas import Alert, ArticleEvents, EventDate, Source, ids
from services.common.settings import Settings
from services.sink.merging.gather import incidents
from services.sink.merging.knowledge import knowledge
from services.sink.merging.report import reports_of
from services.sink.process import Record, apply, tell_due
from services.sink.store import reports
from services.sink.store.engine import open_store
from tests.messages import SENT, event, killed, message
from tests.unit.services.sink.merging.build import town

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def engine(store_settings: Settings) -> Iterator[Engine]:
    with open_store(store_settings, print) as opened:
        yield opened


def article(
    name: str, hours: float = 0, words: str = "Rashid well Karim", place: str = "Ost", **changes: object
) -> ArticleEvents:
    return message(
        name,
        [event(name, place=town(place, "Fars", "IRN"), **changes)],
        source=Source(name=f"{name} Paper"),
        article_time=SENT + dt.timedelta(hours=hours),
        keywords=words.split(),
    )


class Feed:
    """Puts messages into a store, each at a minute of its own."""

    def __init__(self, engine: Engine, window: dt.timedelta = dt.timedelta(0)) -> None:
        self.engine, self.window, self.offset = engine, window, 0

    def now(self) -> dt.datetime:
        return SENT + self.offset * MINUTE

    def put(self, *messages: ArticleEvents) -> list[Alert]:
        alerts = []
        for one in messages:
            with Session(self.engine) as session, session.begin():
                (outcome,) = apply(session, [Record("c", "t", 0, self.offset, one)], self.now(), self.window)
            alerts += outcome.alerts
            self.offset += 1
        return alerts

    def put_together(self, *messages: ArticleEvents) -> None:
        records = [Record("c", "t", 0, self.offset + n, one) for n, one in enumerate(messages)]
        with Session(self.engine) as session, session.begin():
            apply(session, records, self.now(), self.window)
        self.offset += len(records)

    def due(self) -> list[Alert]:
        with Session(self.engine) as session, session.begin():
            return tell_due(session, self.now(), self.window)


def grouping(engine: Engine) -> set[frozenset[str]]:
    with Session(engine) as session:
        found: dict[str, set[str]] = {}
        for stored in reports.everything(session):
            assert stored.incident_id is not None
            found.setdefault(stored.incident_id, set()).add(stored.report.event.id)
    return {frozenset(members) for members in found.values()}


def told(alerts: list[Alert]) -> list[tuple[str, str]]:
    return [(alert.message_type, alert.incident_id) for alert in alerts]


def test_a_second_report_updates_the_first_one_s_alert(engine: Engine) -> None:
    first, update = Feed(engine).put(article("a1"), article("a2", 1, casualties=killed(9)))
    assert told([first, update]) == [("alert", first.incident_id), ("update", first.incident_id)]
    assert {c.field for c in update.changes} >= {"casualties.killed", "certainty"}
    assert [r.article_id for r in update.reports] == ["a1", "a2"]


def test_what_is_alike_and_in_another_town_is_another_incident(engine: Engine) -> None:
    alerts = Feed(engine).put(article("a1"), article("a2", 1, place="West"))
    assert [a.message_type for a in alerts] == ["alert", "alert"]


def test_a_report_may_show_that_two_incidents_are_one(engine: Engine) -> None:
    feed = Feed(engine)
    one, other = feed.put(
        article("a1", 0, "Rashid well Karim"), article("a2", 1, "Yusuf bridge Nasir", casualties=killed(30))
    )
    update, cancel = feed.put(article("a3", 2, "Rashid well Karim Yusuf bridge Nasir", casualties=killed(30)))
    assert told([update, cancel]) == [("update", one.incident_id), ("cancel", other.incident_id)]
    assert cancel.references == [other.id]
    assert cancel.merged_into == one.incident_id


def test_a_correction_may_split_an_incident_and_the_earliest_report_keeps_it(engine: Engine) -> None:
    feed = Feed(engine)
    (first, *_) = feed.put(article("a1"), article("a2", 1))
    moved = article("a2", 1, place="West").model_copy(update={"version": 1})
    alerts = feed.put(moved)
    assert {a.message_type: a.incident_id for a in alerts} == {
        "alert": ids.incident_id(event("a2").id),
        "update": first.incident_id,
    }


def test_a_withdrawn_article_s_report_leaves_and_the_last_one_cancels(engine: Engine) -> None:
    feed = Feed(engine)
    feed.put(article("a1"), article("a2", 1))
    withdrawn = [message(name, [], version=1, withdrawn=True) for name in ("a1", "a2")]
    left, cancel = feed.put(*withdrawn)
    assert [r.article_id for r in left.reports] == ["a2"]
    assert (cancel.message_type, cancel.merged_into) == ("cancel", None)


def test_an_event_that_is_denied_later_leaves_its_incident(engine: Engine) -> None:
    feed = Feed(engine)
    feed.put(article("a1"))
    (cancel,) = feed.put(article("a1", modality="negated").model_copy(update={"version": 1}))
    assert (cancel.message_type, cancel.reports) == ("cancel", [])


def test_updates_within_the_window_leave_together_at_its_end(engine: Engine) -> None:
    feed = Feed(engine, 5 * MINUTE)
    (first,) = feed.put(article("a1"))
    assert feed.put(article("a2", 1, casualties=killed(9)), article("a3", 2, casualties=killed(12))) == []
    assert feed.due() == []
    feed.offset = 5
    (update,) = feed.due()
    assert (update.message_type, update.sequence, update.references) == ("update", 1, [first.id])
    assert len(update.reports) == 3
    assert feed.due() == []


def test_a_cancel_does_not_wait(engine: Engine) -> None:
    feed = Feed(engine, 60 * MINUTE)
    feed.put(article("a1"))
    assert [a.message_type for a in feed.put(message("a1", [], version=1, withdrawn=True))] == ["cancel"]


def on_day(days: int) -> EventDate:
    day = SENT.date() + dt.timedelta(days=days)
    return EventDate(start=day, end=day, precision="day", text="on that day", basis="text")


def of_person(name: str, days: int) -> ArticleEvents:
    """What an article so many days later tells of a man whom it names with his age."""
    told = article(name, 24 * days, f"Rashid Karim {name}word", date=on_day(days))
    return told.model_copy(update={"keywords": [*told.keywords, "Karim, Rashid"]})


@pytest.mark.parametrize("days", [60, knowledge().days.open, knowledge().days.open + 1])
@pytest.mark.parametrize("first", [0, 1])
def test_what_is_told_of_a_person_is_found_while_the_incident_is_open(engine: Engine, days: int, first: int) -> None:
    both = [of_person("a1", 0), of_person("a2", days)]
    Feed(engine).put(both[first], both[1 - first])
    expected = incidents([r for one in both for r in reports_of(one)])
    assert grouping(engine) == {frozenset(r.event.id for r in members) for members in expected}
    assert len(expected) == (1 if days <= knowledge().days.open else 2)


CORPUS = [
    article("a1", 0),
    article("a2", 5, "Rashid well"),
    article("a3", 3, "Yusuf bridge", place="West"),
    article("a4", 9, "Yusuf bridge Nasir", place="West", casualties=killed(3)),
    article("a5", 2, "Rashid Karim well Yusuf", place="Fars"),
    article("a6", 1, "Tahir school"),
]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_order_they_come_in_the_store_ends_with_the_same_incidents(engine: Engine, seed: int) -> None:
    shuffled = list(CORPUS)
    random.Random(seed).shuffle(shuffled)
    older = [one.model_copy(update={"version": 0, "events": [event(one.article_id, place=None)]}) for one in CORPUS]
    newer = [one.model_copy(update={"version": 1}) for one in shuffled]
    Feed(engine).put(*older[seed % 3 :], *newer)
    expected = incidents([r for one in newer for r in reports_of(one)])
    assert grouping(engine) == {frozenset(r.event.id for r in members) for members in expected}


def test_how_many_reports_share_a_word_already_does_not_decide_what_a_report_is_like(engine: Engine) -> None:
    killings = [article(f"c{n:02}", words=f"Rashid other{n} else{n}", casualties=killed(4)) for n in range(24)]
    Feed(engine).put(*killings)
    expected = incidents([r for one in killings for r in reports_of(one)])
    assert grouping(engine) == {frozenset(r.event.id for r in members) for members in expected}
    assert len(expected) < len(killings)


TEXTS = [list(range(64)), [*range(44), *range(100, 120)], [*range(20), *range(100, 144)]]
"""The second is a copy of the first and of the third, which are not copies of each other."""


def printed(name: str, chance: random.Random) -> ArticleEvents:
    """What one of many papers prints, of one story more often than not."""
    return article(
        name,
        chance.randrange(8),
        chance.choice(["Rashid well Karim", "Rashid well Karim Yusuf", "Yusuf bridge"]),
        chance.choice(["Ost", "Ost", "West"]),
        casualties=killed(chance.choice([7, 7, 7, 9])),
    ).model_copy(update={"fingerprint": chance.choice([*TEXTS, []])})


@pytest.mark.parametrize("seed", range(12))
def test_copies_are_grouped_as_if_all_had_come_at_once(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    names = [f"p{n}" for n in range(9)]
    feed, last = Feed(engine), {}
    for version in range(3):
        chance.shuffle(names)
        coming = [printed(name, chance).model_copy(update={"version": version}) for name in names[: 9 - 2 * version]]
        coming = [
            one.model_copy(update={"withdrawn": True, "events": [], "fingerprint": []})
            if chance.random() < 0.1
            else one
            for one in coming
        ]
        last |= {one.article_id: one for one in coming}
        together = chance.choice([1, 1, 3])
        for first in range(0, len(coming), together):
            feed.put_together(*coming[first : first + together])
        expected = incidents([r for one in last.values() for r in reports_of(one)])
        assert grouping(engine) == {frozenset(r.event.id for r in members) for members in expected}
