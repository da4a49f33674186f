"""Every metric of Tocsin: a closed list, prefix `tocsin_`, base units, and no id, URL or text in a label."""

from __future__ import annotations

import platform

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from services.common.version import version

REGISTRY = CollectorRegistry(auto_describe=True)
"""What `/metrics` shows."""

# Otherwise each counter brings a `_created` gauge along, which nobody asks for.
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]  # the library left it untyped
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

# Ingest. source_type: http, file, stdin. outcome: accepted (the broker has it), invalid (the sender must mend it),
# rejected (try again later).
ARTICLES_INGESTED = Counter(
    "tocsin_articles_ingested_total",
    "Articles that ingest was given, by what became of them.",
    ["source_type", "outcome"],
    registry=REGISTRY,
)

# Ingest's HTTP. reason: no_key, unknown_key, keys (the key file cannot be read), host (called by a name not its own).
REQUESTS_REFUSED = Counter(
    "tocsin_http_requests_refused_total",
    "Requests that were turned away before they were read.",
    ["reason"],
    registry=REGISTRY,
)

# Ingest and extractor. One for each unknown field of an article; the log names them.
UNKNOWN_FIELDS = Counter(
    "tocsin_unknown_fields_total",
    "Fields of articles that were dropped because no schema knows them.",
    registry=REGISTRY,
)

# Extractor. outcome: coded, empty (coded, no event), withdrawn, set_aside (not in a language that is read),
# invalid (dead-lettered).
ARTICLES_EXTRACTED = Counter(
    "tocsin_articles_extracted_total",
    "Articles that the extractor finished, by what became of them.",
    ["outcome"],
    registry=REGISTRY,
)

# Extractor. event_type: ACLED's, or `none` for what ACLED does not record. modality: as on the event.
EVENTS_EXTRACTED = Counter(
    "tocsin_events_extracted_total",
    "Events found in articles.",
    ["event_type", "modality"],
    registry=REGISTRY,
)

# Extractor, measured inside the pool. stage: a step of coding, or `total`.
EXTRACT_DURATION = Histogram(
    "tocsin_extract_duration_seconds",
    "Time to code one article.",
    ["stage"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)

# Sink. message_type and severity: as on the alert.
ALERTS_PUBLISHED = Counter(
    "tocsin_alerts_published_total",
    "Alerts that the broker acknowledged.",
    ["message_type", "severity"],
    registry=REGISTRY,
)

# Sink. error: the name of the brokers' error.
ALERTS_REFUSED = Counter(
    "tocsin_alerts_refused_total",
    "Alerts that the brokers refused for good: kept in the store, never published.",
    ["error"],
    registry=REGISTRY,
)

# Sink. what: incidents, articles.
RETENTION_REMOVED = Counter(
    "tocsin_retention_removed_total",
    "What was removed from the store since it is older than TOCSIN_RETENTION_DAYS.",
    ["what"],
    registry=REGISTRY,
)

# Sink that holds the lease. state: open (a report may still join) or closed.
INCIDENTS_STORED = Gauge(
    "tocsin_incidents_stored",
    "Incidents in the store.",
    ["state"],
    registry=REGISTRY,
)

# Sink that holds the lease.
OLDEST_INCIDENT = Gauge(
    "tocsin_oldest_incident_timestamp_seconds",
    "Day of the oldest incident in the store, by the newest of its events, reports and alerts.",
    registry=REGISTRY,
)

# Sink. channel: the kind (webhook, slack, email…), never an address. outcome: delivered, failed, given_up.
CHANNEL_DELIVERIES = Counter(
    "tocsin_channel_deliveries_total",
    "Tries to deliver an alert on a channel.",
    ["channel", "outcome"],
    registry=REGISTRY,
)

# Extractor and sink. topic: the one that was read. reason: the word of the Invalid error.
DEAD_LETTERS = Counter(
    "tocsin_dead_letters_total",
    "Records put on a dead-letter topic.",
    ["topic", "reason"],
    registry=REGISTRY,
)

# Extractor and sink: end offset minus committed offset, for the partitions that this process holds.
CONSUMER_LAG = Gauge(
    "tocsin_consumer_lag_records",
    "Records that wait to be worked off.",
    ["topic", "partition"],
    registry=REGISTRY,
)

# Sink: from `ce_time` of the article to the acknowledgement of the alert; replays and backfills are left out.
ARTICLE_TO_ALERT = Histogram(
    "tocsin_article_to_alert_seconds",
    "Time from an article's arrival to its alert.",
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600),
    registry=REGISTRY,
)

# Every service: Unix time of the last record that went all the way (acknowledged and, where it reads, committed).
LAST_SUCCESS = Gauge(
    "tocsin_last_success_timestamp_seconds",
    "When the service last finished a record.",
    ["service"],
    registry=REGISTRY,
)

# Every service, value 1: which version runs, on which Python.
BUILD_INFO = Info("tocsin_build", "Which version of which service runs.", registry=REGISTRY)


def build_info(service: str) -> None:
    """Say in `tocsin_build_info` what runs; called once when `service` starts."""
    BUILD_INFO.info({"service": service, "version": version(), "python": platform.python_version()})
