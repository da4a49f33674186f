"""Removes what is older than people want to keep, a little at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.sink.merging.knowledge import knowledge
from services.sink.store.bulk import among
from services.sink.store.locks import Held
from services.sink.store.models import AlertRow, ArticleRow, CellRow, IncidentRow, OutboxRow, ReportRow

STEP = 50
"""Incidents, and articles, in one transaction: some thousandths of a second, for which the consumer waits."""


@dataclass(frozen=True)
class Removed:
    """What one step removed."""

    incidents: int
    articles: int

    def __bool__(self) -> bool:
        return bool(self.incidents or self.articles)


@dataclass(frozen=True)
class Stock:
    """The incidents of the store."""

    open: int
    """Those that a report of today may still join."""
    closed: int
    oldest: dt.date | None
    """By the newest day of each."""


def count(session: Session, today: dt.date) -> Stock:
    """How many incidents there are; read from an index alone, once in some minutes."""
    day = IncidentRow.newest_day
    opened = sa.func.count().filter(day >= today.toordinal() - knowledge().days.open)
    whole, still, oldest = session.execute(sa.select(sa.func.count(), opened, sa.func.min(day)).where(day > 0)).one()
    return Stock(still, whole - still, dt.date.fromordinal(oldest) if oldest else None)


def remove_old(session: Session, before: dt.date) -> Removed:
    """Remove a few incidents of which nothing was heard or told since `before`, and articles of before without reports.

    An incident goes whole: its reports with their links and cells, its alerts, and their entries in the outbox. One
    stays that has an alert which has not left, or an update that is due. Offsets and the store's name stay always.
    """
    Held(session).whole_store()
    incidents = _old_incidents(session, before)
    _remove_incidents(session, incidents)
    articles = _old_articles(session, before)
    if articles:
        session.execute(sa.delete(ArticleRow).where(among(session, ArticleRow.article_id, articles)))
    return Removed(len(incidents), len(articles))


def _old_incidents(session: Session, before: dt.date) -> list[str]:
    leaving = (
        sa.exists()
        .where(AlertRow.incident_id == IncidentRow.incident_id)
        .where(OutboxRow.alert_id == AlertRow.alert_id, OutboxRow.published_at.is_(None), OutboxRow.refused.is_(None))
    )
    query = (
        sa.select(IncidentRow.incident_id)
        .where(IncidentRow.newest_day < before.toordinal(), IncidentRow.due_at.is_(None), ~leaving)
        .order_by(IncidentRow.newest_day)
        .limit(STEP)
    )
    return list(session.scalars(query))


def _remove_incidents(session: Session, incidents: Collection[str]) -> None:
    if not incidents:
        return
    numbers = list(session.scalars(sa.select(ReportRow.number).where(among(session, ReportRow.incident_id, incidents))))
    alerts = list(session.scalars(sa.select(AlertRow.alert_id).where(among(session, AlertRow.incident_id, incidents))))
    if numbers:
        session.execute(sa.delete(CellRow).where(among(session, CellRow.number, numbers)))
        session.execute(sa.delete(ReportRow).where(among(session, ReportRow.number, numbers)))  # and their links
    if alerts:
        session.execute(sa.delete(OutboxRow).where(among(session, OutboxRow.alert_id, alerts)))
        session.execute(sa.delete(AlertRow).where(among(session, AlertRow.alert_id, alerts)))
    session.execute(sa.delete(IncidentRow).where(among(session, IncidentRow.incident_id, incidents)))


def _old_articles(session: Session, before: dt.date) -> list[str]:
    """Those that another sink has in hand are left for a later step."""
    query = (
        sa.select(ArticleRow.article_id)
        .where(ArticleRow.article_time < dt.datetime.combine(before, dt.time(), dt.UTC))
        .where(~sa.exists().where(ReportRow.article_id == ArticleRow.article_id))
        .order_by(ArticleRow.article_time)
        .limit(STEP)
        .with_for_update(skip_locked=True, of=ArticleRow)
    )
    return list(session.scalars(query))
