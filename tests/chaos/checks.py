"""What must hold in the end. Each check gives a sentence for each thing that does not; no Kafka, no database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from schemas import Alert, ArticleEvents
from services.common.settings import ARTICLES
from services.sink.alerts import next_alert
from tests.chaos.expected import Expected, Report, expected_incidents, good
from tests.chaos.feed import KIND
from tests.chaos.final import Final, alerts_of, current_messages
from tests.chaos.records import Rec
from tests.chaos.watch import digest

_LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def check_all(final: Final, expected: Expected) -> dict[str, list[str]]:
    """The sentences of each check, by its name; empty lists where all is well."""
    checks = {
        "articles": articles_are_coded(final, expected),
        "receipts": receipts_are_true(final),
        "incidents": incidents_are_right(final),
        "alerts": alerts_are_in_order(final.alerts),
        "telling": everything_is_told(final),
        "subscriber": subscriber_saw_all(final),
        "store": store_equals_topics(final),
        "offsets": offsets_followed_work(final),
        "letters": letters_are_the_poison(final),
    }
    return {name: list(found) for name, found in checks.items()}


def articles_are_coded(final: Final, expected: Expected) -> Iterator[str]:
    """Every article has a current ArticleEvents, equal to that of a run without faults."""
    current = current_messages(final.messages)
    for name, values in expected.current.items():
        found = current.pop(name, None)
        if found is None:
            yield f"{name} is lost: no message tells of it"
        elif found[0].version < expected.version[name]:
            yield f"{name} is lost in its version {expected.version[name]}: {found[0].version} is current"
        elif found[1] not in values:
            yield f"{name} differs from a run without faults"
    for name in current:
        yield f"{name} was never sent"


def receipts_are_true(final: Final) -> Iterator[str]:
    """What ingest said that the brokers have, they have."""
    there = {rec.place: (rec.key or b"").decode(errors="replace") for rec in final.articles}
    for name, _, partition, offset in final.receipts:
        if there.get((partition, offset)) != name:
            yield f"{name} was acknowledged at {partition}/{offset} and is not there"


def incidents_are_right(final: Final) -> Iterator[str]:
    """Every incident, told by its reports, is that of a run without faults."""
    wanted = expected_incidents(message for message, _ in current_messages(final.messages).values())
    found = {frozenset(report.key for report in group) for group in final.stored.reports.values()}
    for missing in sorted(map(_named, wanted - found)):
        yield f"no incident consists of the reports {missing}"
    for other in sorted(map(_named, found - wanted)):
        yield f"an incident consists of the reports {other}, and should not"


def alerts_are_in_order(recs: list[Rec]) -> Iterator[str]:
    """Numbered without gap or repeat, each referencing the one before.

    Transactions and their fencing let none leave twice; a repeat that is the same and not late is told apart, since it
    does its readers no harm.
    """
    last: dict[str, tuple[Alert, bytes | None]] = {}
    for rec, alert in zip(recs, alerts_of(recs), strict=True):
        before = last.get(alert.incident_id)
        where = f"alert {alert.sequence} of {alert.incident_id} at {rec.partition}/{rec.offset}"
        if (rec.key or b"").decode() != alert.incident_id:
            yield f"{where} has another key"
        if before is not None and before[0].id == alert.id:
            yield f"{where} was told twice" + ("" if before[1] == rec.value else ", and differently")
            continue
        expected = before[0].sequence + 1 if before else 0
        if before is not None and alert.sequence < expected:
            yield f"{where} was told twice, and late"
        elif alert.sequence != expected:
            yield f"{where} should be number {expected}"
        elif (told := _references(before[0] if before else None, alert)) is not None:
            yield f"{where} {told}"
        if before is None or alert.sequence > before[0].sequence:
            last[alert.incident_id] = alert, rec.value


def _references(before: Alert | None, alert: Alert) -> str | None:
    opens = before is None or before.message_type == "cancel"
    if opens != (alert.message_type == "alert"):
        return f"is an {alert.message_type} after {before.message_type if before else 'nothing'}"
    wanted = [] if opens or before is None else [before.id]
    return None if alert.references == wanted else f"references {alert.references} and not {wanted}"


def everything_is_told(final: Final) -> Iterator[str]:
    """Nothing is left to tell: the newest alert of each incident on the topic says what its reports add up to."""
    newest = {alert.incident_id: alert for alert in alerts_of(final.alerts)}
    stored = final.stored
    for incident in sorted(stored.incidents.keys() | newest.keys()):
        reports = stored.reports.get(incident, [])
        left = next_alert(incident, reports, newest.get(incident), _LATER, stored.incidents.get(incident))
        if left is not None:
            yield f"{incident} ({len(reports)} reports) was never told its {left.message_type}: {left.headline}"
    if stored.waiting:
        yield f"{stored.waiting} alerts wait in the store"


def subscriber_saw_all(final: Final) -> Iterator[str]:
    """A subscriber who was there all the time was given each alert as it is."""
    there = {rec.place: digest(rec.value) for rec in final.alerts}
    for place, value in there.items():
        if place not in final.seen:
            yield f"the subscriber was not given the alert at {place}"
        elif final.seen[place][1] != value:
            yield f"the subscriber was given another alert at {place}"
    for place in final.seen.keys() - there.keys():
        yield f"the subscriber was given an alert at {place} that is not there"


def store_equals_topics(final: Final) -> Iterator[str]:
    """The store's articles, alerts and offsets are those of the topics."""
    stored, current = final.stored, current_messages(final.messages)
    for name, (message, _) in current.items():
        about = message.model_copy(update={"events": [], "sentences": []})
        if name not in stored.articles:
            yield f"the store does not know {name}"
        elif ArticleEvents.read(stored.articles[name].encode()) != about:
            yield f"the store holds another {name} than its topic"
    for name in stored.articles.keys() - current.keys():
        yield f"the store knows {name}, of which no message tells"
    told = {
        alert.id: (rec.value or b"").decode() for rec, alert in zip(final.alerts, alerts_of(final.alerts), strict=True)
    }
    for alert in sorted(stored.alerts.keys() | told.keys()):
        if stored.alerts.get(alert) != told.get(alert):
            yield f"alert {alert} is not the same in the store and on its topic"
    ends = defaultdict(int)
    for rec in final.messages:
        ends[rec.partition] = rec.offset + 1
    if dict(ends) != stored.offsets:
        yield f"the store has applied up to {stored.offsets}, the topic ends at {dict(ends)}"


def offsets_followed_work(final: Final) -> Iterator[str]:
    """No offset moved past work whose output was not sent yet: by what was seen committed, and when."""
    sent: dict[str, int] = {}
    for rec in [*final.messages, *(letter for letter in final.letters if letter.topic.startswith(ARTICLES))]:
        sent[rec.trace] = min(sent.get(rec.trace, rec.timestamp), rec.timestamp)
    for rec in final.articles:
        seen = next((at for at, offset in final.commits.get(rec.partition, ()) if offset > rec.offset), None)
        if seen is not None and sent.get(rec.trace, seen + 1) > seen:
            yield f"{ARTICLES} {rec.partition}/{rec.offset} was committed before its output was sent"
    yield from (f"the store had passed {place} without applying it" for place in final.unapplied)


def letters_are_the_poison(final: Final) -> Iterator[str]:
    """The dead letters hold each poison message at least once and nothing else, as it was read."""
    poison = {(rec.topic, *rec.place): rec for rec in [*final.articles, *final.messages] if rec.header(KIND)}
    found = set()
    for letter in final.letters:
        try:
            place = (
                letter.header("error.topic"),
                int(letter.header("error.partition")),
                int(letter.header("error.offset")),
            )
        except ValueError:
            yield f"a letter at {letter.offset} of {letter.topic} does not say where it is from"
            continue
        found.add(place)
        if place not in poison:
            yield f"{place} is among the dead letters and is no poison: {letter.header('error.message')}"
        elif poison[place].value != letter.value or poison[place].key != letter.key:
            yield f"the letter of {place} is not what was read"
    for place in sorted(poison.keys() - found):
        yield f"poison at {place} is not among the dead letters"


def repeats(final: Final) -> tuple[int, int]:
    """How many messages and how many alerts were written more than once: allowed, as they replace themselves."""
    outputs = sum(1 for rec in final.messages if good(rec)) - len({rec.trace for rec in final.messages if good(rec)})
    return outputs, len(final.alerts) - len({alert.id for alert in alerts_of(final.alerts)})


def _named(incident: frozenset[Report]) -> str:
    return ", ".join(sorted({article for article, _ in incident}))
