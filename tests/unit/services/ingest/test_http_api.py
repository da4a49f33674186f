import json
from typing import Any

import aiohttp
import pytest

from services.common.errors import Invalid, Rejected
from services.common.health import serve_app
from services.ingest.http_api import make_app
from services.ingest.publisher import Full

ERRORS: dict[str, Invalid | Rejected] = {
    "away": Rejected("no broker answers", retry_after=2.5),
    "full": Full("too many wait", retry_after=1),
    "long": Invalid("too_large", "Shorten it."),
}


async def post(publisher: Any, body: bytes, content_type: str) -> tuple[int, str | None, str]:
    app = make_app(publisher, dict)
    async with serve_app(app, 0, "127.0.0.1") as port, aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{port}/v1/articles"
        async with session.post(url, data=body, headers={"Content-Type": content_type}) as answer:
            return answer.status, answer.headers.get("Retry-After"), await answer.text()


@pytest.mark.parametrize(
    ("text", "status", "retry", "reason"),
    [("away", 503, "3", "unavailable"), ("full", 429, "1", "full"), ("long", 413, None, "too_large")],
)
async def test_what_cannot_be_taken_tells_when_to_try_again(
    fake_publisher: Any, text: str, status: int, retry: str | None, reason: str
) -> None:
    sent = json.dumps({"text": text}).encode()
    got, after, body = await post(fake_publisher(ERRORS), sent, "application/json; charset=utf-8")
    assert (got, after) == (status, retry)
    assert json.loads(body)["reason"] == reason


async def test_after_a_line_that_the_brokers_did_not_take_none_is_tried(fake_publisher: Any) -> None:
    texts = ["a", "full", "b", "away", *(f"c{number}" for number in range(40))]
    body = "\n".join(json.dumps({"text": text}) for text in texts).encode()
    publisher = fake_publisher(ERRORS)
    status, _, answer = await post(publisher, body, "application/x-ndjson")
    told: list[dict[str, Any]] = [json.loads(line) for line in answer.splitlines()]
    assert status == 207
    assert [line["status"] for line in told[:4]] == [202, 429, 202, 503]
    assert len(told) == 44
    assert {line["status"] for line in told[-20:]} == {503}
    assert len(publisher.taken) == sum(line["status"] == 202 for line in told) < 25


async def test_an_empty_body_of_lines_is_no_error(fake_publisher: Any) -> None:
    status, _, answer = await post(fake_publisher(), b"\n\n", "application/x-ndjson")
    assert (status, answer) == (202, "")
