"""Applies messages of `conflict-events` to the store: what they say, the alerts that follow, and their offsets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError
from sqlalchemy.orm import Session

from schemas import Alert, ArticleEvents
from schemas.article import MAX_ID
from services.common import tracing
from services.common.errors import Invalid
from services.sink import regroup
from services.sink.alerts import next_alert
from services.sink.incidents import Told, is_current, standing
from services.sink.merging.report import ArticleReport, reports_of
from services.sink.store import reports, repository

_MAX_NUMBER = 2**31 - 1
_MAX_CODER_VERSION = 100
_TOLD = 3
"""How many of a message's faults are told."""


@dataclass(frozen=True)
class Record:
    """A record of a cluster's topic; `message` is None for one that was refused."""

    cluster: str
    topic: str
    partition: int
    offset: int
    message: ArticleEvents | None
    traceparent: str | None = None


@dataclass
class Outcome:
    """What became of a record, for the log."""

    record: Record
    decision: str
    """`applied`, `late` (a higher version is there), `skipped` (applied before) or `refused`."""
    alerts: list[Alert] = field(default_factory=list)


def read_message(value: bytes | None) -> ArticleEvents:
    """The message in a record's value. Raises Invalid, with a sentence for whoever sent it."""
    if value is None:
        raise Invalid("tombstone", "The record has no value: to take an article back, send it with `withdrawn`.")
    try:
        message = ArticleEvents.read(value)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False)
        if errors[0]["type"] == "json_invalid":
            raise Invalid("not_json", f"The value is not JSON: {errors[0]['msg']}.") from None
        told = "; ".join(f"`{'.'.join(map(str, e['loc']))}`: {e['msg']}" for e in errors[:_TOLD])
        more = f"; and {len(errors) - _TOLD} more" if len(errors) > _TOLD else ""
        raise Invalid("schema", f"The value is no ArticleEvents: {told}{more}.") from None
    _check(message, value)
    return message


def apply(
    session: Session, records: Sequence[Record], now: dt.datetime, window: dt.timedelta = dt.timedelta(0)
) -> list[Outcome]:
    """Apply records in order, with their offsets; all or nothing, by the caller's transaction.

    A record whose offset was applied before is skipped. `now` is what new alerts have as `sent`. Updates of an incident
    leave at most once in each `window`; what changes meanwhile is told by `tell_due` when it is over.
    """
    return [_apply_one(session, record, now, window) for record in records]


def tell_due(session: Session, now: dt.datetime, window: dt.timedelta, limit: int = 100) -> list[Alert]:
    """Write the alerts that have waited for the end of their window; at most `limit` incidents at a time."""
    told = []
    for incident_id in repository.due(session, now, limit):
        alert = _tell(session, incident_id, None, now, window)
        if alert is not None:
            told.append(alert)
    return told


def _apply_one(session: Session, record: Record, now: dt.datetime, window: dt.timedelta) -> Outcome:
    place = (record.cluster, record.topic, record.partition)
    stored = repository.next_offset(session, *place)
    if stored is not None and record.offset < stored:
        return Outcome(record, "skipped")
    repository.set_next_offset(session, *place, record.offset + 1)
    if record.message is None:
        return Outcome(record, "refused")
    if not is_current(record.message, repository.article_order(session, record.message.article_id)):
        return Outcome(record, "late")
    touched = _replace(session, record.message)
    alerts = [_tell(session, incident_id, record, now, window) for incident_id in touched]
    return Outcome(record, "applied", [alert for alert in alerts if alert is not None])


def _replace(session: Session, message: ArticleEvents) -> list[str]:
    """Let a current message take the place of its article's last one; gives the incidents whose reports changed."""
    before = [
        Told(stored.incident_id, stored.report.event)
        for stored in reports.of_article(session, message.article_id)
        if stored.incident_id is not None
    ]
    new = reports_of(message)
    known = standing([report.event for report in new], before)
    repository.put_article(session, message)
    return regroup.replace(
        session, message.article_id, new, {r.key: known[r.event.id] for r in new if r.event.id in known}
    )


def _tell(
    session: Session, incident_id: str, record: Record | None, now: dt.datetime, window: dt.timedelta
) -> Alert | None:
    """Write what there is to tell of an incident, or note when it is due."""
    before = repository.last_alert(session, incident_id)
    told_of = [stored.report for stored in reports.of_incidents(session, [incident_id])]
    alert = next_alert(incident_id, told_of, before, now, repository.merged_into(session, incident_id))
    waits = alert is not None and alert.message_type == "update" and before is not None and before.sent + window > now
    repository.set_due(session, incident_id, before.sent + window if waits and before is not None else None)
    if alert is None or waits:
        return None
    parent = record.traceparent if record is not None else None
    arrived = record.message.article_time if record is not None and record.message is not None else _newest(told_of)
    repository.put_alert(session, alert, tracing.child(parent), arrived or now)
    return alert


def _newest(told_of: Sequence[ArticleReport]) -> dt.datetime | None:
    return max((report.article.article_time for report in told_of), default=None)


def _check(message: ArticleEvents, value: bytes) -> None:
    """What the model lets through and the store or the rules of an article cannot bear."""
    if not message.article_id.strip() or len(message.article_id) > MAX_ID:
        raise Invalid("schema", f"`article_id` must have 1 to {MAX_ID} characters.")
    if max(message.version, *(event.rank for event in message.events), 0) > _MAX_NUMBER:
        raise Invalid("schema", f"`version` and `events.rank` must be at most {_MAX_NUMBER}.")
    if len(message.coder.version) > _MAX_CODER_VERSION:
        raise Invalid("schema", f"`coder.version` must have at most {_MAX_CODER_VERSION} characters.")
    if not dt.MINYEAR < message.article_time.year < dt.MAXYEAR:  # in UTC it could be beyond the calendar
        raise Invalid("schema", "`article_time` is at an end of the calendar: send when the article arrived.")
    if b"\\u0000" in value and _has_nul(message.model_dump()):
        raise Invalid("nul_character", "A string holds a NUL character (U+0000): remove it.")
    found = [event.id for event in message.events]
    if len(set(found)) < len(found):
        raise Invalid("schema", "Two of `events` have the same `id`.")
    if message.withdrawn and message.events:
        raise Invalid("schema", "A withdrawn article has no `events`.")


def _has_nul(value: object) -> bool:
    if isinstance(value, dict):
        return any(_has_nul(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_has_nul(inner) for inner in value)
    return isinstance(value, str) and "\x00" in value
