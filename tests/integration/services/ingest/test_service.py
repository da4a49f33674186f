import asyncio
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from services.common.errors import Fatal
from services.common.health import serve_health
from services.common.settings import Settings
from services.ingest import service


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "configure", lambda *_: None)


async def test_the_service_is_ready_and_stops_when_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = asyncio.Event()
    lines: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    monkeypatch.setattr(service, "logger", lambda: SimpleNamespace(info=lambda _, **line: lines.put_nowait(line)))
    running = asyncio.create_task(service.run(settings, stop))
    port = (await lines.get())["port"]
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        async with http.get("/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"ready": True, "broker": True})
        async with http.get("/metrics") as answer:
            assert 'service="ingest"' in await answer.text()
    stop.set()
    await running


async def test_a_port_that_is_taken_stops_it_with_a_sentence(settings: Settings) -> None:
    async with serve_health(0, "127.0.0.1", dict) as port:
        taken = settings.model_copy(update={"ingest_port": port})
        with pytest.raises(Fatal, match=str(port)):
            await service.run(taken, asyncio.Event())
