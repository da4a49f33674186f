import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from services.common.errors import Invalid, Rejected
from services.common.health import serve_app
from services.common.metrics import REGISTRY
from services.ingest.guard import Guard
from services.ingest.http_api import make_app
from services.ingest.keys import Keyring, hashed
from services.ingest.publisher import Full

ERRORS: dict[str, Invalid | Rejected] = {
    "away": Rejected("no broker answers", retry_after=2.5),
    "full": Full("too many wait", retry_after=1),
    "long": Invalid("too_large", "Shorten it."),
}


async def post(
    publisher: Any, body: bytes, content_type: str, guard: Guard | None = None, **more: str
) -> tuple[int, str | None, str]:
    app = make_app(publisher, dict, guard)
    async with serve_app(app, 0, "127.0.0.1") as port, aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{port}/v1/articles"
        async with session.post(url, data=body, headers={"Content-Type": content_type} | more) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert (answer.headers.get("WWW-Authenticate") is None) == (answer.status != 401)
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


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    """Lets in the holder of `tcs_k`, 30 articles at once, the clock standing still."""
    (tmp_path / "keys").write_text(f"k {hashed('tcs_k')} 3\n")
    return Guard(Keyring(tmp_path / "keys"), clock=lambda: 0.0)


def turned_away(reason: str) -> float:
    return REGISTRY.get_sample_value("tocsin_http_requests_refused_total", {"reason": reason}) or 0.0


async def test_without_a_key_nothing_is_read(fake_publisher: Any, guard: Guard, caplog: Any) -> None:
    publisher = fake_publisher()
    for reason, more in (("no_key", {}), ("unknown_key", {"Authorization": "Bearer tcs_wrong"})):
        before = turned_away(reason)
        for content_type in ("application/json", "application/x-ndjson", "text/plain"):
            status, _, body = await post(publisher, b'{"text": "a"}', content_type, guard, **more)
            assert (status, json.loads(body)["reason"]) == (401, reason)
        assert turned_away(reason) == before + 3
    assert publisher.taken == []
    assert "tcs_wrong" not in caplog.text


async def test_a_key_that_sends_too_fast_is_told_when_to_send_again(fake_publisher: Any, guard: Guard) -> None:
    publisher, key = fake_publisher(), {"Authorization": "Bearer tcs_k"}
    lines = b'{"text": "a"}\n' * 32
    status, _, answer = await post(publisher, lines, "application/x-ndjson", guard, **key)
    told = [json.loads(line) for line in answer.splitlines()]
    assert status == 207
    assert [line["status"] for line in told] == [202] * 30 + [429] * 2
    assert (told[-1]["reason"], told[-1]["retry_after"]) == ("rate", 1)
    status, retry, body = await post(publisher, b'{"text": "a"}', "application/json", guard, **key)
    assert (status, retry, json.loads(body)["reason"]) == (429, "1", "rate")
    assert len(publisher.taken) == 30


async def test_without_keys_a_name_that_is_not_this_machines_is_refused(fake_publisher: Any) -> None:
    status, _, body = await post(fake_publisher(), b'{"text": "a"}', "application/json", Host="evil.example")
    assert (status, json.loads(body)["reason"]) == (421, "host")
