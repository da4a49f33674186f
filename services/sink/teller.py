"""Writes what there is to tell of incidents whose reports have changed, or notes when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from schemas import Alert
from services.common import tracing
from services.sink.alerts import next_alert
from services.sink.merging.report import ArticleReport
from services.sink.store import repository
from services.sink.store.working import Incident, Working
from services.sink.store.write import Leaving


@dataclass(frozen=True)
class Touched:
    """An incident after a message changed its reports."""

    incident_id: str
    reports: Sequence[ArticleReport]
    merged_into: str | None


class Teller:
    """Tells of incidents at one moment; `leaving` holds what is to be written."""

    def __init__(self, working: Working, now: dt.datetime, window: dt.timedelta) -> None:
        self._working, self._now, self._window = working, now, window
        self._last: dict[str, Alert] = {}
        self.leaving: list[Leaving] = []

    def expect(self, incidents: Collection[str]) -> None:
        """Read at once the alerts that will be compared with."""
        self._working.read_incidents(incidents)
        known = [self._working.incident(incident_id) for incident_id in incidents]
        wanted = {one.last_alert_id for one in known if one.last_alert_id and not self._waits(one)}
        self._last |= repository.alerts(self._working.session, wanted - self._last.keys())

    def tell(self, touched: Touched, traceparent: str | None, arrived: dt.datetime) -> Alert | None:
        """Write the next alert, if there is one; of one that was told of a moment ago, only note when it is due."""
        incident = self._working.incident(touched.incident_id)
        if touched.reports and self._waits(incident) and incident.told_at is not None:
            incident.due_at = incident.told_at + self._window
            return None
        incident.due_at = None
        alert = next_alert(
            incident.incident_id, touched.reports, self._before(incident), self._now, touched.merged_into
        )
        if alert is None:
            return None
        incident.last_alert_id, incident.last_sequence = alert.id, alert.sequence
        incident.last_type, incident.told_at = alert.message_type, alert.sent
        incident.newest_day = max(incident.newest_day, alert.sent.toordinal())
        self._last[alert.id] = alert
        self.leaving.append((alert, tracing.child(traceparent), arrived))
        return alert

    def _waits(self, incident: Incident) -> bool:
        """Whether an update of it has to wait."""
        told = incident.last_type is not None and incident.last_type != "cancel" and incident.told_at is not None
        return told and incident.told_at is not None and incident.told_at + self._window > self._now

    def _before(self, incident: Incident) -> Alert | None:
        if not incident.last_alert_id:
            return None
        if incident.last_alert_id not in self._last:
            self._last |= repository.alerts(self._working.session, {incident.last_alert_id})
        return self._last.get(incident.last_alert_id)
