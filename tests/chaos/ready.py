"""Waits until services say that they are ready."""

from __future__ import annotations

import asyncio
import time

import aiohttp

from tests.chaos.cast import Cast, Service, StuckError

PATIENCE = 300.0
"""Seconds that services may take until all are ready: some ten are usual."""


async def until_ready(cast: Cast, watching: asyncio.Task[None] | None = None) -> None:
    """Until every service says that it is. Raises StuckError when one never does."""
    deadline = time.monotonic() + PATIENCE
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as http:
        waiting = list(cast.services)
        while waiting:
            if watching is not None and watching.done():
                watching.result()
            waiting = [service for service in waiting if not await _ready(http, service)]
            if time.monotonic() > deadline:
                raise StuckError(f"not ready: {', '.join(f'{one.name} ({one.last_words()})' for one in waiting)}")
            await asyncio.sleep(0.2)


async def _ready(http: aiohttp.ClientSession, service: Service) -> bool:
    try:
        async with http.get(f"http://127.0.0.1:{service.port}/readyz") as answer:
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False
