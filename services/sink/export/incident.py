"""An incident as it is exported: the merged facts of its reports, or what was told of it before it was cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import Alert, EventFacts
from schemas.alert import Disagreement
from services.sink.merging import facts
from services.sink.merging.report import ArticleReport


@dataclass(frozen=True)
class Exported:
    """One row to be."""

    incident_id: str
    status: str
    event: EventFacts
    reports: list[ArticleReport]
    """The earliest first; none of a cancelled incident."""
    sources: int
    """How many independent sources tell of it."""
    disagreements: list[Disagreement]
    cancelled: bool = False
    merged_into: str | None = None
    """The incident that tells of a cancelled one from now on, if any."""

    def days(self) -> tuple[dt.date, dt.date] | None:
        """The days on which it may have happened, by the day of its first report where no date is told."""
        if self.event.date is not None:
            return self.event.date.start, self.event.date.end
        if self.reports:
            day = self.reports[0].article.article_time.astimezone(dt.UTC).date()
            return day, day
        return None


def standing(incident_id: str, reports: Sequence[ArticleReport]) -> Exported:
    """An incident that one or more reports tell of."""
    ordered = sorted(reports, key=ArticleReport.order)
    merged = facts.merge(ordered)
    return Exported(
        incident_id=incident_id,
        status=ordered[0].article.status,
        event=merged.event,
        reports=ordered,
        sources=merged.sources,
        disagreements=merged.disagreements,
    )


def cancelled(alert: Alert) -> Exported:
    """An incident whose newest alert is a cancel: the facts are those that were told last."""
    return Exported(
        incident_id=alert.incident_id,
        status=alert.status,
        event=alert.event,
        reports=[],
        sources=0,
        disagreements=[],
        cancelled=True,
        merged_into=alert.merged_into,
    )
