"""Which incidents are exported, read from the store in pages of one snapshot, so that memory stays the same."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from schemas import Alert
from services.sink.export.incident import Exported, cancelled, standing
from services.sink.merging.report import ArticleReport
from services.sink.store import reports
from services.sink.store.models import AlertRow, IncidentRow, ReportRow

PAGE = 200
"""Incidents whose reports are in memory at a time."""


@dataclass(frozen=True)
class Selection:
    """Which incidents; the days are those on which they may have happened, both included."""

    since: dt.date | None = None
    until: dt.date | None = None
    status: str = "actual"
    cancelled: bool = False
    """Whether the cancelled ones follow the standing ones."""

    def takes(self, one: Exported) -> bool:
        """True for an incident of the status that may have happened on one of the days."""
        if one.status != self.status:
            return False
        days = one.days()
        if days is None:
            return self.since is None and self.until is None
        return (self.since is None or days[1] >= self.since) and (self.until is None or days[0] <= self.until)


class Snapshot:
    """The store as it is when the first thing is read of it; a sink that runs is not held up, and not seen."""

    def __init__(self, session: Session, selection: Selection) -> None:
        self._session, self._selection = session, selection
        if session.get_bind().dialect.name == "postgresql":
            # SQLite's transactions are snapshots by themselves.
            connection = session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            # Whoever reads what is written to standard output may take their time.
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")

    def size(self) -> int:
        """How many incidents are looked at: at least as many as are taken."""
        count = sa.select(sa.func.count())
        standing_ones = self._session.scalar(count.select_from(self._standing().subquery())) or 0
        if not self._selection.cancelled:
            return standing_ones
        return standing_ones + (self._session.scalar(count.select_from(_cancelled().subquery())) or 0)

    def incidents(self) -> Iterator[Exported | None]:
        """The incidents by the first day that a report gives them, then the cancelled ones; None for one not taken."""
        for page in self._pages(self._standing()):
            ids = [row.incident_id for row in page]
            told: dict[str, list[ArticleReport]] = defaultdict(list)
            for stored in reports.of_incidents(self._session, ids):
                told[str(stored.incident_id)].append(stored.report)
            for incident_id in ids:
                yield self._taken(standing(incident_id, told[incident_id]))
        if self._selection.cancelled:
            for page in self._pages(_cancelled()):
                for row in page:
                    alert = Alert.read(row.body.encode())
                    yield self._taken(cancelled(alert)) if alert.message_type == "cancel" else None

    def _taken(self, one: Exported) -> Exported | None:
        return one if self._selection.takes(one) else None

    def _pages(self, query: sa.Select[Any]) -> Iterator[Any]:
        return self._session.execute(query, execution_options={"yield_per": PAGE}).partitions()

    def _standing(self) -> sa.Select[Any]:
        """Incidents with reports, among which are all that may have happened on one of the days."""
        first, last = sa.func.min(ReportRow.first_day), sa.func.max(ReportRow.last_day)
        query = (
            sa.select(ReportRow.incident_id)
            .where(ReportRow.incident_id.is_not(None))
            .group_by(ReportRow.incident_id)
            .order_by(first, ReportRow.incident_id)
        )
        if self._selection.since is not None:
            query = query.having(last >= self._selection.since.toordinal())
        if self._selection.until is not None:
            query = query.having(first <= self._selection.until.toordinal())
        return query


def open_snapshot(engine: Engine, selection: Selection) -> tuple[Session, Snapshot]:
    """A session to be closed, and the snapshot in it."""
    session = Session(engine)
    return session, Snapshot(session, selection)


def _cancelled() -> sa.Select[Any]:
    """The newest alerts of incidents that no report tells of any more."""
    told = sa.exists().where(ReportRow.incident_id == IncidentRow.incident_id)
    return (
        sa.select(AlertRow.body)
        .join(IncidentRow, IncidentRow.last_alert_id == AlertRow.alert_id)
        .where(~told)
        .order_by(AlertRow.position)
    )
