"""Each limit at its edge: exactly so much goes through, one more does not; and deploy/limits.md says so much."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from schemas import Article, ArticleEvents, Place
from schemas.article import MAX_BYTES, MAX_ID, MAX_TEXT
from schemas.article_events import MAX_EVENTS, MAX_FINGERPRINT, MAX_KEYWORDS
from services.common import cloudevents, dlq, health
from services.common.article_input import read_article
from services.common.errors import Invalid
from services.common.health import serve_app
from services.common.settings import Settings
from services.extractor import processing
from services.extractor.worker import Coded
from services.ingest import http_api, keys, publisher
from services.ingest.http_api import make_app
from services.sink import alerts, bounds
from services.sink.merging import cells
from services.sink.page import app as page
from services.sink.process import Record, apply, read_message
from services.sink.store import reports
from services.sink.store.engine import open_store
from tests.messages import SENT, event, killed, message

NOW = dt.datetime(2024, 1, 18, tzinfo=dt.UTC)
LINES = "application/x-ndjson"


def article(**fields: Any) -> Article:
    return read_article(json.dumps({"text": "a"} | fields).encode(), None, NOW)[0]


@pytest.mark.parametrize(
    ("most", "make", "reason"),
    [
        (MAX_TEXT, lambda n: {"text": "x" * n}, "text_too_long"),
        (MAX_ID, lambda n: {"id": "x" * n}, "schema"),
        (2000, lambda n: {"title": "x" * n}, "schema"),
        (300, lambda n: {"source": {"name": "x" * n}}, "schema"),
        (2048, lambda n: {"source": {"url": "x" * n}}, "schema"),
        (50, lambda n: {"tags": ["x"] * n}, "schema"),
        (100, lambda n: {"tags": ["x" * n]}, "schema"),
        (35, lambda n: {"language": "x" * n}, "schema"),
        (2**31 - 1, lambda n: {"version": n}, "schema"),
    ],
)
def test_an_articles_fields(most: int, make: Any, reason: str) -> None:
    article(**make(most))
    with pytest.raises(Invalid) as refused:
        article(**make(most + 1))
    assert refused.value.reason == reason


def test_an_articles_bytes() -> None:
    whole = b'{"text": "a"}'
    read_article(whole + b" " * (MAX_BYTES - len(whole)), None, NOW)
    with pytest.raises(Invalid, match="too_large"):
        read_article(whole + b" " * (MAX_BYTES + 1 - len(whole)), None, NOW)


@pytest.mark.parametrize(("opening", "closing", "most"), [(b"[", b"]", 200), (b'{"a":', b"}", 199)])
def test_how_deep_json_goes(opening: bytes, closing: bytes, most: int) -> None:
    def nested(depth: int) -> bytes:
        return b'{"text": "a", "x": ' + opening * depth + b"1" * (opening != b"[") + closing * depth + b"}"

    read_article(nested(most), None, NOW)
    with pytest.raises(Invalid, match="not_json"):
        read_article(nested(most + 1), None, NOW)


def events_message(**changes: Any) -> ArticleEvents:
    return read_message(message(**changes).to_bytes())


@pytest.mark.parametrize(
    ("most", "make"),
    [
        (MAX_EVENTS, lambda n: {"events": [event("a1", start=8 + k) for k in range(n)]}),
        (MAX_FINGERPRINT, lambda n: {"fingerprint": [1] * n}),
        (MAX_KEYWORDS, lambda n: {"keywords": ["x"] * n}),
        (bounds.MAX_NUMBER, lambda n: {"version": n}),
        (bounds.MAX_NUMBER, lambda n: {"events": [event("a1", casualties=killed(n))]}),
        (bounds.MAX_NUMBER, lambda n: {"events": [event("a1", place=place(n))]}),
    ],
)
def test_a_message_of_events(most: int, make: Any) -> None:
    events_message(**make(most))
    with pytest.raises(Invalid, match="at most"):
        events_message(**make(most + 1))


def place(geonames_id: int) -> Place:
    return Place(name="Ost", mention="Ost", precision=3, geonames_id=geonames_id)


@pytest.mark.parametrize("field", ["events", "sentences", "fingerprint", "keywords"])
def test_of_a_million_wrong_items_one_is_told(field: str) -> None:
    head = b'{"article_id": "a", "article_time": "2024-01-01T00:00:00Z", "coder": {"name": "r", "version": "1"}, '
    with pytest.raises(Invalid) as refused:
        read_message(head + f'"{field}": ['.encode() + b"[]," * 300_000 + b"[]]}")
    assert "more" not in refused.value.detail


def test_what_the_extractor_writes() -> None:
    def fits(events: int, size: int) -> bool:
        try:
            return bool(processing._fitting(Coded(b"x" * size, "en", [("none", "actual")] * events, {})))
        except Invalid:
            return False

    assert fits(MAX_EVENTS, processing.MAX_OUTPUT)
    assert not fits(MAX_EVENTS + 1, 1)
    assert not fits(1, processing.MAX_OUTPUT + 1)


def test_a_records_headers() -> None:
    def subject(before: int, size: int) -> str | None:
        headers = [("x", b"1")] * before + [("ce_subject", b"s" * size)]
        return cloudevents.read_headers(headers).subject

    assert subject(cloudevents.MAX_HEADERS - 1, cloudevents.MAX_VALUE)
    assert not subject(cloudevents.MAX_HEADERS, 1)
    assert not subject(0, cloudevents.MAX_VALUE + 1)


def test_a_report_is_compared_with_so_many_of_a_cell(store_settings: Settings) -> None:
    word = {"keywords": ["Ost"]}
    with open_store(store_settings, lambda _: None) as engine:
        for count in (reports.MOST_IN_CELL, 1):
            with Session(engine) as session, session.begin():
                before = 0 if count > 1 else reports.MOST_IN_CELL
                apply(
                    session,
                    [Record("c", "t", 0, before + n, message(f"a{before + n}", **word)) for n in range(count)],
                    SENT,
                )
                cell = cells._number("ost")
                found = reports.in_cells(session, {cell: (0, 2**31 - 1)})
                assert len(found[cell]) == reports.MOST_IN_CELL


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


@pytest.mark.parametrize(
    "number",
    [
        MAX_BYTES,
        MAX_TEXT,
        MAX_ID,
        MAX_EVENTS,
        MAX_FINGERPRINT,
        MAX_KEYWORDS,
        bounds.MAX_NUMBER,
        processing.MAX_OUTPUT,
        cloudevents.MAX_HEADERS,
        cloudevents.MAX_VALUE,
        dlq.MAX_LETTER,
        alerts.MAX_ALERT,
        reports.MOST_IN_CELL,
        cells.MOST + 1,
        http_api.MAX_LINES,
        http_api.MAX_BODY,
        http_api.MAX_UNKNOWN,
        round(http_api.BODY_PATIENCE),
        health.MAX_HEADERS,
        health.MAX_HEADER,
        health.MAX_CONNECTIONS,
        round(health.IDLE),
        publisher.MAX_HELD,
        keys.MAX_KEYS,
        page.MAX_LIMIT,
    ],
)
def test_the_table_says_it(number: int) -> None:
    table = (Path(__file__).parents[2] / "deploy" / "limits.md").read_text("utf-8")
    assert f"{number:,}" in table
