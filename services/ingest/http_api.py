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
from services.common.health import Ready, add_health_routes
from services.ingest.problems import document, problem, problems, response
from services.ingest.publisher import Publisher
from services.ingest.record import accepted, refused

MAX_BODY = 32_000_000
"""Longest body of JSON lines, in bytes; answers are held until all of it was read."""
_IN_FLIGHT = 16
"""Lines of one request that wait for the brokers at a time."""
_PUBLISHER = web.AppKey("publisher", Publisher)
_JSON = "application/json"
_LINES = ("application/x-ndjson", "application/jsonl", "application/x-jsonlines")


def make_app(publisher: Publisher, ready: Ready) -> web.Application:
    """The HTTP API with health routes; `publisher` must outlive it."""
    app = web.Application(middlewares=[problems], client_max_size=MAX_BYTES)
    app[_PUBLISHER] = publisher
    app.router.add_post("/v1/articles", _articles)
    add_health_routes(app, ready)
    return app


async def _articles(request: web.Request) -> web.StreamResponse:
    traceparent = tracing.child(request.headers.get("traceparent"))
    # A browser sends other types across sites without asking first: they must not reach a service on localhost.
    if request.content_type == _JSON:
        return await _one(request, traceparent)
    if request.content_type in _LINES:
        return await _many(request, traceparent)
    return response(
        document(415, "content_type", f"Send Content-Type: {_JSON} for one article, or {_LINES[0]} for one a line.")
    )


async def _one(request: web.Request, traceparent: str) -> web.Response:
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        body = None
    status, answer = await _ingest(request.app[_PUBLISHER], body, traceparent)
    return web.json_response(answer, status=status) if status == 202 else response(answer)


async def _many(request: web.Request, traceparent: str) -> web.Response:
    """An answer line for each line that is not blank, in order; 202 when all were taken, else 207."""
    publisher = request.app[_PUBLISHER]
    answers: list[tuple[int, int, dict[str, Any]]] = []
    waiting: deque[tuple[int, asyncio.Task[tuple[int, dict[str, Any]]]]] = deque()
    away = False
    try:
        async for number, line in _lines(request):
            if away:
                answers.append((number, *_not_tried()))
                continue
            waiting.append((number, asyncio.create_task(_ingest(publisher, line, tracing.child(traceparent)))))
            if len(waiting) >= _IN_FLIGHT:
                first, task = waiting.popleft()
                answers.append((first, *await task))
                away = answers[-1][1] == 503
        answers += [(number, *await task) for number, task in waiting]
    finally:
        for _, task in waiting:
            task.cancel()
    answers.sort(key=lambda answer: answer[0])
    text = "".join(
        json.dumps({"line": number, "status": status} | answer, ensure_ascii=False) + "\n"
        for number, status, answer in answers
    )
    status = 202 if all(status == 202 for _, status, _ in answers) else 207
    return web.Response(text=text, status=status, content_type=_LINES[0])


def _not_tried() -> tuple[int, dict[str, Any]]:
    answer = problem(Rejected("the brokers did not take an earlier line: send this one again"))
    return answer["status"], answer


async def _lines(request: web.Request) -> AsyncIterator[tuple[int, bytes | None]]:
    """Lines that are not blank, numbered from 1; None for one that is too long. Raises Invalid for too long a body."""
    number, size, rest, skipping = 0, 0, b"", False
    async for chunk in request.content.iter_any():
        size += len(chunk)
        if size > MAX_BODY:
            raise Invalid("too_large", f"The lines are more than {MAX_BODY:,} bytes: send them in several requests.")
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            number += 1
            if skipping or len(line) > MAX_BYTES:
                yield number, None
            elif line.strip():
                yield number, line
            skipping = False
        if len(rest) > MAX_BYTES:
            rest, skipping = b"", True
    if skipping or rest.strip():
        yield number + 1, None if skipping else rest


async def _ingest(publisher: Publisher, body: bytes | None, traceparent: str) -> tuple[int, dict[str, Any]]:
    """Status and answer for one article; `body` is None for one that is too long."""
    try:
        if body is None:
            raise Invalid("too_large", f"The article is longer than {MAX_BYTES:,} bytes: shorten its text.")
        article, unknown = read_article(body, None, dt.datetime.now(dt.UTC))
        receipt = await publisher.publish(article, source_type="http", traceparent=traceparent)
    except (Invalid, Rejected) as error:
        refused("http", error, "request", traceparent)
        answer = problem(error)
        return answer["status"], answer
    accepted("http", receipt, unknown, "request", traceparent)
    answer = dict(vars(receipt))
    if unknown:
        answer["unknown_fields"] = unknown
    return 202, answer
