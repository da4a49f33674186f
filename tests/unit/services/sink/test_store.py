"""The store opened, on SQLite and on PostgreSQL: migrated, readable beside its writer, refused with a sentence."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from services.common.errors import Fatal
from services.common.settings import Settings
from services.sink.process import Record, apply
from services.sink.reader import stored_alerts
from services.sink.store import repository
from services.sink.store.engine import open_reader, open_store
from services.sink.store.models import Base
from tests.messages import SENT, event, killed, message


@pytest.fixture
def settings(new_settings: Settings) -> Settings:
    return new_settings


def test_migrations_are_told_once_and_make_what_the_models_say(settings: Settings) -> None:
    told: list[str] = []
    with open_store(settings, told.append) as engine, engine.connect() as connection:
        assert told
        assert "1 of" in told[0]
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    told.clear()
    with open_store(settings, told.append):
        assert told == []


def test_the_store_keeps_its_name(settings: Settings) -> None:
    names = []
    for _ in range(2):
        with open_store(settings, print) as engine, Session(engine) as session:
            names.append(repository.store_id(session))
    assert names[0] == names[1]


def test_a_newer_store_is_refused(settings: Settings) -> None:
    with open_store(settings, print) as engine, engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Fatal, match="newer version"), open_store(settings, print):
        pass


def test_the_reader_cannot_write(settings: Settings) -> None:
    with open_store(settings, print):
        reader = open_reader(settings)
        with pytest.raises(DBAPIError), reader.begin() as connection:
            connection.execute(sa.text("DELETE FROM alerts"))
        reader.dispose()


def test_stored_alerts_are_the_newest_of_each_incident(settings: Settings) -> None:
    assert stored_alerts(settings, 10) == []
    messages = [message("a1"), message("a2"), message("a1", version=1, events=[event("a1", casualties=killed(9))])]
    with open_store(settings, print) as engine:
        assert stored_alerts(settings, 10) == []
        with Session(engine) as session, session.begin():
            apply(session, [Record("c", "t", 0, n, m) for n, m in enumerate(messages)], SENT)
        beside = stored_alerts(settings, 10)
    alone = stored_alerts(settings, 10)
    assert beside == alone
    assert [(a.message_type, a.reports[0].article_id) for a in alone] == [("update", "a1"), ("alert", "a2")]
    assert len(stored_alerts(settings, 1)) == 1


def test_the_outbox_is_marked_up_to_a_position(settings: Settings) -> None:
    with open_store(settings, print) as engine, Session(engine) as session, session.begin():
        apply(session, [Record("c", "t", 0, n, message(f"a{n}")) for n in range(3)], SENT)
        positions = [row.position for row in repository.waiting(session, 10)]
        assert repository.mark_published(session, positions[1], SENT) == 2
        assert repository.mark_published(session, positions[1], SENT) == 0
        assert [row.position for row in repository.waiting(session, 10)] == positions[2:]
