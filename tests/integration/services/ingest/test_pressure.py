"""More than the brokers take: what waits is bounded, senders are told when to come back, nothing taken is lost."""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from deploy.kafka import SetupError, start_broker
from services.common import topics
from services.common.settings import ARTICLES, Settings
from services.ingest import service
from services.ingest.publisher import MAX_HELD
from tests.chaos.records import read_all

LONG = 790_000
SENT = 80


async def test_while_the_brokers_hang_senders_are_told_to_wait_and_what_was_taken_arrives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    quiet = {"warning": lambda *_, **__: None, "info": lambda _, **line: lines.put_nowait(line)}
    monkeypatch.setattr(service, "configure", lambda *_: None)
    monkeypatch.setattr(service, "logger", lambda: SimpleNamespace(**quiet))
    try:
        broker = await asyncio.to_thread(start_broker)
    except SetupError as error:
        if os.environ.get("TOCSIN_REQUIRE_KAFKA") == "1":
            pytest.fail(f"no Kafka to test with: {error}")
        pytest.skip(f"no Kafka to test with: {error}")
    stop = asyncio.Event()
    with broker:
        settings = Settings(bootstrap=broker.bootstrap, ingest_port=0)
        await topics.apply(settings)
        running = asyncio.create_task(service.run(settings, stop))
        async with aiohttp.ClientSession(f"http://127.0.0.1:{(await lines.get())['port']}") as http:
            broker.freeze(0)
            answers = await asyncio.gather(*(post(http, f"a-{number}") for number in range(SENT)))
            told = Counter(status for status, _ in answers)
            assert told[429] >= SENT - MAX_HELD // LONG
            assert told[429] + told[503] == SENT
            assert all(after is not None for _, after in answers)
            broker.thaw(0)
            waiting = [f"b-{number}" for number in range(20)]
            for _ in range(120):
                found = await asyncio.gather(*(post(http, name) for name in waiting))
                waiting = [name for name, (status, _) in zip(waiting, found, strict=True) if status != 202]
                if not waiting:
                    break
                await asyncio.sleep(0.5)
            assert waiting == []
        stop.set()
        await running
        there = {(rec.key or b"").decode() for rec in await read_all(broker.bootstrap, ARTICLES)}
    assert {f"b-{number}" for number in range(20)} <= there


async def post(http: aiohttp.ClientSession, name: str) -> tuple[int, str | None]:
    # Four bytes a character: about as long as an article may be.
    article = {"id": name, "text": "\U00010348" * 199_000}
    body = json.dumps(article, ensure_ascii=False).encode()
    async with http.post("/v1/articles", data=body, headers={"Content-Type": "application/json"}) as answer:
        return answer.status, answer.headers.get("Retry-After")
