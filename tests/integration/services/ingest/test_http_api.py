import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable

import aiohttp
import pytest

from schemas import Article
from schemas.ids import article_id
from services.common import tracing
from services.common.cloudevents import read_headers
from services.common.health import serve_app
from services.common.kafka import consumer, producer
from services.common.metrics import REGISTRY
from services.common.settings import Settings
from services.ingest.http_api import make_app
from services.ingest.publisher import Publisher, Receipt

PROBLEM = "application/problem+json"


@pytest.fixture
async def http(settings: Settings, articles: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with (
        producer(settings, client_id="test") as sender,
        serve_app(make_app(Publisher(sender, topic=articles), lambda: {"broker": True}), 0, "127.0.0.1") as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
    ):
        yield session


def counted(outcome: str) -> float:
    labels = {"source_type": "http", "outcome": outcome}
    return REGISTRY.get_sample_value("tocsin_articles_ingested_total", labels) or 0.0


async def test_one_article_is_taken_and_the_answer_says_where_it_is(
    http: aiohttp.ClientSession, settings: Settings, articles: str
) -> None:
    trace = tracing.new()
    before = counted("accepted")
    body = {"text": "Shells hit Kherson.", "version": 2, "body": 1}
    async with http.post("/v1/articles", json=body, headers={"traceparent": trace}) as answer:
        assert answer.status == 202
        told = await answer.json()
    assert told.pop("partition") in range(6)
    made = article_id(None, None, "Shells hit Kherson.")
    assert told == {"id": made, "version": 2, "topic": articles, "offset": 0, "unknown_fields": ["body"]}
    assert counted("accepted") == before + 1
    async with consumer(settings, articles, group=None) as reader:
        record = await reader.getone()
    assert Article.model_validate_json(record.value).id == record.key.decode() == made
    assert tracing.trace_id(read_headers(record.headers).traceparent) == tracing.trace_id(trace)


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"nope", 400, "not_json"),
        (b'{"text": "\\ud800"}', 400, "lone_surrogate"),
        (b"", 400, "not_json"),
        (b"[]", 422, "not_object"),
        (b"{}", 422, "blank_text"),
        (b'{"text": "a", "published_at": "9999-01-01"}', 422, "published_in_future"),
        (b'{"text": "' + b"x" * 200_001 + b'"}', 422, "text_too_long"),
        (b'{"text": "' + b"x" * 1_000_001 + b'"}', 413, "too_large"),
    ],
)
async def test_a_refusal_is_a_problem_document(
    http: aiohttp.ClientSession, body: bytes, status: int, reason: str
) -> None:
    before = counted("invalid")
    async with http.post("/v1/articles", data=body, headers={"Content-Type": "application/json"}) as answer:
        assert (answer.status, answer.content_type) == (status, PROBLEM)
        told = await answer.json(content_type=PROBLEM)
    assert (told["status"], told["reason"], told["type"]) == (status, reason, f"urn:tocsin:problem:{reason}")
    assert told["title"]
    assert told["detail"].endswith(".")
    assert counted("invalid") == before + 1


async def test_a_compressed_body_counts_by_what_it_holds(http: aiohttp.ClientSession) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    for size, status in ((100, 202), (30_000_000, 413)):
        body = gzip.compress(b'{"text": "' + b"x" * size + b'"}')
        async with http.post("/v1/articles", data=body, headers=headers) as answer:
            assert answer.status == status
    async with http.post("/v1/articles", data=b"no gzip", headers=headers) as answer:
        assert (answer.status, answer.content_type) == (400, PROBLEM)


async def test_lines_are_answered_one_by_one_in_order(http: aiohttp.ClientSession) -> None:
    lines = [json.dumps({"id": f"a{number}", "text": "x"}).encode() for number in range(40)]
    lines[7] = b"nope"
    lines[8] = b""
    lines[9] = b'{"text": "' + b"x" * 1_000_001 + b'"}'
    headers = {"Content-Type": "application/x-ndjson"}
    async with http.post("/v1/articles", data=b"\r\n".join(lines), headers=headers) as answer:
        assert answer.status == 207
        told = [json.loads(line) for line in (await answer.text()).splitlines()]
    assert [line["line"] for line in told] == [number for number in range(1, 41) if number != 9]
    assert {line["line"]: line["reason"] for line in told if line["status"] != 202} == {8: "not_json", 10: "too_large"}
    assert [line["id"] for line in told if line["status"] == 202][:8] == [f"a{n}" for n in (0, 1, 2, 3, 4, 5, 6, 10)]
    async with http.post("/v1/articles", data=lines[0], headers=headers) as answer:
        assert answer.status == 202


async def test_a_body_of_lines_beyond_the_limit_ends_there(
    http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.ingest.http_api.MAX_BODY", 1000)
    headers = {"Content-Type": "application/x-ndjson"}
    body = b'{"id": "a", "text": "x"}\n' * 1000
    async with http.post("/v1/articles", data=body, headers=headers) as answer:
        assert answer.status == 207
        told = [json.loads(line) for line in (await answer.text()).splitlines()]
    assert [line["status"] for line in told[:-1]] == [202] * (len(told) - 1)
    assert told[-1]["status"] == 413


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
async def test_types_that_a_browser_sends_unasked_are_not_taken(http: aiohttp.ClientSession, content_type: str) -> None:
    async with http.post("/v1/articles", data=b'{"text": "x"}', headers={"Content-Type": content_type}) as answer:
        assert (answer.status, answer.content_type) == (415, PROBLEM)
        assert "application/json" in (await answer.json(content_type=PROBLEM))["detail"]


async def test_other_pages_and_methods_are_problems_too(http: aiohttp.ClientSession) -> None:
    async with http.get("/v1/articles") as answer:
        assert (answer.status, answer.content_type, answer.headers["Allow"]) == (405, PROBLEM, "POST")
    async with http.get("/absent") as answer:
        assert (answer.status, answer.content_type) == (404, PROBLEM)


async def test_health_stands_beside_the_api(http: aiohttp.ClientSession) -> None:
    async with http.get("/readyz") as answer:
        assert (answer.status, await answer.json()) == (200, {"ready": True, "broker": True})
    async with http.get("/metrics") as answer:
        assert "tocsin_articles_ingested_total" in await answer.text()


async def test_a_request_in_flight_is_finished_before_the_server_stops(settings: Settings, articles: str) -> None:
    held = asyncio.Event()

    class Slow(Publisher):
        async def send(self, article: Article, *, source_type: str, traceparent: str) -> Awaitable[Receipt]:
            held.set()
            return await super().send(article, source_type=source_type, traceparent=traceparent)

    async with producer(settings, client_id="test", linger_ms=300) as sender, aiohttp.ClientSession() as session:
        async with serve_app(make_app(Slow(sender, topic=articles), dict), 0, "127.0.0.1") as port:
            url = f"http://127.0.0.1:{port}/v1/articles"
            post = asyncio.create_task(session.post(url, json={"id": "a", "text": "x"}))
            await held.wait()
        async with await post as answer:
            assert answer.status == 202
