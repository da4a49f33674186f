"""A batch of records: all coded, all sent, all acknowledged; else none of their offsets is committed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from services.common.errors import Fatal, Rejected
from services.common.log import logger
from services.common.metrics import (
    ARTICLES_EXTRACTED,
    DEAD_LETTERS,
    EVENTS_EXTRACTED,
    EXTRACT_DURATION,
    LAST_SUCCESS,
    UNKNOWN_FIELDS,
)
from services.common.retry import pauses
from services.extractor.limits import Route
from services.extractor.pool import Pool
from services.extractor.processing import SERVICE, Letter, Outcome, Record, process

Send = Callable[[Sequence[Letter]], Awaitable[None]]

_SOONEST, _LATEST = 0.5, 15.0
"""Seconds between two tries while the brokers are away."""
_SOONEST_CODED, _LATEST_CODED = 2.0, 60.0
"""Seconds between two tries while the coder is broken."""


class Breaker:
    """Tells articles that no coder can read from a coder that can read none (a bad deploy, a missing model).

    Where nothing in a batch went well, the coder must still manage a plain sentence; and after `limit`
    articles in a row it is not believed even then. So the topic is not drained into the dead letters.
    """

    def __init__(self, limit: int, check: Callable[[], Awaitable[None]]) -> None:
        self._limit = limit
        self._check = check
        self._failed: set[str | None] = set()

    async def judge(self, outcomes: Sequence[Outcome]) -> None:
        """Look at a batch before anything of it is sent. Raises Rejected when the coder is broken."""
        failed = {outcome.article_id for outcome in outcomes if outcome.coder_failed()}
        if any(outcome.coded is not None and outcome.label != "withdrawn" for outcome in outcomes):
            self._failed.clear()
            return
        self._failed |= failed
        if len(self._failed) >= self._limit:
            raise Rejected(
                f"the coder failed on {len(self._failed)} articles in a row, so it is at fault, not they: "
                "mend it, and they are read again"
            )
        if failed:
            try:
                await self._check()
            except Fatal as broken:
                raise Rejected(str(broken)) from broken


class Batches:
    """Works batches off, one after the other."""

    def __init__(self, pool: Pool, send: Send, route: Route, failures: int) -> None:
        self._pool = pool
        self._send = send
        self._route = route
        self._breaker = Breaker(failures, pool.check)
        self.sent = True
        """False from a failed try to send until a good one."""
        self.coded = True
        """False while the coder fails at everything."""

    async def work(self, records: Sequence[Record]) -> None:
        """Return when what came of all `records` is acknowledged, however long the brokers or the coder are away.

        While the coder fails at everything nothing of the batch is sent, and it is coded again and again. Raises Fatal
        when no worker can be started.
        """
        outcomes = await self._code(records)
        await self._publish([outcome.letter for outcome in outcomes])
        for outcome in outcomes:
            _tell(outcome)

    async def _code(self, records: Sequence[Record]) -> Sequence[Outcome]:
        for wait in pauses(_SOONEST_CODED, _LATEST_CODED):
            coder, topic = self._pool.coder, self._route.events
            outcomes = await asyncio.gather(*(process(record, self._pool.code, coder, topic) for record in records))
            try:
                await self._breaker.judge(outcomes)
            except Rejected as broken:
                self.coded = False
                logger().error("nothing is read, trying again", error=str(broken), seconds=round(wait, 1))
                await asyncio.sleep(wait)
            else:
                break
        self.coded = True
        return outcomes

    async def _publish(self, letters: Sequence[Letter]) -> None:
        for wait in pauses(_SOONEST, _LATEST):
            try:
                await self._send(letters)
            except Rejected as away:
                self.sent = False
                logger().warning("sending failed, trying again", error=str(away), seconds=round(wait, 1))
                await asyncio.sleep(wait)
            else:
                break
        self.sent = True


def _tell(outcome: Outcome) -> None:
    """Count the decision, and log it in one line."""
    record = outcome.record
    ARTICLES_EXTRACTED.labels(outcome.label).inc()
    LAST_SUCCESS.labels(SERVICE).set(time.time())
    said: dict[str, str | int | float | None] = {
        "article_id": outcome.article_id,
        "version": outcome.version,
        "trace_id": outcome.trace_id,
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
    }
    if outcome.unknown:
        UNKNOWN_FIELDS.inc(len(outcome.unknown))
        said["unknown_fields"] = ", ".join(outcome.unknown)
    if outcome.invalid is not None:
        DEAD_LETTERS.labels(record.topic, outcome.invalid.reason).inc()
        logger().warning("article dead-lettered", reason=outcome.invalid.reason, detail=outcome.invalid.detail, **said)
        return
    if outcome.coded is not None:
        for kind, modality in outcome.coded.kinds:
            EVENTS_EXTRACTED.labels(kind, modality).inc()
        for stage, seconds in outcome.coded.timings.items():
            EXTRACT_DURATION.labels(stage).observe(seconds)
        said["events"] = len(outcome.coded.kinds)
        said["seconds"] = round(outcome.coded.timings.get("total", 0.0), 4)
    logger().info("article extracted", outcome=outcome.label, **said)
