"""What the client makes of an endpoint that answers well, badly, late or not at all."""

import datetime as dt
import email.utils
import json
from pathlib import Path
from typing import Any

import pytest

from services.extractor.model_coder import transport
from services.extractor.model_coder.answer import json_schema
from services.extractor.model_coder.client import Client, NoAnswerError, Timing
from services.extractor.model_coder.settings import ModelSettings
from tests.unit.services.extractor.model_coder.stub import Bid, Stub, Time, answer, completion

ASKED = [{"role": "system", "content": "Read."}, {"role": "user", "content": '0: "Calm."'}]


def client(stub: Stub, tmp_path: Path, time: Time | None = None, **given: Any) -> Client:
    time = time or Time()
    settings = ModelSettings(**{"base_url": stub.url, "model": "m-1", "timeout": 5.0, **given})
    return Client(settings, tmp_path, Timing(time.clock, time.clock, time.sleep, lambda: 1.0))


def reason(one: Client) -> str:
    with pytest.raises(NoAnswerError) as none:
        one.ask(ASKED)
    return none.value.reason


def test_what_is_asked(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [answer()]
    assert client(stub, tmp_path, api_key="s3cret").ask(ASKED).events == []
    assert stub.paths == ["/v1/chat/completions"]
    assert stub.headers[0]["authorization"] == "Bearer s3cret"
    asked = stub.asked[0]
    assert (asked["model"], asked["temperature"], asked["seed"], asked["max_tokens"]) == ("m-1", 0, 0, 4000)
    assert asked["messages"] == ASKED
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert asked["response_format"]["json_schema"]["schema"] == json_schema()


def test_fields_that_a_model_refuses_can_be_left_out(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [answer()]
    client(stub, tmp_path, extra={"temperature": None, "max_tokens": None, "max_completion_tokens": 9}).ask(ASKED)
    assert {"temperature", "max_tokens"}.isdisjoint(stub.asked[0])
    assert stub.asked[0]["max_completion_tokens"] == 9
    assert "authorization" not in stub.headers[0]


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_what_may_pass_is_tried_again_after_a_growing_while(stub: Stub, tmp_path: Path, status: int) -> None:
    stub.bids = [Bid(status), Bid(status), answer()]
    time = Time()
    client(stub, tmp_path, time).ask(ASKED)
    assert time.slept == [0.5, 1.0]


@pytest.mark.parametrize(("status", "said"), [(400, "refused"), (401, "refused"), (403, "refused"), (302, "refused")])
def test_what_will_not_pass_is_not_tried_again(stub: Stub, tmp_path: Path, status: int, said: str) -> None:
    stub.bids = [Bid(status, headers={"Location": f"{stub.url}/elsewhere"})]
    assert reason(client(stub, tmp_path, api_key="s3cret")) == said
    assert stub.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize(("status", "said"), [(429, "busy"), (500, "server_error")])
def test_tries_come_to_an_end(stub: Stub, tmp_path: Path, status: int, said: str) -> None:
    stub.bids = [Bid(status)]
    assert reason(client(stub, tmp_path, retries=3)) == said
    assert len(stub.asked) == 4


def test_retry_after_in_seconds_is_honoured(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [Bid(429, headers={"Retry-After": "7"}), answer()]
    time = Time()
    client(stub, tmp_path, time).ask(ASKED)
    assert time.slept == [7.0]


def test_retry_after_as_a_date_is_honoured(stub: Stub, tmp_path: Path) -> None:
    when = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=3000)
    stub.bids = [Bid(503, headers={"Retry-After": email.utils.format_datetime(when, usegmt=True)}), answer()]
    time = Time()
    client(stub, tmp_path, time, deadline=4000).ask(ASKED)
    assert len(time.slept) == 1
    assert 2000 < time.slept[0] <= 3000


@pytest.mark.parametrize("said", ["soon", "-1", "1e9", ""])
def test_a_senseless_retry_after_is_passed_over(stub: Stub, tmp_path: Path, said: str) -> None:
    stub.bids = [Bid(429, headers={"Retry-After": said}), answer()]
    time = Time()
    client(stub, tmp_path, time).ask(ASKED)
    assert time.slept == [0.5]


@pytest.mark.parametrize("said", ["46", "999999999999999"])
def test_nobody_waits_beyond_the_deadline(stub: Stub, tmp_path: Path, said: str) -> None:
    stub.bids = [Bid(429, headers={"Retry-After": said})]
    time = Time()
    assert reason(client(stub, tmp_path, time)) == "busy"
    assert time.slept == []


@pytest.mark.parametrize("bid", [Bid(hang=True), Bid(body=b"{", trickle=True)])
def test_an_answer_that_does_not_come_or_end_in_time(stub: Stub, tmp_path: Path, bid: Bid) -> None:
    stub.bids = [bid, answer()]
    assert client(stub, tmp_path, timeout=0.3).ask(ASKED).events == []
    stub.bids = [bid]
    assert reason(client(stub, tmp_path, timeout=0.3, retries=0)) == "timeout"


def test_nobody_listens(stub: Stub, tmp_path: Path) -> None:
    gone = client(stub, tmp_path, base_url="http://127.0.0.1:1/v1")
    assert reason(gone) == "unreachable"


@pytest.mark.parametrize(
    ("bid", "said"),
    [
        (Bid(body=b""), "invalid"),
        (Bid(body=b"<html>busy</html>"), "invalid"),
        (Bid(body=b'{"choices": []}'), "invalid"),
        (completion("Here are the events: {"), "invalid"),
        (completion("[" * 100_000), "invalid"),
        (completion('{"events": {}}'), "invalid"),
        (completion('{"events": [{"trigger": "blast"}]}'), "invalid"),
        (completion('{"nothing": []}'), "invalid"),
        (completion(""), "invalid"),
        (completion(None), "declined"),
        (completion(None, refusal="I would rather not"), "declined"),
        (completion('{"events": []}', finish="content_filter"), "declined"),
        (completion('{"events": [', finish="length"), "cut_off"),
        (Bid(body=b" " * (transport.MAX_BYTES + 1)), "too_large"),
    ],
)
def test_answers_of_no_use_are_not_asked_for_again(stub: Stub, tmp_path: Path, bid: Bid, said: str) -> None:
    stub.bids = [bid]
    assert reason(client(stub, tmp_path)) == said
    assert len(stub.asked) == 1


def test_an_endpoint_that_keeps_failing_is_left_alone_for_a_while(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [Bid(500)]
    time = Time()
    one = client(stub, tmp_path, time, retries=0, failures=2, pause=60)
    assert [reason(one) for _ in range(4)] == ["server_error", "server_error", "paused", "paused"]
    assert len(stub.asked) == 2
    time.now += 60
    stub.bids = [answer()]
    assert one.ask(ASKED).events == []


def test_one_success_forgives_failures(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [Bid(500), answer(), Bid(500), answer()]
    one = client(stub, tmp_path, retries=0, failures=2)
    assert reason(one) == "server_error"
    one.ask(ASKED)
    assert reason(one) == "server_error"
    assert one.ask(ASKED).events == []


def test_a_day_that_is_spent_asks_nothing_more(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [answer(total_tokens=9_000)]
    one = client(stub, tmp_path, tokens_per_day=12_000)
    one.ask(ASKED)
    assert [reason(one) for _ in range(5)] == ["budget"] * 5  # and the endpoint is not at fault: no pause
    assert len(stub.asked) == 1
    assert (tmp_path / "model-budget.sqlite").exists()


def test_tokens_really_used_are_counted_not_those_reserved(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [answer(total_tokens=10)]
    one = client(stub, tmp_path, tokens_per_day=12_000)
    for _ in range(5):
        one.ask(ASKED)
    assert len(stub.asked) == 5


def test_an_endpoint_that_does_not_count_is_counted_for(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [answer(total_tokens=None)]
    one = client(stub, tmp_path, tokens_per_day=7_000)
    one.ask(ASKED)
    assert reason(one) == "budget"


def test_an_article_waits_for_its_turn(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [answer()]
    time = Time()
    one = client(stub, tmp_path, time, requests_per_minute=2)
    one.ask(ASKED)
    time.now += 25
    one.ask(ASKED)
    one.ask(ASKED)
    assert time.slept == [35.0]
    assert len(stub.asked) == 3


def test_retries_are_counted_as_requests(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [Bid(500), answer()]
    assert reason(client(stub, tmp_path, requests_per_minute=1)) == "budget"
    assert len(stub.asked) == 1


def test_a_turn_that_comes_too_late_is_given_up(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [answer()]
    time = Time()
    one = client(stub, tmp_path, time, requests_per_minute=1)
    one.ask(ASKED)
    assert reason(one) == "budget"
    assert time.slept == []


def test_a_budget_that_cannot_be_counted_asks_nothing(stub: Stub, tmp_path: Path) -> None:
    stub.bids = [answer()]
    one = client(stub, tmp_path, tokens_per_day=100_000, budget_file=tmp_path)
    assert reason(one) == "budget"
    assert stub.asked == []


def test_no_failure_tells_the_key_or_what_the_endpoint_said(stub: Stub, tmp_path: Path) -> None:
    for bid in (Bid(401, body=b"bad key s3cret"), completion("s3cret"), Bid(500, body=b"s3cret")):
        stub.bids = [bid]
        with pytest.raises(NoAnswerError) as none:
            client(stub, tmp_path, api_key="s3cret").ask(ASKED)
        assert "s3cret" not in str(none.value)


def test_the_schema_is_one_that_strict_mode_takes() -> None:
    def objects(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [found for item in node for found in objects(item)]
        if not isinstance(node, dict):
            return []
        own = [node] if node.get("type") == "object" else []
        return own + [found for value in node.values() for found in objects(value)]

    found = objects(json_schema())
    assert len(found) == 5
    for one in found:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
    told = json.dumps(json_schema())
    for keyword in ("default", "pattern", "minimum", "minItems", "format"):
        assert f'"{keyword}":' not in told
