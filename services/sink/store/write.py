"""Writes back what a batch has changed, kind by kind, in the order that references need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from schemas import Alert, ArticleEvents
from services.sink.store import bulk, kept, reports
from services.sink.store.bulk import Row, among
from services.sink.store.models import AlertRow, ArticleRow, CellRow, IncidentRow, LinkRow, OutboxRow, ReportRow
from services.sink.store.roles import Roles
from services.sink.store.working import Incident, Working

Leaving = tuple[Alert, str, dt.datetime]
"""An alert with its traceparent, and when the article that caused it arrived."""


def write(
    working: Working, messages: Iterable[ArticleEvents], known: Collection[str], leaving: Sequence[Leaving]
) -> None:
    """Write the messages (of one article the last), of whose articles the store has those that are `known`.

    The alerts are fixed for good and put into the outbox, behind all that is there.
    """
    session = working.session
    _remove(session, working.gone)
    roles = working.roles
    articles = {message.article_id: _article(message, roles) for message in messages}
    bulk.update(session, ArticleRow, [row for name, row in articles.items() if name in known], "article_id")
    bulk.insert(session, ArticleRow, [row for name, row in articles.items() if name not in known])
    others = [{"article_id": name, "copy_of": roles.copy_of[name]} for name in roles.copy_of.keys() - articles.keys()]
    bulk.update(session, ArticleRow, others, "article_id")
    incidents = working.incidents.values()
    bulk.insert(session, IncidentRow, [_incident(one) for one in incidents if one.is_new])
    new = list(working.new.values())
    names = {number: working.incident_of[number] or "" for number in working.new.keys() | working.moved}
    bulk.insert(session, ReportRow, [reports.row_of(n.number, names[n.number], n.report, n.signature) for n in new])
    alone = [one for one in new if roles.copy_of[one.report.article.article_id] is None]
    bulk.insert(session, CellRow, [row for n in alone for row in reports.cell_rows(n.number, n.signature, n.cells)])
    bulk.insert(session, LinkRow, [{"low": low, "high": high} for low, high in sorted(working.new_links)])
    moved = [{"number": number, "incident_id": names[number]} for number in sorted(working.moved)]
    bulk.update(session, ReportRow, moved, "number")
    changed = [one for one in incidents if not one.is_new and one.values() != one.was]
    bulk.update(session, IncidentRow, [_incident(one) for one in changed], "incident_id")
    _let_leave(working, leaving)
    kept.keep(session, new)


def _remove(session: Session, numbers: set[int]) -> None:
    if numbers:
        session.execute(sa.delete(CellRow).where(among(session, CellRow.number, numbers)))
        session.execute(sa.delete(ReportRow).where(among(session, ReportRow.number, numbers)))  # and their links


def _article(message: ArticleEvents, roles: Roles) -> Row:
    return {
        "article_id": message.article_id,
        "version": message.version,
        "coder_version": message.coder.version,
        "status": message.status,
        "withdrawn": message.withdrawn,
        "article_time": message.article_time.astimezone(dt.UTC),
        "about": message.model_copy(update={"events": [], "sentences": []}).model_dump_json(),
        "story": roles.stories[message.article_id],
        "copy_of": roles.copy_of[message.article_id],
    }


def _incident(one: Incident) -> Row:
    return {
        "incident_id": one.incident_id,
        "last_alert_id": one.last_alert_id,
        "last_sequence": one.last_sequence,
        "last_type": one.last_type,
        "told_at": one.told_at,
        "due_at": one.due_at,
        "merged_into": one.merged_into,
        "newest_day": one.newest_day,
    }


def _let_leave(working: Working, leaving: Sequence[Leaving]) -> None:
    if not leaving:
        return
    working.held.outbox()
    rows = [(alert, alert.to_bytes().decode(), trace, arrived) for alert, trace, arrived in leaving]
    bulk.insert(
        working.session,
        AlertRow,
        [
            {"alert_id": a.id, "incident_id": a.incident_id, "sequence": a.sequence, "body": body}
            for a, body, _, _ in rows
        ],
    )
    bulk.insert(
        working.session,
        OutboxRow,
        [
            {
                "alert_id": a.id,
                "traceparent": trace,
                "article_time": arrived.astimezone(dt.UTC),
                "written_at": a.sent.astimezone(dt.UTC),
            }
            for a, _, trace, arrived in rows
        ],
    )
