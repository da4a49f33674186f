"""A request through aiohttp's parser and the service's own handlers, without a socket."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from schemas import Article
from services.common.health import MAX_HEADER, MAX_HEADERS
from services.ingest.http_api import make_app
from services.ingest.publisher import Receipt


class Taking:
    """Takes every article."""

    async def room(self) -> None:
        """There is always room."""

    async def send(self, article: Article, **_: Any) -> asyncio.Future[Receipt]:
        """Takes it at once."""
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        future.set_result(Receipt(str(article.id), article.version, "articles", 0, 0))
        return future


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()
        self.closed = False

    def write(self, data: Any) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True

    abort = close

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        return

    def resume_reading(self) -> None:
        return

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:  # noqa: ARG002
        return


def whole(data: bytes) -> bytes:
    """A request from any bytes: as they are where they look like one, else as the body of one."""
    if data.startswith((b"GET ", b"POST ", b"HEAD ")):
        return data
    kind = b"application/x-ndjson" if b"\n" in data else b"application/json"
    head = b"POST /v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
    return head % (kind, len(data)) + data


async def answer(data: bytes) -> int:
    """The status of the first answer; 0 where the request is not whole and nothing was answered."""
    runner = web.AppRunner(
        make_app(Taking(), dict),  # type: ignore[arg-type]  # stands in for the publisher
        access_log=None,
        max_headers=MAX_HEADERS,
        max_field_size=MAX_HEADER,
        max_line_size=MAX_HEADER,
    )
    await runner.setup()
    assert runner.server is not None
    protocol, wire = runner.server(), Wire()
    try:
        protocol.connection_made(wire)
        protocol.data_received(whole(data))
        for _ in range(200):
            if wire.written or wire.closed:
                break
            await asyncio.sleep(0)
        protocol.connection_lost(None)
        await asyncio.sleep(0)
    finally:
        await runner.cleanup()
    return int(wire.written.split(b" ", 2)[1]) if wire.written.startswith(b"HTTP/1.") else 0
