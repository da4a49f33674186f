"""A store that an earlier version made keeps what it held."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import command
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from services.common.settings import Settings
from services.sink.process import Record, apply
from services.sink.store import migrate, reports
from services.sink.store.address import address
from services.sink.store.engine import open_store
from tests.messages import ARRIVED, SENT, event, message

WORDS = ["Rashid", "Karim", "well"]


def first_version(settings: Settings) -> None:
    """A store of migration 0001 with one article, its report, its incident and its alert."""
    settings.data_dir.mkdir(exist_ok=True)
    place = address(settings)
    engine = sa.create_engine(place if isinstance(place, URL) else URL.create("sqlite", database=str(place)))
    with engine.connect() as connection:
        command.upgrade(migrate._config(connection, lambda **_: None), "0001")
    one = event("a1")
    about = message("a1", [], keywords=WORDS).model_copy(update={"sentences": []}).model_dump_json()
    with engine.begin() as connection:
        metadata = sa.MetaData()
        metadata.reflect(connection)
        for table, row in (
            (
                "articles",
                {
                    "article_id": "a1",
                    "version": 0,
                    "coder_version": "1.0",
                    "status": "actual",
                    "withdrawn": False,
                    "article_time": ARRIVED,
                    "about": about,
                },
            ),
            ("incidents", {"incident_id": "i1", "last_alert_id": "x", "last_sequence": 0}),
            (
                "reports",
                {
                    "article_id": "a1",
                    "event_id": one.id,
                    "incident_id": "i1",
                    "rank": 0,
                    "event": one.model_dump_json(),
                    "sentences": "[]",
                },
            ),
        ):
            connection.execute(sa.insert(metadata.tables[table]).values(**row))
    engine.dispose()


def test_reports_of_the_first_version_are_found_and_keep_their_incidents(new_settings: Settings) -> None:
    settings = new_settings
    first_version(settings)
    with open_store(settings, print) as engine:
        with Session(engine) as session:
            (kept,) = reports.everything(session)
            assert (kept.incident_id, kept.report.main, kept.report.event) == ("i1", True, event("a1"))
        with Session(engine) as session, session.begin():
            (outcome,) = apply(session, [Record("c", "t", 0, 0, message("a1", version=1))], SENT)
        assert [alert.incident_id for alert in outcome.alerts] == ["i1"]
        assert json.loads(outcome.alerts[0].to_bytes())["sequence"] == 0


def test_reports_of_an_earlier_version_are_found_by_new_ones(new_settings: Settings) -> None:
    first_version(new_settings)
    told: list[str] = []
    with open_store(new_settings, told.append) as engine:
        assert "1 of 1 reports indexed" in told[-1]
        with Session(engine) as session, session.begin():
            (outcome,) = apply(session, [Record("c", "t", 0, 0, message("a2", keywords=WORDS))], SENT)
        assert [alert.incident_id for alert in outcome.alerts] == ["i1"]
    told.clear()
    with open_store(new_settings, told.append):
        assert told == []
