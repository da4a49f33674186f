"""The alerts in the store, for other programs: reads beside a sink that runs, or without one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from schemas import Alert
from services.common.errors import Fatal
from services.common.settings import Settings
from services.sink.store import repository
from services.sink.store.address import address, told
from services.sink.store.engine import open_reader, store_exists
from services.sink.store.failures import refusal
from services.sink.store.migrate import newest
from services.sink.store.models import AlertRow


def stored_alerts(settings: Settings, limit: int) -> list[Alert]:
    """The newest alert of each incident, newest first, at most `limit`; none where there is no store yet.

    Blocks; writes nothing. Raises Fatal for settings that name no store, Rejected where it does not answer.
    """
    if not store_exists(settings):
        return []
    engine = open_reader(settings)
    try:
        with Session(engine) as session:
            if not sa.inspect(session.connection()).has_table(AlertRow.__tablename__):
                return []  # a sink that was stopped before its first migration
            return [Alert.read(body.encode()) for _, body in repository.incident_page(session, limit, None)]
    except DBAPIError as wrong:
        raise refusal(told(address(settings)), wrong) from wrong
    finally:
        engine.dispose()


@contextmanager
def existing_store(settings: Settings) -> Iterator[Engine]:
    """The store for reading only; what the database says while it is read is raised in a sentence.

    Raises Fatal where there is no store, or one that this version cannot read as it is; Rejected where it does not
    answer.
    """
    store = told(address(settings))
    if not store_exists(settings):
        raise Fatal(
            f"there is no store at {store}: TOCSIN_DATA_DIR or TOCSIN_DATABASE_URL must say where the sink keeps it"
        )
    engine = open_reader(settings)
    try:
        with engine.connect() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
        if revision != newest():
            raise Fatal(
                f"the store {store} is not of this version of Tocsin: a sink of this version that is started once "
                "brings an older store up to date"
            )
        yield engine
    except DBAPIError as wrong:
        raise refusal(store, wrong) from wrong
    finally:
        engine.dispose()
