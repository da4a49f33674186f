"""A batch of records: all coded, all sent, all acknowledged; else none of their offsets is committed."""

from __future__ import annotations

import asyncio
import random
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
from services.extractor.limits import Route
from services.extractor.pool import Pool
from services.extractor.processing import SERVICE, Letter, Outcome, Record, process

Send = Callable[[Sequence[Letter]], Awaitable[None]]

_LONGEST_WAIT = 15.0
"""Seconds between two tries while the brokers are away."""


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
        """Look at a batch before anything of it is sent. Raises Fatal when the coder is broken."""
        for outcome in outcomes:
            if outcome.coder_failed():
                self._failed.add(outcome.article_id)
            elif outcome.coded is not None and outcome.label != "withdrawn":
                self._failed.clear()
            if len(self._failed) >= self._limit:
                raise Fatal(
                    f"the coder failed on {len(self._failed)} articles in a row, so it is at fault, not they: "
                    "mend it, and they are read again"
                )
        if self._failed and any(outcome.coder_failed() for outcome in outcomes):
            await self._check()


class Batches:
    """Works batches off, one after the other."""

    def __init__(self, pool: Pool, send: Send, route: Route, failures: int) -> None:
        self._pool = pool
        self._send = send
        self._route = route
        self._breaker = Breaker(failures, pool.check)
        self.sent = True
        """False from a failed try to send until a good one."""

    async def work(self, records: Sequence[Record]) -> None:
        """Return when what came of all `records` is acknowledged, however long the brokers are away.

        Raises Fatal when the coder is broken; then nothing of the batch was sent.
        """
        coder, topic = self._pool.coder, self._route.events
        outcomes = await asyncio.gather(*(process(record, self._pool.code, coder, topic) for record in records))
        await self._breaker.judge(outcomes)
        await self._publish([outcome.letter for outcome in outcomes])
        for outcome in outcomes:
            _tell(outcome)

    async def _publish(self, letters: Sequence[Letter]) -> None:
        wait = 0.5
        while True:
            try:
                await self._send(letters)
            except Rejected as away:
                self.sent = False
                logger().warning("sending failed, trying again", error=str(away), seconds=round(wait, 1))
                await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311  spreads the tries of many services
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                self.sent = True
                return


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
