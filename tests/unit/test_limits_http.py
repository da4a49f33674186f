"""Each limit of ingest's HTTP at its edge: exactly so much goes through, one more does not."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from schemas import Article
from schemas.article import MAX_BYTES
from services.common import health
from services.common.health import serve_app
from services.ingest import http_api, publisher, room
from services.ingest.http_api import make_app

LINES = "application/x-ndjson"
LEAST = b'{"text": "a"}'


@asynccontextmanager
async def ingest(publisher: Any) -> AsyncIterator[int]:
    async with serve_app(make_app(publisher, dict), 0, "127.0.0.1") as port:
        yield port


class Taking:
    """Takes every article."""

    async def send(self, one: Article, **_: Any) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.set_result(publisher.Receipt(one.id or "", one.version, "articles", 0, 0))
        return future


async def raw(port: int, head: bytes, body: bytes = b"") -> tuple[int, bytes]:
    """Status and the rest of the answer; 0 for a connection that is closed without one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head + b"\r\n\r\n" + body)
    try:
        answer = await asyncio.wait_for(reader.read(), 20)
    except ConnectionError:
        answer = b""
    writer.close()
    return (int(answer.split(b" ", 2)[1]) if answer else 0), answer


def request(body: bytes, content_type: str = "application/json", length: int | None = None, extra: int = 0) -> bytes:
    lines = [
        "POST /v1/articles HTTP/1.1",
        "Host: localhost",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body) if length is None else length}",
        "Connection: close",
        *(f"X-{number}: 1" for number in range(extra)),
    ]
    return "\r\n".join(lines).encode()


async def test_an_http_requests_headers() -> None:
    body = b'{"text": "a"}'
    async with ingest(Taking()) as port:
        own = 4
        assert (await raw(port, request(body, extra=health.MAX_HEADERS - own), body))[0] == 202
        assert (await raw(port, request(body, extra=health.MAX_HEADERS - own + 1), body))[0] == 400
        for more, status in ((0, 404), (1, 400)):
            path = b"/" + b"a" * (health.MAX_HEADER + more - 1)
            got, _ = await raw(port, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close")
            assert got == status


async def lines_of(port: int, body: bytes) -> list[int]:
    _, answer = await raw(port, request(body, LINES), body)
    return [json.loads(line)["status"] for line in answer.splitlines() if line.startswith(b'{"line"')]


async def test_the_lines_of_a_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_api, "MAX_LINES", 5)
    line = b'{"text": "a"}'
    async with ingest(Taking()) as port:
        for end in (b"", b"\n"):
            assert await lines_of(port, b"\n".join([line] * 5) + end) == [202] * 5
            assert await lines_of(port, b"\n".join([line] * 6) + end) == [202] * 5 + [413]
        assert await lines_of(port, b"\n" * 5 + line) == [413]


async def test_the_bytes_of_a_body(monkeypatch: pytest.MonkeyPatch) -> None:
    line = b'{"text": "a"}\n'
    monkeypatch.setattr(http_api, "MAX_BODY", 10 * len(line))
    async with ingest(Taking()) as port:
        assert await lines_of(port, line * 10) == [202] * 10
        assert (await lines_of(port, line * 10 + b"\n"))[-1] == 413


async def test_the_unknown_fields_that_an_answer_names() -> None:
    async with ingest(Taking()) as port:
        for count in (http_api.MAX_UNKNOWN, http_api.MAX_UNKNOWN + 1):
            body = json.dumps({"text": "a"} | {f"x{n:03}": 1 for n in range(count)}).encode()
            _, answer = await raw(port, request(body), body)
            assert answer.count(b'"x') == http_api.MAX_UNKNOWN


async def test_a_body_that_does_not_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_api, "BODY_PATIENCE", 0.1)
    async with ingest(Taking()) as port:
        for content_type in ("application/json", LINES):
            status, answer = await raw(port, request(b"", content_type, length=100), b'{"text":')
            assert status == 408
            assert b"slow_body" in answer


async def test_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MAX_CONNECTIONS", 2)
    ask = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close"
    async with ingest(Taking()) as port:
        _, first = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(0.05)
        assert (await raw(port, ask))[0] == 200
        _, second = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(0.05)
        reader, third = await asyncio.open_connection("127.0.0.1", port)
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: 1" in answer
        for one in (first, second, third):
            one.close()
            await one.wait_closed()
        await asyncio.sleep(0.05)
        assert (await raw(port, ask))[0] == 200


async def test_a_connection_without_a_whole_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "IDLE", 0.2)
    async with ingest(Taking()) as port:
        for begun in (b"", b"POST /v1/articles HT"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(begun)
            assert await asyncio.wait_for(reader.read(), 20) == b""
            writer.close()


async def test_the_bytes_of_an_article() -> None:
    async with ingest(Taking()) as port:
        for more, status in ((0, 202), (1, 413)):
            body = LEAST + b" " * (MAX_BYTES - len(LEAST) + more)
            got, answer = await raw(port, request(body), body)
            assert got == status
            assert (b"too_large" in answer) is bool(more)
            for end in (b"\n", b"\r\n"):
                assert await lines_of(port, body + end + LEAST) == [status, 202]


async def test_what_all_requests_hold_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    body = LEAST + b" " * 1000
    async with ingest(Taking()) as port:
        monkeypatch.setattr(room, "MAX_READING", len(body))
        assert (await raw(port, request(body), body))[0] == 202
        assert await lines_of(port, body) == [202]
        monkeypatch.setattr(room, "MAX_READING", len(body) - 1)
        for content_type in ("application/json", LINES):
            status, answer = await raw(port, request(body, content_type), body)
            assert status == (429 if content_type != LINES else 207)
            assert b'"reason": "full"' in answer
        # What was held is let go of, whatever became of it.
        assert (await raw(port, request(LEAST), LEAST))[0] == 202


async def until_not(status: int, port: int) -> tuple[int, bytes]:
    while True:
        found = await raw(port, request(LEAST), LEAST)
        if found[0] != status:
            return found


async def test_a_body_on_its_way_leaves_no_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_READING", 500)
    async with ingest(Taking()) as port:
        for content_type in ("application/json", LINES):
            _, slow = await asyncio.open_connection("127.0.0.1", port)
            slow.write(request(b"", content_type, length=1000) + b"\r\n\r\n" + b" " * 490)
            found = await until_not(202, port)  # until its first bytes are read
            assert found[0] == 429
            assert b"\r\nRetry-After: 1\r\n" in found[1]
            slow.close()
            assert (await until_not(429, port))[0] == 202


async def test_the_answers_to_lines_are_held_too(monkeypatch: pytest.MonkeyPatch) -> None:
    body = (LEAST + b"\n") * 1000
    monkeypatch.setattr(room, "MAX_READING", 3 * len(body))
    async with ingest(Taking()) as port:
        told = await lines_of(port, body)
        assert told[-1] == 429
        assert set(told[:-1]) == {202}
        assert 10 < len(told) < 1000
