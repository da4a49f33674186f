"""Applies messages of `conflict-events` to the store: what they say, the alerts that follow, and their offsets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError
from sqlalchemy.orm import Session

from schemas import Alert, ArticleEvents, ids
from schemas.article import MAX_ID
from services.common.errors import Invalid
from services.sink import regroup
from services.sink.bounds import check_bounds
from services.sink.incidents import Order, Told, is_current, standing
from services.sink.merging.report import reports_of
from services.sink.regroup import Change
from services.sink.store import kept, reports, repository
from services.sink.store.kept import Kept
from services.sink.store.locks import Held
from services.sink.store.repository import Place
from services.sink.store.working import Working
from services.sink.store.write import write
from services.sink.teller import Teller, Touched

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

    @property
    def place(self) -> Place:
        """The partition, of which cluster's topic."""
        return self.cluster, self.topic, self.partition


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

    What they can change is read at once and written back at once. On PostgreSQL other sinks wait that would change the
    same.
    """
    offsets = repository.next_offsets(session, {record.place for record in records})
    orders = repository.article_orders(session, {r.message.article_id for r in records if r.message is not None})
    begun, known = set(offsets), set(orders)
    outcomes = [_decide(record, offsets, orders) for record in records]
    held = Held(session)
    for part in _parts([outcome for outcome in outcomes if outcome.decision == "applied"]):
        working = Working(session, held)
        _apply_part(working, part, known, Teller(working, now, window))
    repository.set_next_offsets(session, offsets, begun)
    return outcomes


def _parts(applied: Sequence[Outcome]) -> Iterator[list[Outcome]]:
    """Cut where an article comes again, so that in each part it comes once."""
    part: list[Outcome] = []
    seen: set[str] = set()
    for outcome in applied:
        article_id = outcome.record.message.article_id if outcome.record.message is not None else ""
        if article_id in seen:
            yield part
            part, seen = [], set()
        part.append(outcome)
        seen.add(article_id)
    if part:
        yield part


def _apply_part(working: Working, part: Sequence[Outcome], known: set[str], teller: Teller) -> None:
    """Apply messages of different articles, as though all had come at once; `known` are the articles of the store."""
    messages = [outcome.record.message for outcome in part if outcome.record.message is not None]
    touched = _group(working, messages)
    teller.expect({one.incident_id for many in touched for one in many})
    for outcome, message, many in zip(part, messages, touched, strict=False):
        alerts = [teller.tell(one, outcome.record.traceparent, message.article_time) for one in many]
        outcome.alerts += [alert for alert in alerts if alert is not None]
    write(working, messages, known, teller.leaving)
    known.update(message.article_id for message in messages)


def tell_due(session: Session, now: dt.datetime, window: dt.timedelta, limit: int = 100) -> list[Alert]:
    """Write the alerts that have waited for the end of their window; at most `limit` incidents at a time."""
    waiting = repository.due(session, now, limit)
    if not waiting:
        return []
    working = Working(session, Held(session))
    working.hold(reports.numbers_of(session, waiting))
    # Another sink may have told of them until now.
    due = [incident_id for incident_id in repository.due(session, now, limit) if working.members(incident_id)]
    teller = Teller(working, now, window)
    teller.expect(due)
    told = []
    for incident_id in due:
        one = _touched(working, incident_id)
        told.append(teller.tell(one, None, max(report.article.article_time for report in one.reports)))
    write(working, [], set(), teller.leaving)
    return [alert for alert in told if alert is not None]


def _decide(record: Record, offsets: dict[Place, int], orders: dict[str, Order]) -> Outcome:
    """What becomes of a record, given how far its partition was applied and which message of its article is current."""
    stored = offsets.get(record.place)
    if stored is not None and record.offset < stored:
        return Outcome(record, "skipped")
    offsets[record.place] = record.offset + 1
    if record.message is None:
        return Outcome(record, "refused")
    if not is_current(record.message, orders.get(record.message.article_id)):
        return Outcome(record, "late")
    orders[record.message.article_id] = record.message.order()
    return Outcome(record, "applied")


def _group(working: Working, messages: Sequence[ArticleEvents]) -> list[list[Touched]]:
    """Let each message take the place of its article's last one; gives the incidents whose reports each changed."""
    found = [reports_of(message) for message in messages]
    made = iter(kept.make_new(working.session, [report for many in found for report in many]))
    coming = {message.article_id: [next(made) for _ in many] for message, many in zip(messages, found, strict=True)}
    put = working.load(coming)
    named = {ids.incident_id(report.event.id) for many in found for report in many}
    working.read_incidents(named | working.by_incident.keys())
    changes = [_change(working, article_id, many) for article_id, many in put.items()]
    changed = regroup.replace(working, changes)
    # What changed by an article that only is a copy now, or no longer, did so by the first message.
    changed[0] += [incident for others in changed[len(messages) :] for incident in others]
    return [[_touched(working, incident_id) for incident_id in many] for many in changed[: len(messages)]]


def _change(working: Working, article_id: str, new: Sequence[Kept]) -> Change:
    before = [
        Told(incident_id, working.reports[number].report.event)
        for number in working.by_article.get(article_id, ())
        if (incident_id := working.incident_of[number]) is not None
    ]
    stands = standing([one.report.event for one in new], before)
    known = {one.report.key: stands[one.report.event.id] for one in new if one.report.event.id in stands}
    return Change(article_id, new, known)


def _touched(working: Working, incident_id: str) -> Touched:
    members = [working.reports[number].report for number in working.members(incident_id)]
    return Touched(incident_id, members, working.incident(incident_id).merged_into)


def _check(message: ArticleEvents, value: bytes) -> None:
    """What the model lets through and the store or the rules of an article cannot bear."""
    if not message.article_id.strip() or len(message.article_id) > MAX_ID:
        raise Invalid("schema", f"`article_id` must have 1 to {MAX_ID} characters.")
    check_bounds(message)
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
