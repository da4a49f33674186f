"""Reads and writes the store's rows as the models of `schemas`; each function runs in its caller's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from schemas import Alert, Coder
from services.sink.incidents import Order
from services.sink.store import bulk
from services.sink.store.bulk import among
from services.sink.store.models import (
    AlertRow,
    ArticleRow,
    ConsumedOffset,
    IncidentRow,
    OutboxRow,
    StoreInfo,
)
from services.sink.store.pages import AT_ONCE

Place = tuple[str, str, int]
"""Cluster, topic, partition."""


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
    return next_offsets(session, {(cluster, topic, partition)}).get((cluster, topic, partition))


def next_offsets(session: Session, places: Collection[Place]) -> dict[Place, int]:
    """Where to go on in partitions of which something was applied; others wait for this transaction to move them."""
    place = sa.tuple_(ConsumedOffset.cluster_id, ConsumedOffset.topic, ConsumedOffset.partition)
    rows = session.execute(
        sa.select(ConsumedOffset.cluster_id, ConsumedOffset.topic, ConsumedOffset.partition, ConsumedOffset.next_offset)
        .where(place.in_(sorted(places)))
        .order_by(ConsumedOffset.cluster_id, ConsumedOffset.topic, ConsumedOffset.partition)
        .with_for_update()
    )
    return {(cluster, topic, partition): offset for cluster, topic, partition, offset in rows}


def set_next_offsets(session: Session, offsets: Mapping[Place, int], begun: Collection[Place]) -> None:
    """Everything before these offsets has been applied; the store has rows of the partitions that are `begun`."""
    table = bulk.table_of(ConsumedOffset)
    rows = [
        {"b_cluster": cluster, "b_topic": topic, "b_partition": partition, "next_offset": offset}
        for (cluster, topic, partition), offset in sorted(offsets.items())
    ]
    mine = (
        (table.c.cluster_id == sa.bindparam("b_cluster"))
        & (table.c.topic == sa.bindparam("b_topic"))
        & (table.c.partition == sa.bindparam("b_partition"))
    )
    connection = session.connection()
    old = [row for row in rows if (row["b_cluster"], row["b_topic"], row["b_partition"]) in begun]
    if old:
        connection.execute(sa.update(table).where(mine).values(next_offset=sa.bindparam("next_offset")), old)
    new = [
        ConsumedOffset(cluster_id=cluster, topic=topic, partition=partition, next_offset=offset)
        for (cluster, topic, partition), offset in sorted(offsets.items())
        if (cluster, topic, partition) not in begun
    ]
    session.add_all(new)
    session.flush()


def article_orders(session: Session, articles: Collection[str]) -> dict[str, Order]:
    """What the current messages of articles are ordered by; nobody else replaces them until the transaction ends."""
    if not articles:
        return {}
    rows = session.execute(
        sa.select(ArticleRow.article_id, ArticleRow.version, ArticleRow.coder_version)
        .where(among(session, ArticleRow.article_id, articles))
        .order_by(ArticleRow.article_id)
        .with_for_update()
    )
    return {article_id: (version, Coder(name="", version=coder).order()) for article_id, version, coder in rows}


def due(session: Session, now: dt.datetime, limit: int) -> list[str]:
    """Incidents whose changes are to be told by now, the longest waiting first."""
    query = sa.select(IncidentRow.incident_id).where(IncidentRow.due_at <= now).order_by(IncidentRow.due_at)
    return list(session.scalars(query.limit(limit)))


def alerts(session: Session, alert_ids: Collection[str]) -> dict[str, Alert]:
    """Alerts by their ids."""
    if not alert_ids:
        return {}
    rows = session.execute(
        sa.select(AlertRow.alert_id, AlertRow.body).where(among(session, AlertRow.alert_id, alert_ids))
    )
    return {alert_id: Alert.read(body.encode()) for alert_id, body in rows}


def waiting(session: Session, limit: int) -> list[Waiting]:
    """The first alerts in the outbox that have not left."""
    rows = session.execute(
        sa.select(OutboxRow, AlertRow.body)
        .join(AlertRow, AlertRow.alert_id == OutboxRow.alert_id)
        .where(OutboxRow.published_at.is_(None), OutboxRow.refused.is_(None))
        .order_by(OutboxRow.position)
        .limit(limit)
    )
    return [Waiting(row.position, body, row.traceparent, row.article_time, row.written_at) for row, body in rows]


def mark_published(session: Session, up_to: int, at: dt.datetime) -> int:
    """All alerts up to a position have left; gives how many of them were not known to have."""
    marked = session.execute(
        sa.update(OutboxRow)
        .where(OutboxRow.position <= up_to, OutboxRow.published_at.is_(None), OutboxRow.refused.is_(None))
        .values(published_at=at)
        .returning(OutboxRow.position)
    )
    return len(marked.all())


def mark_refused(session: Session, position: int, error: str) -> None:
    """The brokers will never take this alert: it stays in the store and waits no longer."""
    session.execute(sa.update(OutboxRow).where(OutboxRow.position == position).values(refused=error))


def alert_body(session: Session, alert_id: str) -> str | None:
    """The alert as JSON."""
    return session.scalar(sa.select(AlertRow.body).where(AlertRow.alert_id == alert_id))


def alert_page(session: Session, limit: int, before: int | None) -> Iterator[tuple[int, str]]:
    """Alerts with their positions, newest first, those before a position only; fetched as they are asked for."""
    query = sa.select(AlertRow.position, AlertRow.body).order_by(AlertRow.position.desc()).limit(limit)
    if before is not None:
        query = query.where(AlertRow.position < before)
    return _streamed(session, query)


def incident_page(session: Session, limit: int, before: int | None) -> Iterator[tuple[int, str]]:
    """The newest alert of each incident with its position, newest first; fetched as they are asked for."""
    query = (
        sa.select(AlertRow.position, AlertRow.body)
        .join(IncidentRow, IncidentRow.last_alert_id == AlertRow.alert_id)
        .order_by(AlertRow.position.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(AlertRow.position < before)
    return _streamed(session, query)


def _streamed(session: Session, query: sa.Select[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    with session.execute(query.execution_options(yield_per=AT_ONCE)) as rows:
        yield from rows.tuples()
