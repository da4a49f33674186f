"""The alerts in the store, for other programs: reads beside a sink that runs, or without one."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from schemas import Alert
from services.common.settings import Settings
from services.sink.store import repository
from services.sink.store.engine import open_reader, store_path
from services.sink.store.models import AlertRow


def stored_alerts(settings: Settings, limit: int) -> list[Alert]:
    """The newest alert of each incident, newest first, at most `limit`; none where there is no store yet.

    Blocks; writes nothing. Raises Fatal for settings that name no SQLite file.
    """
    if not store_path(settings).exists():
        return []
    engine = open_reader(settings)
    try:
        with Session(engine) as session:
            if not sa.inspect(session.connection()).has_table(AlertRow.__tablename__):
                return []  # a sink that was stopped before its first migration
            return [Alert.read(body.encode()) for _, body in repository.incident_page(session, limit, None)]
    finally:
        engine.dispose()
