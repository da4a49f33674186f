"""The sink's HTTP server: the page, `/v1/alerts`, and health, on one port.

All that is shown comes from strangers' articles: templates escape it, and a strict Content-Security-Policy stands
behind that.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from importlib.resources import files
from typing import TypeVar

from aiohttp import web
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.common.health import Ready, add_health_routes, add_safe_headers
from services.sink.page import view
from services.sink.store import repository
from services.sink.store.pages import fill

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
}
PAGE = 30
"""Incidents on a page."""
LIMIT = 50
MAX_LIMIT = 200


def page_app(reader: Engine, ready: Ready) -> web.Application:
    """The application; it reads the store by `reader` and never writes."""
    app = web.Application(middlewares=[_problems])
    add_safe_headers(app, HEADERS)
    add_health_routes(app, ready)
    pages = _Pages(reader)
    app.router.add_get("/", pages.page)
    app.router.add_get("/style.css", pages.style)
    app.router.add_get("/v1/alerts", pages.alerts)
    app.router.add_get("/v1/alerts/{id}", pages.alert)
    return app


class _Pages:
    def __init__(self, reader: Engine) -> None:
        self._reader = reader
        self._style = files("services.sink.page").joinpath("style.css").read_text("utf-8")

    async def page(self, request: web.Request) -> web.Response:
        """The newest alert of each incident, newest first."""
        before = _number(request, "before", None)
        shown = await self._read(lambda session: fill(repository.incident_page(session, PAGE + 1, before), PAGE))
        html = await asyncio.to_thread(view.page, shown.bodies, shown.next, newest=before is None)
        return web.Response(text=html, content_type="text/html", headers={"Cache-Control": "no-cache"})

    async def style(self, _request: web.Request) -> web.Response:
        """The page's one style sheet."""
        return web.Response(text=self._style, content_type="text/css", headers={"Cache-Control": "max-age=300"})

    async def alerts(self, request: web.Request) -> web.Response:
        """All alerts as they were published, newest first: {"alerts": […], "next": cursor or null}.

        Fewer than `limit` where they are long: `next` goes on.
        """
        limit = _number(request, "limit", LIMIT, MAX_LIMIT) or LIMIT
        cursor = _number(request, "cursor", None)
        shown = await self._read(lambda session: fill(repository.alert_page(session, limit + 1, cursor), limit))
        following = None if shown.next is None else str(shown.next)
        # Joined as text, so that each alert is byte for byte what was published.
        text = f'{{"alerts":[{",".join(shown.bodies)}],"next":{json.dumps(following)}}}'
        return web.Response(text=text, content_type="application/json")

    async def alert(self, request: web.Request) -> web.Response:
        """One alert by its id."""
        alert_id = request.match_info["id"]
        body = await self._read(lambda session: repository.alert_body(session, alert_id))
        if body is None:
            return _problem(HTTPStatus.NOT_FOUND, "There is no alert of this id.")
        return web.Response(text=body, content_type="application/json")

    async def _read(self, query: Callable[[Session], T]) -> T:
        def read() -> T:
            with Session(self._reader) as session:
                return query(session)

        return await asyncio.to_thread(read)


def _number(request: web.Request, name: str, default: int | None, most: int = 2**62) -> int | None:
    given = request.query.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 20 and 1 <= int(given) <= most):
        raise web.HTTPBadRequest(text=f"`{name}` must be a whole number from 1 to {most}.")
    return int(given)


@web.middleware
async def _problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors as problem documents (RFC 9457)."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        told = error.text if isinstance(error, web.HTTPBadRequest) else None
        allowed = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        return _problem(HTTPStatus(error.status), told, allowed)
    except OperationalError:
        return _problem(
            HTTPStatus.SERVICE_UNAVAILABLE, "The store cannot be read now: try again.", {"Retry-After": "5"}
        )


def _problem(status: HTTPStatus, detail: str | None, headers: dict[str, str] | None = None) -> web.Response:
    document = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if detail:
        document["detail"] = detail
    return web.json_response(document, status=status, content_type="application/problem+json", headers=headers)
