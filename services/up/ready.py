"""Waits until each service says that it is ready."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp

from services.common.settings import Settings
from services.screen import Screen
from services.up.guide import address
from services.up.ports import SERVICES

_LOOK = 0.1
_PATIENCE = aiohttp.ClientTimeout(total=2)


async def until_ready(settings: Settings, screen: Screen) -> None:
    """Asks each service's `/readyz` until all have said yes. Waits for ever: whether one died is seen elsewhere."""
    async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
        with screen.step("Services (the extractor loads its language model)"):
            await asyncio.gather(*(_until_ready(session, f"{address(settings, name)}/readyz") for name in SERVICES))


async def _until_ready(session: aiohttp.ClientSession, url: str) -> None:
    while not await _is_ready(session, url):  # noqa: ASYNC110  it tells nobody, one has to ask
        await asyncio.sleep(_LOOK)


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    with contextlib.suppress(aiohttp.ClientError, TimeoutError):  # it does not listen yet
        async with session.get(url) as answer:
            return answer.status == 200
    return False
