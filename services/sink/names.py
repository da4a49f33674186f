"""What the sink is called among others: topics, consumer group, transactional id. Fixed, but for tests."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.settings import CONFLICT_EVENTS, EVENT_ALERTS, SINK_GROUP


@dataclass(frozen=True)
class Names:
    """Tests that share a broker give each sink names of its own."""

    events: str = CONFLICT_EVENTS
    alerts: str = EVENT_ALERTS
    group: str = SINK_GROUP
    outbox: str = "tocsin-sink-outbox"
    """Transactional id of the publisher, and the group under which a cluster remembers how far the outbox has left."""


NAMES = Names()
