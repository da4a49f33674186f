"""HTTP for those who run a service: `/metrics`, `/healthz` (the process), `/readyz` (what it depends on)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from prometheus_client.exposition import choose_encoder

from services.common.errors import Fatal
from services.common.metrics import REGISTRY

Ready = Callable[[], dict[str, bool]]
"""What a service depends on, by name, and whether it is there now; called at each request, so it must not block."""

SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer carries, so that a browser makes nothing of it but text."""

MAX_CONNECTIONS = 1000
"""Most connections that a server holds at a time; a further one is told to come again and closed."""
MAX_HEADERS = 100
"""Most headers of a request."""
MAX_HEADER = 8190
"""Longest header, and longest path, in bytes."""
IDLE = 30.0
"""Seconds that a connection may be open without a whole request."""
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

GRACE = 5.0
"""Seconds that requests in flight have to finish when a server stops."""


def add_health_routes(app: web.Application, ready: Ready) -> None:
    """Add the three routes to `app`."""

    async def metrics(request: web.Request) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(REGISTRY), headers={"Content-Type": content_type})

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "up"})

    async def readyz(_request: web.Request) -> web.Response:
        checks = ready()
        return web.json_response({"ready": all(checks.values()), **checks}, status=200 if all(checks.values()) else 503)

    app.router.add_get("/metrics", metrics)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)


def add_safe_headers(app: web.Application, more: Mapping[str, str] | None = None) -> None:
    """Let every answer of `app` carry SAFE_HEADERS, errors too; `more` win over them."""

    async def add(_request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(SAFE_HEADERS | dict(more or {}))
        response.headers["Server"] = "tocsin"

    app.on_response_prepare.append(add)


class _Busy(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Says so, and closes it."""
        if isinstance(transport, asyncio.Transport):
            transport.write(_BUSY)
        transport.close()


class _Runner(web.AppRunner):
    """Holds so many connections and no more."""

    @property
    def server(self) -> Any:
        """What makes a protocol for each connection."""
        server = super().server
        return server and (lambda: server() if len(server.connections) < MAX_CONNECTIONS else _Busy())


@asynccontextmanager
async def serve_app(app: web.Application, port: int, host: str) -> AsyncIterator[int]:
    """Serve `app` until the context is left, then let requests in flight finish; gives the port it listens on.

    Port 0 takes any free one. Raises Fatal when the port is taken.
    """
    runner = _Runner(
        app,
        access_log=None,
        shutdown_timeout=GRACE,
        keepalive_timeout=IDLE,
        max_headers=MAX_HEADERS,
        max_field_size=MAX_HEADER,
        max_line_size=MAX_HEADER,
    )
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as taken:
            raise Fatal(f"cannot listen on {host}:{port}: {taken.strerror}. Choose another port") from taken
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serve_health(port: int, host: str, ready: Ready) -> AsyncIterator[int]:
    """Serve the three routes alone; gives the port. Raises Fatal when it is taken."""
    app = web.Application()
    add_safe_headers(app)
    add_health_routes(app, ready)
    async with serve_app(app, port, host) as bound:
        yield bound
