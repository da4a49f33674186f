"""What an incident's reports have people told: the first alert, an update when a fact changed, a cancel.

Pure: the same reports and the same alert before give the same alert, but for the time it is sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from schemas import Alert, ArticleEvents, ConflictEvent, EventFacts, Report, Sentence, ids
from schemas.alert import Change
from schemas.words import TOLL_KINDS
from services.sink import severity, wording

MAX_ALERT = 1_500_000
"""Longest alert in bytes; the topic takes 1.9 MB. Of a longer one the sentences go, then the evidence."""


@dataclass(frozen=True)
class ArticleReport:
    """An event with the article that tells of it (its message without events and sentences)."""

    article: ArticleEvents
    event: ConflictEvent
    sentences: tuple[Sentence, ...]

    def order(self) -> tuple[dt.datetime, str, int]:
        """The earliest report stands first, in whatever order they came."""
        return self.article.article_time, self.article.article_id, self.event.rank


def next_alert(
    incident_id: str, reports: Sequence[ArticleReport], before: Alert | None, sent: dt.datetime
) -> Alert | None:
    """What to tell now that `reports` are all that tell of the incident, `before` being its newest alert.

    None when there is nothing new to tell. An incident that was cancelled and is reported again gets a new `alert`.
    """
    stands = before if before is not None and before.message_type != "cancel" else None
    sequence = before.sequence + 1 if before else 0
    if not reports:
        return _cancel(stands, sequence, sent) if stands else None
    alert = _alert(incident_id, sorted(reports, key=ArticleReport.order), sequence, sent)
    if stands is None:
        return fitting(alert)
    changes = differences(stands, alert)
    if not changes:
        return None
    return fitting(alert.model_copy(update={"message_type": "update", "references": [stands.id], "changes": changes}))


def differences(before: Alert, after: Alert) -> list[Change]:
    """The facts in which two alerts differ, as people read them; wording, spans and confidence are no facts."""
    old, new = _facts(before), _facts(after)
    return [
        Change(field=field, before=old[field] or None, after=new[field] or None)
        for field in old
        if old[field] != new[field]
    ]


def sentences_of(event: ConflictEvent, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that the event's evidence stands in."""
    return tuple(
        sentence
        for sentence in sentences
        if any(
            span.in_ == sentence.in_ and span.start < sentence.end and sentence.start < span.end
            for span in event.evidence
        )
    )


def fitting(alert: Alert) -> Alert:
    """The alert, cut to what its topic takes."""
    cuts: list[dict[str, list[object]]] = [{"sentences": []}, {"sentences": [], "evidence": []}]
    for less in cuts:
        if len(alert.to_bytes()) <= MAX_ALERT:
            break
        alert = alert.model_copy(update={"reports": [report.model_copy(update=less) for report in alert.reports]})
    return alert


def _alert(incident_id: str, reports: Sequence[ArticleReport], sequence: int, sent: dt.datetime) -> Alert:
    facts = _merged(reports)
    sources = len({_source(report.article) for report in reports})
    outlets = list(dict.fromkeys(name for report in reports if (name := report.article.source.name)))
    return Alert(
        id=ids.alert_id(incident_id, sequence),
        incident_id=incident_id,
        sequence=sequence,
        message_type="alert",
        sent=sent,
        status=reports[0].article.status,
        severity=severity.severity(facts),
        urgency=severity.urgency(facts),
        certainty=severity.certainty(facts, sources),
        headline=wording.headline(facts),
        description=wording.description(facts, outlets, sources),
        event=facts,
        reports=[_report(report) for report in reports],
        independent_sources=sources,
    )


def _cancel(stands: Alert, sequence: int, sent: dt.datetime) -> Alert:
    return stands.model_copy(
        update={
            "id": ids.alert_id(stands.incident_id, sequence),
            "sequence": sequence,
            "message_type": "cancel",
            "references": [stands.id],
            "sent": sent,
            "headline": wording.shortened(f"Cancelled: {stands.headline}", wording.MAX_HEADLINE),
            "description": "No article tells of this any more: what reported it was withdrawn or corrected.",
            "reports": [],
            "independent_sources": 0,
            "changes": [Change(field="reports", before=str(len(stands.reports)), after="0")],
        }
    )


def _merged(reports: Sequence[ArticleReport]) -> EventFacts:
    """The facts as the earliest report has them: each event is an incident of its own for now."""
    event = reports[0].event
    return EventFacts(**{name: getattr(event, name) for name in EventFacts.model_fields})


def _source(article: ArticleEvents) -> str:
    """What tells sources apart: the outlet's name, else its site, else the article."""
    source = article.source
    site = _site(source.url) if source.url else ""
    return (source.name or "").strip().casefold() or site or f"\x00{article.article_id}"


def _site(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # anyone may write the URL
        return ""


def _report(report: ArticleReport) -> Report:
    article, event = report.article, report.event
    return Report(
        article_id=article.article_id,
        event_id=event.id,
        source=article.source.name,
        url=article.source.url,
        title=article.title,
        published_at=article.published_at,
        casualties=event.casualties,
        evidence=event.evidence,
        sentences=list(report.sentences),
    )


def _facts(alert: Alert) -> dict[str, str]:
    """Every fact of an alert as one line of text, by its dotted name."""
    event = alert.event
    where = event.place
    told = {
        "status": alert.status,
        "severity": alert.severity,
        "certainty": alert.certainty,
        "event_type": event.event_type or "",
        "sub_event_type": event.sub_event_type or "",
        "plover": f"{event.plover.event} {event.plover.mode or ''}".strip() if event.plover else "",
        "modality": event.modality,
        "date": wording.date(event.date) if event.date else "",
        **{role: _sides(event, role) for role in ("perpetrator", "target", "participant")},
        "place": wording.place(where) if where else "",
        **{f"casualties.{kind}": _toll(event, kind) for kind in TOLL_KINDS},
        "weapons": ", ".join(sorted(event.weapons)),
        "claimed_by": event.claimed_by or "",
        "reported_by": event.reported_by or "",
    }
    if where is not None and where.latitude is not None:
        told["place.point"] = f"{where.latitude:.4f}, {where.longitude:.4f}"
    else:
        told["place.point"] = ""
    return told


def _sides(event: EventFacts, role: str) -> str:
    return ", ".join(sorted({actor.name for actor in event.actors if actor.role == role}))


def _toll(event: EventFacts, kind: str) -> str:
    toll = getattr(event.casualties, kind)
    if toll is None:
        return ""
    groups = wording.listed([f"{'some' if group.count is None else group.count} {group.who}" for group in toll.groups])
    inferred = f"casualties.{kind}" in event.inferred
    return wording.count(toll, inferred=inferred) + (f" ({groups})" if groups else "")
