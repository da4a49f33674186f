"""The extractor on a real broker: what goes in comes out once, in its form, and bad input goes where it belongs."""

import json
import re

from schemas import ArticleEvents
from schemas.ids import article_id, record_id
from services.common.cloudevents import EVENTS_TYPE
from tests.integration.extractor.harness import Line, Sent, article

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


async def test_an_article_comes_out_as_its_events(line: Line) -> None:
    with line.extractor() as running:
        running.until_ready()
        headers = (("ce_time", b"2024-01-18T09:30:00Z"), ("traceparent", TRACE.encode()))
        sent = json.dumps({"id": "a-1", "version": 3, "text": "Calm.", "title": "Head", "mood": "good"}).encode()
        await line.produce([Sent("other", sent, headers)])
        running.until_decided(1)
        assert running.end() == 0
    (record,) = await line.read(line.events)
    events = ArticleEvents.read(record.value)
    assert record.key == b"a-1"
    assert (events.article_id, events.version, events.title, events.coder.version) == ("a-1", 3, "Head", "1.2")
    assert events.article_time.isoformat() == "2024-01-18T09:30:00+00:00"
    found = dict(record.headers)
    assert found["ce_id"].decode() == record_id("a-1", 3, "1.2")
    assert found["ce_type"].decode() == EVENTS_TYPE
    assert found["ce_subject"] == b"a-1"
    assert found["ce_time"] == b"2024-01-18T09:30:00Z"
    assert found["traceparent"].decode()[:36] == TRACE[:36]
    assert found["traceparent"].decode() != TRACE
    (told,) = running.said("article extracted")
    assert told["trace_id"] == TRACE[3:35]
    assert (told["article_id"], told["outcome"], told["unknown_fields"]) == ("a-1", "empty", "mood")
    assert sum((await line.committed()).values()) == 1


async def test_bare_text_from_any_client_gets_an_id_and_the_record_s_time(line: Line) -> None:
    with line.extractor() as running:
        running.until_ready()
        await line.produce([Sent(None, b'{"text": "Calm."}')])
        running.until_decided(1)
        assert running.end() == 0
    (record,) = await line.read(line.events)
    (given,) = await line.read(line.articles)
    events = ArticleEvents.read(record.value)
    assert events.article_id == article_id(None, None, "Calm.")
    assert round(events.article_time.timestamp() * 1000) == given.timestamp


async def test_a_withdrawn_article_takes_its_events_back(line: Line) -> None:
    with line.extractor() as running:
        running.until_ready()
        await line.produce([Sent(None, b'{"id": "a-1", "version": 4, "withdrawn": true}')])
        running.until_decided(1)
        assert running.end() == 0
    (record,) = await line.read(line.events)
    events = ArticleEvents.read(record.value)
    assert (events.article_id, events.version, events.withdrawn, events.events) == ("a-1", 4, True, [])
    assert running.said("article extracted")[0]["outcome"] == "withdrawn"


async def test_a_replay_writes_the_same_bytes(line: Line) -> None:
    sent = Sent("a-1", b'{"text": "Calm."}', (("ce_time", b"2024-01-18T09:30:00Z"),))
    with line.extractor() as running:
        running.until_ready()
        await line.produce([sent, sent])
        running.until_decided(2)
        assert running.end() == 0
    first, second = await line.read(line.events)
    assert (first.key, first.value) == (second.key, second.value)
    assert dict(first.headers)["ce_id"] == dict(second.headers)["ce_id"]


BAD = {
    "not_json": b"Calm.",
    "not_utf8": b'{"text": "\xff"}',
    "not_object": b"[]",
    "schema": b'{"text": 7}',
    "blank_text": b'{"text": "  "}',
    "text_too_long": json.dumps({"text": "a" * 200_001}).encode(),
    "nul_character": b'{"text": "a\\u0000"}',
    "lone_surrogate": b'{"text": "a\\ud800"}',
    "published_in_future": b'{"text": "Calm.", "published_at": "2999-01-01"}',
    "tombstone": None,
    "too_large": json.dumps({"text": "Calm.", "tags": ["\u00e9" * 200_000]}).encode(),
}


async def test_bad_input_is_dead_lettered_with_its_reason_and_the_next_article_is_processed(line: Line) -> None:
    with line.extractor() as running:
        running.until_ready()
        for number, (reason, value) in enumerate(BAD.items()):
            headers = (("mine", reason.encode()), ("mine", b"twice"))
            await line.produce([Sent(f"bad-{number}", value, headers), article(f"good-{number}")], partition=0)
        running.until_decided(2 * len(BAD))
        assert running.get("/readyz")[0] == 200
        metrics = running.get("/metrics")[1]
        assert running.end() == 0
    good = {record.key.decode() for record in await line.read(line.events)}
    assert good == {f"good-{number}" for number in range(len(BAD))}
    letters = await line.read(f"{line.articles}.dlq")
    assert len(letters) == len(BAD)
    for letter, (number, (reason, value)) in zip(letters, enumerate(BAD.items()), strict=True):
        found = dict(letter.headers)
        assert found["error.type"].decode() == reason
        assert len(found["error.message"]) > 20
        assert found["error.topic"].decode() == line.articles
        assert found["error.offset"].decode() == str(2 * number)
        assert letter.key == f"bad-{number}".encode()
        assert letter.value == value
        assert [content for name, content in letter.headers if name == "mine"] == [reason.encode(), b"twice"]
        assert re.search(rf'tocsin_dead_letters_total{{reason="{reason}",topic="{line.articles}"}} 1\.0', metrics)


async def test_metrics_and_readiness_tell_what_goes_on(line: Line) -> None:
    with line.extractor() as running:
        running.until_ready()
        await line.produce([article("a-1"), article("a-2", "FRENCH mots")])
        running.until_decided(2)

        def metrics() -> str:
            return running.get("/metrics")[1]

        running.until(lambda: f'tocsin_consumer_lag_records{{partition="0",topic="{line.articles}"}} 0.0' in metrics())
        text = metrics()
        assert 'tocsin_articles_extracted_total{outcome="empty"} 1.0' in text
        assert 'tocsin_articles_extracted_total{outcome="set_aside"} 1.0' in text
        assert 'tocsin_extract_duration_seconds_count{stage="parse"} 2.0' in text
        assert 'tocsin_extract_duration_seconds_count{stage="total"} 2.0' in text
        assert 'tocsin_last_success_timestamp_seconds{service="extractor"}' in text
        ready = {"ready": True, "broker": True, "partitions": True, "pool": True, "coder": True}
        assert json.loads(running.get("/readyz")[1]) == ready
        assert running.get("/healthz")[0] == 200
        assert running.end() == 0
