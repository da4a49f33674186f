"""What ingest tells of each article: one line in the log, and the metrics."""

from __future__ import annotations

from services.common import tracing
from services.common.errors import Invalid, Rejected
from services.common.log import logger
from services.common.metrics import ARTICLES_INGESTED, UNKNOWN_FIELDS
from services.ingest.publisher import Receipt

_NAMED = 20
"""How many unknown fields of an article a log line names."""


def accepted(source_type: str, receipt: Receipt, unknown: list[str], where: str, traceparent: str) -> None:
    """The brokers have the article."""
    ARTICLES_INGESTED.labels(source_type, "accepted").inc()
    UNKNOWN_FIELDS.inc(len(unknown))
    fields: dict[str, object] = {"where": where, **vars(receipt), "trace_id": tracing.trace_id(traceparent)}
    if unknown:
        fields |= {"unknown_fields": unknown[:_NAMED], "unknown_count": len(unknown)}
    logger().info("article accepted", **fields)


def refused(source_type: str, error: Invalid | Rejected, where: str, traceparent: str) -> None:
    """The sender must mend it (Invalid), or send it again (Rejected)."""
    trace_id = tracing.trace_id(traceparent)
    if isinstance(error, Invalid):
        ARTICLES_INGESTED.labels(source_type, "invalid").inc()
        logger().warning("article refused", where=where, reason=error.reason, detail=error.detail, trace_id=trace_id)
    else:
        ARTICLES_INGESTED.labels(source_type, "rejected").inc()
        logger().warning("article not taken now", where=where, detail=str(error), trace_id=trace_id)


def known_series() -> None:
    """Show every series from the start, at 0, so that rates and alerts need no special case."""
    for source_type in ("http", "file", "stdin"):
        for outcome in ("accepted", "invalid", "rejected"):
            ARTICLES_INGESTED.labels(source_type, outcome)
