"""POST /v1/articles: one article as a JSON object, or many as JSON lines with an answer for each line."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web

from schemas.article import MAX_BYTES
from services.common import tracing
from services.common.article_input import read_article
from services.common.errors import Invalid, Rejected
from services.common.health import Ready, add_health_routes, add_safe_headers
from services.common.log import logger
from services.common.metrics import REQUESTS_REFUSED
from services.ingest.guard import Guard, NotAdmitted, Sender
from services.ingest.intake import Accepted, Given, Origin, Outcome, begin
from services.ingest.problems import document, problem, problems, response
from services.ingest.publisher import Full, Publisher
from services.ingest.room import Part, Room

MAX_BODY = 32_000_000
"""Longest body of JSON lines, in bytes; answers are held until all of it was read."""
MAX_LINES = 50_000
"""Most lines of one body that are answered; an answer is longer than the shortest line."""
MAX_UNKNOWN = 100
"""Most dropped fields of an article that its answer names."""
BODY_PATIENCE = 60.0
"""Seconds that a body may go without a further byte."""
_IN_FLIGHT = 16
"""Lines of one request that wait for the brokers at a time."""
_PUBLISHER = web.AppKey("publisher", Publisher)
_GUARD = web.AppKey("guard", Guard)
_ROOM = web.AppKey("room", Room)
_JSON = "application/json"
_LINES = ("application/x-ndjson", "application/jsonl", "application/x-jsonlines")
_TOO_LONG = Invalid("too_large", f"The article is longer than {MAX_BYTES:,} bytes: shorten its text.")
_TOO_MANY = Invalid("too_large", f"The body has more than {MAX_LINES:,} lines: send it from this line on by itself.")
_TOO_MUCH = Invalid("too_large", f"The body is longer than {MAX_BODY:,} bytes: send it from this line on by itself.")


def make_app(publisher: Publisher, ready: Ready, guard: Guard | None = None) -> web.Application:
    """The HTTP API with health routes; `publisher` must outlive it. Without a guard this machine alone is let in."""
    app = web.Application(middlewares=[problems], client_max_size=MAX_BYTES + 1)
    app[_PUBLISHER] = publisher
    app[_GUARD] = guard or Guard()
    app[_ROOM] = Room()
    add_safe_headers(app)
    app.router.add_post("/v1/articles", _articles)
    add_health_routes(app, ready)
    return app


async def _articles(request: web.Request) -> web.StreamResponse:
    traceparent = tracing.child(request.headers.get("traceparent"))
    try:
        sender = request.app[_GUARD].admit(request.headers)
    except NotAdmitted as refusal:
        return _turned_away(refusal, request)
    # A browser sends other types across sites without asking first: they must not reach a service on localhost.
    if request.content_type == _JSON:
        return await _one(request, sender, traceparent)
    if request.content_type in _LINES:
        return await _many(request, sender, traceparent)
    return response(
        document(415, "content_type", f"Send Content-Type: {_JSON} for one article, or {_LINES[0]} for one a line.")
    )


def _turned_away(refusal: NotAdmitted, request: web.Request) -> web.Response:
    REQUESTS_REFUSED.labels(refusal.reason).inc()
    logger().warning("request refused", reason=refusal.reason, remote=request.remote)
    answer = response(document(refusal.status, refusal.reason, str(refusal)))
    if refusal.status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="tocsin"'
    return answer


async def _one(request: web.Request, sender: Sender, traceparent: str) -> web.Response:
    given: Given
    with request.app[_ROOM].part() as part:
        try:
            sender.take()
            async with asyncio.timeout(BODY_PATIENCE):
                body = await _whole(request, part)
            given = _TOO_LONG if body is None else _read(body)
        except Rejected as too_much:
            given = too_much
        answer = _answer(await (await begin(request.app[_PUBLISHER], given, Origin("http", "request", traceparent))))
    return web.json_response(answer, status=202) if "status" not in answer else response(answer)


async def _whole(request: web.Request, part: Part) -> bytes | None:
    """The body; None for one that is too long. Raises Full where too much is read already."""
    chunks: list[bytes] = []
    async for chunk in _chunks(request):
        part.hold(len(chunk))
        chunks.append(chunk)
        if part.held > MAX_BYTES:
            return None
        if full := part.crowded():
            raise full
    return b"".join(chunks)


async def _many(request: web.Request, sender: Sender, traceparent: str) -> web.Response:
    """An answer line for each line that is not blank, in order; 202 when all were taken, else 207."""
    with request.app[_ROOM].part() as part:
        return await _answered(request, sender, traceparent, part)


async def _answered(request: web.Request, sender: Sender, traceparent: str, part: Part) -> web.Response:
    publisher = request.app[_PUBLISHER]
    lines: list[str] = []
    waiting: deque[tuple[int, asyncio.Future[Outcome]]] = deque()
    refused = away = False

    async def settle() -> None:
        nonlocal refused, away
        number, future = waiting.popleft()
        outcome = await future
        answer = _answer(outcome)
        refused = refused or "status" in answer
        away = away or (isinstance(outcome, Rejected) and not isinstance(outcome, Full))
        lines.append(json.dumps({"line": number, "status": 202} | answer, ensure_ascii=False))
        part.hold(len(lines[-1]))

    async for number, line in _split(request, part):
        given = _given(line, sender)
        if away:
            given = Rejected("the brokers did not take an earlier line: send this one again")
        origin = Origin("http", f"line {number}", tracing.child(traceparent))
        waiting.append((number, await begin(publisher, given, origin)))
        if len(waiting) >= _IN_FLIGHT:
            await settle()
    while waiting:
        await settle()
    text = "".join(f"{line}\n" for line in lines)
    return web.Response(text=text, status=207 if refused else 202, content_type=_LINES[0])


async def _split(request: web.Request, part: Part) -> AsyncIterator[tuple[int, bytes | Invalid | Rejected]]:
    """Lines that are not blank, numbered from 1; an error for one that is too long, and where the body is."""
    number, size, rest, skipping = 0, 0, b"", False
    async for chunk in _chunks(request):
        size += len(chunk)
        part.hold(len(rest) + len(chunk))
        held = 2 * len(rest) + len(chunk)
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            number += 1
            if stop := _TOO_MANY if number > MAX_LINES else part.crowded():
                yield number, stop
                return
            if skipping or len(line) > MAX_BYTES + 1:  # + 1 for a carriage return
                yield number, _TOO_LONG
            elif line.strip():
                yield number, line.rstrip(b"\r")
            skipping = False
        if len(rest) > MAX_BYTES + 1:
            rest, skipping = b"", True
        part.hold(len(rest) - held)
        if stop := _TOO_MUCH if size > MAX_BODY else part.crowded():
            yield number + 1, stop
            return
    if skipping or rest.strip():
        yield number + 1, _TOO_MANY if number >= MAX_LINES else _TOO_LONG if skipping else rest


async def _chunks(request: web.Request) -> AsyncIterator[bytes]:
    """The body as it comes. Raises TimeoutError when it goes on too slowly."""
    while True:
        async with asyncio.timeout(BODY_PATIENCE):
            chunk = await request.content.readany()
        if not chunk:
            return
        yield chunk


def _given(line: bytes | Invalid | Rejected, sender: Sender) -> Given:
    try:
        sender.take()
    except Rejected as too_fast:
        return too_fast
    return _read(line) if isinstance(line, bytes) else line


def _read(body: bytes) -> Given:
    try:
        return read_article(body, None, dt.datetime.now(dt.UTC))
    except Invalid as invalid:
        return invalid


def _answer(outcome: Outcome) -> dict[str, Any]:
    """The receipt, or a problem document, which alone has a `status`."""
    if not isinstance(outcome, Accepted):
        return problem(outcome)
    unknown = {"unknown_fields": outcome.unknown[:MAX_UNKNOWN]} if outcome.unknown else {}
    return vars(outcome.receipt) | unknown
