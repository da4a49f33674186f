"""Alerts as the page shows them: what the template needs, in words, and nothing that it would have to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import jinja2

from schemas import Alert, Report
from services.sink import wording
from services.sink.page.marks import Piece, marked


@dataclass(frozen=True)
class Shown:
    """One alert."""

    alert: Alert
    facts: list[tuple[str, str]]
    reports: list[ShownReport]


@dataclass(frozen=True)
class ShownReport:
    """What one article says."""

    name: str
    title: str
    link: str | None
    published: str
    sentences: list[list[Piece]]


def page(bodies: Sequence[str], older: int | None, *, newest: bool) -> str:
    """The whole page as HTML; `older` is the position behind which the next page begins."""
    alerts = [_shown(Alert.read(body.encode())) for body in bodies]
    return _template().render(alerts=alerts, older=older, newest=newest)


def safe_link(url: str | None) -> str | None:
    """The URL where it is a web address; articles may carry `javascript:` and worse."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else None
    except ValueError:
        return None


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("services.sink.page", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def _shown(alert: Alert) -> Shown:
    event = alert.event
    facts = {
        "Who": wording.names(event, "perpetrator"),
        "Sides": wording.names(event, "participant"),
        "Whom": wording.names(event, "target"),
        "Where": wording.place(event.place) if event.place else "not told",
        "When": wording.date(event.date) if event.date else "not told",
        "Toll": wording.toll_sentence(event),
        "Weapons": ", ".join(event.weapons),
        "Claimed by": event.claimed_by or "",
        "According to": event.reported_by or "",
        "Sources": str(alert.independent_sources) if alert.independent_sources else "",
        "Sources differ": wording.differ(alert.disagreements),
        "Certainty": alert.certainty,
        "Confidence": f"{event.confidence:.0%}",
        "Inferred": ", ".join(event.inferred),
    }
    return Shown(alert, [(name, told) for name, told in facts.items() if told], [_report(r) for r in alert.reports])


def _report(report: Report) -> ShownReport:
    return ShownReport(
        name=report.source or "unnamed source",
        title="" if any(s.in_ == "title" for s in report.sentences) else report.title or "",
        link=safe_link(report.url),
        published=f"{report.published_at:%Y-%m-%d}" if report.published_at else "",
        sentences=[marked(sentence, report.evidence) for sentence in report.sentences],
    )
