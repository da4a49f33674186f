"""Reads and writes the store's rows as the models of `schemas`; each function runs in its caller's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from schemas import Alert, ArticleEvents, Coder
from services.sink.incidents import Order
from services.sink.store.models import (
    AlertRow,
    ArticleRow,
    ConsumedOffset,
    IncidentRow,
    OutboxRow,
    StoreInfo,
)


@dataclass(frozen=True)
class Waiting:
    """An alert that has to leave, or has left."""

    position: int
    body: str
    traceparent: str
    article_time: dt.datetime
    written_at: dt.datetime


def store_id(session: Session) -> str:
    """Who this store is, for good."""
    return session.scalars(sa.select(StoreInfo.id)).one()


def next_offset(session: Session, cluster: str, topic: str, partition: int) -> int | None:
    """Where to go on in a partition of a cluster; None where nothing of it was applied."""
    row = session.get(ConsumedOffset, (cluster, topic, partition))
    return row.next_offset if row else None


def set_next_offset(session: Session, cluster: str, topic: str, partition: int, offset: int) -> None:
    """Everything before `offset` has been applied."""
    session.merge(ConsumedOffset(cluster_id=cluster, topic=topic, partition=partition, next_offset=offset))


def article_order(session: Session, article_id: str) -> Order | None:
    """What the article's current message is ordered by; None for an article never heard of."""
    row = session.get(ArticleRow, article_id)
    return (row.version, Coder(name="", version=row.coder_version).order()) if row else None


def put_article(session: Session, message: ArticleEvents) -> None:
    """Make `message` the current one of its article."""
    about = message.model_copy(update={"events": [], "sentences": []})
    session.merge(
        ArticleRow(
            article_id=message.article_id,
            version=message.version,
            coder_version=message.coder.version,
            status=message.status,
            withdrawn=message.withdrawn,
            article_time=message.article_time,
            about=about.model_dump_json(),
        )
    )
    session.flush()


def open_incident(session: Session, incident_id: str) -> None:
    """Make the incident unless it is there, or take it up again where it had been merged into another."""
    row = session.get(IncidentRow, incident_id)
    if row is None:
        session.add(IncidentRow(incident_id=incident_id, last_alert_id="", last_sequence=-1))
        session.flush()
    else:
        row.merged_into = None


def merge_incident(session: Session, incident_id: str, into: str) -> None:
    """Keep that an incident has been told as one with another since its reports turned out to be of that."""
    session.get_one(IncidentRow, incident_id).merged_into = into


def merged_into(session: Session, incident_id: str) -> str | None:
    """The incident that an incident's reports went to; None for one that stands for itself."""
    return session.get_one(IncidentRow, incident_id).merged_into


def set_due(session: Session, incident_id: str, at: dt.datetime | None) -> None:
    """When what has changed is to be told; None where nothing waits."""
    session.get_one(IncidentRow, incident_id).due_at = at


def due(session: Session, now: dt.datetime, limit: int) -> list[str]:
    """Incidents whose changes are to be told by now, the longest waiting first."""
    query = sa.select(IncidentRow.incident_id).where(IncidentRow.due_at <= now).order_by(IncidentRow.due_at)
    return list(session.scalars(query.limit(limit)))


def last_alert(session: Session, incident_id: str) -> Alert | None:
    """The incident's newest alert."""
    query = sa.select(AlertRow.body).where(AlertRow.incident_id == incident_id).order_by(AlertRow.sequence.desc())
    body = session.scalar(query.limit(1))
    return Alert.read(body.encode()) if body is not None else None


def put_alert(session: Session, alert: Alert, traceparent: str, article_time: dt.datetime) -> None:
    """Fix the alert for good and put it into the outbox, behind all that is there."""
    session.add(
        AlertRow(
            alert_id=alert.id, incident_id=alert.incident_id, sequence=alert.sequence, body=alert.to_bytes().decode()
        )
    )
    session.flush()
    session.add(OutboxRow(alert_id=alert.id, traceparent=traceparent, article_time=article_time, written_at=alert.sent))
    incident = session.get_one(IncidentRow, alert.incident_id)
    incident.last_alert_id, incident.last_sequence = alert.id, alert.sequence
    session.flush()


def waiting(session: Session, limit: int) -> list[Waiting]:
    """The first alerts in the outbox that have not left."""
    rows = session.execute(
        sa.select(OutboxRow, AlertRow.body)
        .join(AlertRow, AlertRow.alert_id == OutboxRow.alert_id)
        .where(OutboxRow.published_at.is_(None))
        .order_by(OutboxRow.position)
        .limit(limit)
    )
    return [Waiting(row.position, body, row.traceparent, row.article_time, row.written_at) for row, body in rows]


def mark_published(session: Session, up_to: int, at: dt.datetime) -> int:
    """All alerts up to a position have left; gives how many of them were not known to have."""
    marked = session.execute(
        sa.update(OutboxRow)
        .where(OutboxRow.position <= up_to, OutboxRow.published_at.is_(None))
        .values(published_at=at)
        .returning(OutboxRow.position)
    )
    return len(marked.all())


def alert_body(session: Session, alert_id: str) -> str | None:
    """The alert as JSON."""
    return session.scalar(sa.select(AlertRow.body).where(AlertRow.alert_id == alert_id))


def alert_page(session: Session, limit: int, before: int | None) -> Sequence[tuple[int, str]]:
    """Alerts with their positions, newest first, those before a position only."""
    query = sa.select(AlertRow.position, AlertRow.body).order_by(AlertRow.position.desc()).limit(limit)
    if before is not None:
        query = query.where(AlertRow.position < before)
    return [(position, body) for position, body in session.execute(query)]


def incident_page(session: Session, limit: int, before: int | None) -> Sequence[tuple[int, str]]:
    """The newest alert of each incident with its position, newest first."""
    query = (
        sa.select(AlertRow.position, AlertRow.body)
        .join(IncidentRow, IncidentRow.last_alert_id == AlertRow.alert_id)
        .order_by(AlertRow.position.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(AlertRow.position < before)
    return [(position, body) for position, body in session.execute(query)]
