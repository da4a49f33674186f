"""What an incident's reports have people told: the first alert, an update when a fact changed, a cancel.

Pure: the same reports and the same alert before give the same alert, but for the time it is sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from schemas import Alert, EventFacts, Report, ids
from schemas.alert import Change
from schemas.words import TOLL_KINDS
from services.sink import severity, wording
from services.sink.merging import facts
from services.sink.merging.report import ArticleReport
from services.sink.telling import calls_for_update, is_recorded, timely

MAX_ALERT = 1_500_000
"""Longest alert in bytes; the topic takes 1.9 MB. Of a longer one the sentences go, then the evidence."""


def next_alert(
    incident_id: str,
    reports: Sequence[ArticleReport],
    before: Alert | None,
    sent: dt.datetime,
    merged_into: str | None = None,
) -> Alert | None:
    """What to tell now that `reports` are all that tell of the incident, `before` being its newest alert.

    None when there is nothing new to tell, or nothing that people are alerted to. An incident that was cancelled and
    is reported again gets a new `alert`; one without reports is cancelled, with the incident that took them over.
    """
    stands = before if before is not None and before.message_type != "cancel" else None
    sequence = before.sequence + 1 if before else 0
    if not reports:
        return _cancel(stands, sequence, sent, merged_into) if stands else None
    alert = _alert(incident_id, sorted(reports, key=ArticleReport.order), sequence, sent)
    if stands is None:
        return fitting(alert) if _is_news(alert, reports) else None
    changes = differences(stands, alert)
    if not calls_for_update(stands, alert, changes):
        return None
    return fitting(alert.model_copy(update={"message_type": "update", "references": [stands.id], "changes": changes}))


def _is_news(alert: Alert, reports: Sequence[ArticleReport]) -> bool:
    """Whether the reports of when the event was news make it one that people are alerted to."""
    then = timely(reports)
    if then and len(then) < len(reports):
        alert = _alert(alert.incident_id, sorted(then, key=ArticleReport.order), alert.sequence, alert.sent)
    return bool(then) and is_recorded(alert.event, alert.severity)


def differences(before: Alert, after: Alert) -> list[Change]:
    """The facts in which two alerts differ, as people read them; wording, spans and confidence are no facts."""
    old, new = _facts(before), _facts(after)
    return [
        Change(field=field, before=old[field] or None, after=new[field] or None)
        for field in old
        if old[field] != new[field]
    ]


def fitting(alert: Alert) -> Alert:
    """The alert, cut to what its topic takes."""
    cuts: list[dict[str, list[object]]] = [{"sentences": []}, {"sentences": [], "evidence": []}]
    for less in cuts:
        if len(alert.to_bytes()) <= MAX_ALERT:
            break
        alert = alert.model_copy(update={"reports": [report.model_copy(update=less) for report in alert.reports]})
    return alert


def _alert(incident_id: str, reports: Sequence[ArticleReport], sequence: int, sent: dt.datetime) -> Alert:
    merged = facts.merge(reports)
    event = merged.event
    outlets = list(dict.fromkeys(name for report in reports if (name := report.article.source.name)))
    return Alert(
        id=ids.alert_id(incident_id, sequence),
        incident_id=incident_id,
        sequence=sequence,
        message_type="alert",
        sent=sent,
        status=reports[0].article.status,
        severity=severity.severity(event),
        urgency=severity.urgency(event),
        certainty=severity.certainty(event, merged.sources),
        headline=wording.headline(event),
        description=wording.description(event, outlets, merged.sources, merged.disagreements),
        event=event,
        reports=[_report(report) for report in reports],
        independent_sources=merged.sources,
        disagreements=merged.disagreements,
    )


_WITHDRAWN = "No article tells of this any more: what reported it was withdrawn or corrected."
_ONE = "This is told as one incident with another one from now on, since its reports turned out to be of that."


def _cancel(stands: Alert, sequence: int, sent: dt.datetime, merged_into: str | None) -> Alert:
    return stands.model_copy(
        update={
            "id": ids.alert_id(stands.incident_id, sequence),
            "sequence": sequence,
            "message_type": "cancel",
            "references": [stands.id],
            "sent": sent,
            "headline": wording.shortened(f"Cancelled: {stands.headline}", wording.MAX_HEADLINE),
            "description": _ONE if merged_into else _WITHDRAWN,
            "reports": [],
            "independent_sources": 0,
            "disagreements": [],
            "merged_into": merged_into,
            "changes": [Change(field="reports", before=str(len(stands.reports)), after="0")],
        }
    )


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
