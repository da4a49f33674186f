"""Messages applied to a real SQLite and a real PostgreSQL: all or nothing, with their offsets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from schemas import ArticleEvents, Coder
from services.common.errors import Invalid
from services.common.settings import Settings
from services.sink.process import Outcome, Record, apply, read_message
from services.sink.store import reports, repository
from services.sink.store.engine import open_store
from services.sink.store.models import OutboxRow, ReportRow
from tests.messages import SENT, event, killed, message


@pytest.fixture
def engine(store_settings: Settings) -> Iterator[Engine]:
    with open_store(store_settings, print) as opened:
        yield opened


def put(engine: Engine, *messages: ArticleEvents | None, first: int = 0, cluster: str = "c1") -> list[Outcome]:
    records = [Record(cluster, "conflict-events", 0, first + n, m) for n, m in enumerate(messages)]
    with Session(engine) as session, session.begin():
        return apply(session, records, SENT)


def kinds(outcomes: list[Outcome]) -> list[list[str]]:
    return [[alert.message_type for alert in outcome.alerts] for outcome in outcomes]


def test_an_offset_that_was_applied_is_skipped(engine: Engine) -> None:
    assert kinds(put(engine, message())) == [["alert"]]
    changed = message(version=1, events=[event("a1", casualties=killed(9))])
    assert [o.decision for o in put(engine, changed)] == ["skipped"]
    assert [o.decision for o in put(engine, changed, first=1)] == ["applied"]


def test_another_cluster_has_offsets_of_its_own(engine: Engine) -> None:
    put(engine, message())
    again = put(engine, message(), cluster="c2")
    assert [(o.decision, o.alerts) for o in again] == [("applied", [])]


def test_a_late_version_changes_nothing_and_counts_as_read(engine: Engine) -> None:
    put(engine, message(version=2))
    late = put(engine, message(version=1, events=[]), first=1)
    assert [(o.decision, o.alerts) for o in late] == [("late", [])]
    with Session(engine) as session:
        assert repository.next_offset(session, "c1", "conflict-events", 0) == 2


def test_a_newer_coder_replaces_and_an_older_does_not(engine: Engine) -> None:
    coder = Coder(name="rules", version="1.10")
    put(engine, message(coder=coder))
    older = message(coder=Coder(name="rules", version="1.9"), events=[])
    newer = message(coder=Coder(name="rules", version="1.11"), events=[])
    assert kinds(put(engine, older, newer, first=1)) == [[], ["cancel"]]


def test_what_a_newer_coder_reads_otherwise_is_an_update_that_says_what(engine: Engine) -> None:
    put(engine, message(coder=Coder(name="rules", version="1.0")))
    newer = message(coder=Coder(name="rules", version="1.1"), events=[event("a1", casualties=killed(9))])
    (outcome,) = put(engine, newer, first=1)
    (update,) = outcome.alerts
    assert update.message_type == "update"
    assert [(change.field, change.before, change.after) for change in update.changes] == [
        ("casualties.killed", "at least 7", "9")
    ]
    assert kinds(put(engine, newer, first=2)) == [[]]


def test_only_the_article_s_own_events_are_replaced(engine: Engine) -> None:
    put(engine, message("a1"), message("a2"))
    assert kinds(put(engine, message("a1", events=[], version=1), first=2)) == [["cancel"]]
    with Session(engine) as session:
        assert list(session.scalars(sa.select(ReportRow.article_id))) == ["a2"]


def test_alerts_of_a_message_leave_in_order_of_rank(engine: Engine) -> None:
    second = event("a1", 40, sub_event_type="Grenade", casualties=killed(2)).model_copy(update={"rank": 1})
    (outcome,) = put(engine, message(events=[second, event("a1")]))
    assert [a.event.sub_event_type for a in outcome.alerts] == ["Attack", "Grenade"]


def test_what_is_refused_moves_the_offset_only(engine: Engine) -> None:
    assert [o.decision for o in put(engine, None)] == ["refused"]
    with Session(engine) as session:
        assert repository.next_offset(session, "c1", "conflict-events", 0) == 1


def test_a_batch_that_fails_leaves_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise IntegrityError("no", None, Exception("disk"))

    with monkeypatch.context() as patched:
        patched.setattr(repository, "set_next_offsets", fail)
        with pytest.raises(IntegrityError):
            put(engine, message())
    with Session(engine) as session:
        assert not session.scalars(sa.select(OutboxRow)).all()
        assert reports.of_article(session, "a1") == []
        assert repository.next_offset(session, "c1", "conflict-events", 0) is None


def test_two_articles_that_claim_one_event_share_its_incident(engine: Engine) -> None:
    stolen = event("a1")
    outcomes = put(engine, message("a1", events=[stolen]), message("a2", events=[stolen]))
    assert kinds(outcomes) == [["alert"], []]
    assert kinds(put(engine, message("a1", events=[], version=1), first=2)) == [[]]
    assert kinds(put(engine, message("a2", events=[], version=1), first=3)) == [["cancel"]]


def test_a_message_is_read_as_it_was_written() -> None:
    assert read_message(message().to_bytes()) == message()


def changed(**fields: Any) -> bytes:
    return json.dumps(json.loads(message().to_bytes()) | fields).encode()


@pytest.mark.parametrize(
    ("value", "reason", "said"),
    [
        (None, "tombstone", "withdrawn"),
        (b"", "not_json", "not JSON"),
        (b"\xff", "not_json", "not JSON"),
        (b"[]", "schema", "ArticleEvents"),
        (b"{}", "schema", "article_id"),
        (b'{"article_id":"\\ud800"}', "not_json", "not JSON"),
        (changed(article_id=" "), "schema", "article_id"),
        (changed(article_id="x" * 300), "schema", "article_id"),
        (changed(version=2**40), "schema", "version"),
        (changed(coder={"name": "x", "version": "1" * 5000}), "schema", "coder.version"),
        (changed(article_time="0001-01-01T00:00:00+14:00"), "schema", "article_time"),
        (changed(title="a\x00b"), "nul_character", "U+0000"),
        (changed(events=json.loads(message().to_bytes())["events"] * 2), "schema", "same `id`"),
        (changed(withdrawn=True), "schema", "withdrawn"),
    ],
)
def test_what_is_wrong_is_told(value: bytes | None, reason: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_message(value)
    assert refused.value.reason == reason
    assert said in refused.value.detail


def test_a_backslash_that_looks_like_nul_is_none() -> None:
    assert read_message(changed(title="the code \\u0000")).title == "the code \\u0000"
