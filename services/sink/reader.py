"""The alerts in the store, for other programs: reads beside a sink that runs, or without one."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from schemas import Alert
from services.common.settings import Settings
from services.sink.store import repository
from services.sink.store.address import address, told
from services.sink.store.engine import open_reader, store_exists
from services.sink.store.failures import refusal
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
