"""Pours articles in over HTTP, so many a second, and sends again what was not taken."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import time
from collections import Counter
from dataclasses import dataclass, field

import aiohttp

from tests.flood.articles import article, long_article

OPEN = 200
"""Requests that wait for an answer at a time; the long ones besides."""
LONG_ONES = 60
"""Long articles sent at once: more bytes than may wait for the brokers."""
_JSON = {"Content-Type": "application/json"}
_PATIENCE = aiohttp.ClientTimeout(60)

Receipt = tuple[str, int, int]
"""Article, partition, offset."""


@dataclass
class Pour:
    """One flood; `rate` may be changed while it runs."""

    address: str
    seed: int
    today: dt.date
    rate: float
    receipts: list[Receipt] = field(default_factory=list)
    """What was answered 202."""
    short: int = 0
    """How many of them are not of the long ones."""
    answers: Counter[int] = field(default_factory=Counter)
    """How often each status was answered."""
    wrong: list[str] = field(default_factory=list)
    """Answers that should not have been."""
    stopped: bool = False
    full: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once an answer says that the broker's buffer is full."""
    _number: int = 0

    async def run(self) -> None:
        """Until it is stopped and all that was begun is taken."""
        limit = asyncio.Semaphore(OPEN)
        due, before = 0.0, time.monotonic()
        async with aiohttp.ClientSession(self.address, timeout=_PATIENCE) as http, asyncio.TaskGroup() as tasks:
            while not self.stopped:
                now = time.monotonic()
                due, before = due + (now - before) * self.rate, now
                while due >= 1 and not self.stopped:
                    await limit.acquire()
                    tasks.create_task(self._send(http, self._number, limit))
                    self._number += 1
                    due -= 1
                await asyncio.sleep(0.01)

    async def long_ones(self) -> None:
        """Send long articles all at once; returns once each is taken."""
        connector = aiohttp.TCPConnector(limit=LONG_ONES)
        async with (
            aiohttp.ClientSession(self.address, timeout=_PATIENCE, connector=connector) as http,
            asyncio.TaskGroup() as tasks,
        ):
            for number in range(LONG_ONES):
                tasks.create_task(self._until_taken(http, long_article(number)))

    async def _send(self, http: aiohttp.ClientSession, number: int, limit: asyncio.Semaphore) -> None:
        try:
            await self._until_taken(http, article(number, self.seed, self.today))
        finally:
            limit.release()
        self.short += 1

    async def _until_taken(self, http: aiohttp.ClientSession, body: bytes) -> None:
        while (wait := await self._post(http, body)) is not None:  # noqa: ASYNC110  what is awaited is the answer
            await asyncio.sleep(wait)

    async def _post(self, http: aiohttp.ClientSession, body: bytes) -> float | None:
        """Seconds until it may be sent again; None for what was taken, or refused for good."""
        try:
            async with http.post("/v1/articles", data=body, headers=_JSON) as answer:
                told = await answer.text()
        except (aiohttp.ClientError, TimeoutError) as cut:
            self._note(f"ingest gives no answer: {cut!r}")
            return 1.0
        self.answers[answer.status] += 1
        if answer.status == 202:
            receipt = json.loads(told)
            self.receipts.append((receipt["id"], receipt["partition"], receipt["offset"]))
            return None
        if answer.status not in (429, 503):
            self._note(f"ingest answers {answer.status}: {told[:200]}")
            return None
        if answer.status == 429:
            self.full.set()
        after = answer.headers.get("Retry-After", "")
        if not after.isdigit() or int(after) < 1:
            self._note(f"ingest answers {answer.status} and does not say when to come again")
        return float(after) if after.isdigit() else 1.0

    def _note(self, told: str) -> None:
        if told not in self.wrong:
            self.wrong.append(told)
