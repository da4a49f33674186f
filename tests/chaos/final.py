"""What there is in the end: the topics from first to last, the store, and what the watch has seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from schemas import Alert, ArticleEvents
from services.common.settings import (
    ARTICLES,
    ARTICLES_DLQ,
    CONFLICT_EVENTS,
    CONFLICT_EVENTS_DLQ,
    EVENT_ALERTS,
)
from services.sink.merging.report import ArticleReport
from services.sink.store import reports
from services.sink.store.models import AlertRow, ArticleRow, ConsumedOffset, IncidentRow, OutboxRow
from tests.chaos.records import Rec, read_all
from tests.chaos.watch import Place


@dataclass(frozen=True)
class Stored:
    """The store's content."""

    offsets: dict[int, int]
    """Where to go on in each partition of `conflict-events`."""
    articles: dict[str, str]
    """What is kept of each article's current message, as JSON."""
    incidents: dict[str, str | None]
    """Each incident, and the one that it was merged into."""
    reports: dict[str, list[ArticleReport]]
    """By incident."""
    alerts: dict[str, str]
    """Bodies by id."""
    waiting: int
    """Alerts that have not left, and changes that have not been told."""


@dataclass(frozen=True)
class Final:
    """All that checks look at."""

    articles: list[Rec]
    messages: list[Rec]
    alerts: list[Rec]
    letters: list[Rec]
    """Of `articles.dlq` and `conflict-events.dlq`."""
    stored: Stored
    seen: dict[Place, tuple[str, str]] = field(default_factory=dict)
    """Of alerts, by the subscriber: id and digest by place."""
    commits: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    receipts: list[tuple[str, str, int, int]] = field(default_factory=list)
    """What ingest said that the brokers have: article, topic, partition, offset."""
    unapplied: list[str] = field(default_factory=list)


async def read_topics(bootstrap: str) -> dict[str, list[Rec]]:
    """Every topic of ours."""
    names = (ARTICLES, CONFLICT_EVENTS, EVENT_ALERTS, ARTICLES_DLQ, CONFLICT_EVENTS_DLQ)
    return {name: await read_all(bootstrap, name) for name in names}


def read_store(session: Any) -> Stored:
    """Everything, in one transaction."""
    by_incident: dict[str, list[ArticleReport]] = {}
    for stored in reports.everything(session):
        by_incident.setdefault(stored.incident_id or "", []).append(stored.report)
    offsets, waiting = read_progress(session)
    return Stored(
        offsets,
        dict(session.execute(sa.select(ArticleRow.article_id, ArticleRow.about)).tuples().all()),
        dict(session.execute(sa.select(IncidentRow.incident_id, IncidentRow.merged_into)).tuples().all()),
        by_incident,
        dict(session.execute(sa.select(AlertRow.alert_id, AlertRow.body)).tuples().all()),
        waiting,
    )


def read_progress(session: Any) -> tuple[dict[int, int], int]:
    """`offsets` and `waiting` of Stored alone."""
    waiting = session.scalar(sa.select(sa.func.count()).where(OutboxRow.published_at.is_(None)))
    due = session.scalar(sa.select(sa.func.count()).where(IncidentRow.due_at.is_not(None)))
    offsets = sa.select(ConsumedOffset.partition, ConsumedOffset.next_offset)
    found = session.execute(offsets.where(ConsumedOffset.topic == CONFLICT_EVENTS)).tuples().all()
    return dict(found), waiting + due


def current_messages(messages: list[Rec]) -> dict[str, tuple[ArticleEvents, bytes]]:
    """By article, the message with the highest (version, coder version), of equals the latest; poison left out."""
    found: dict[str, tuple[ArticleEvents, bytes]] = {}
    for rec in messages:
        try:
            message = ArticleEvents.read(rec.value or b"")
        except ValueError:
            continue
        known = found.get(message.article_id)
        if known is None or message.order() >= known[0].order():
            found[message.article_id] = message, rec.value or b""
    return found


def alerts_of(recs: list[Rec]) -> list[Alert]:
    """As models, in order of their partitions and offsets."""
    return [Alert.read(rec.value or b"") for rec in recs]
