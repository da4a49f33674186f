"""One record in, one record out: the same for the same, and a dead letter for whatever cannot be read."""

import asyncio
import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Article, ArticleEvents, Coder
from schemas.ids import record_id
from services.common.errors import Fatal, Invalid
from services.extractor.processing import MAX_OUTPUT, Outcome, Record, process
from services.extractor.worker import Coded

CODER = Coder(name="stub", version="2.0")
NOON = dt.datetime(2024, 1, 18, 12, tzinfo=dt.UTC)
RECORD = Record("articles", 1, 7, b"key-1", b'{"text": "Calm."}', [], NOON.timestamp())


async def code(article: Article, article_time: dt.datetime) -> Coded:
    events = ArticleEvents(article_id=str(article.id), version=article.version, article_time=article_time, coder=CODER)
    return Coded(events.to_bytes(), article.language, [], {"total": 0.1})


def run(record: Record = RECORD, **changes: object) -> Outcome:
    return asyncio.run(process(dataclasses.replace(record, **changes), code, CODER, "conflict-events"))


def test_the_key_stands_in_for_the_id_and_the_timestamp_for_the_time() -> None:
    outcome = run()
    assert outcome.label == "empty"
    assert (outcome.letter.topic, outcome.letter.key) == ("conflict-events", b"key-1")
    headers = dict(outcome.letter.headers)
    assert headers["ce_id"].decode() == record_id("key-1", 0, "2.0")
    assert headers["ce_time"] == b"2024-01-18T12:00:00Z"
    assert ArticleEvents.read(outcome.letter.value or b"").article_time == NOON


def test_ce_time_wins_over_the_timestamp() -> None:
    outcome = run(headers=[("ce_time", b"2024-01-17T06:00:00+01:00")])
    assert dict(outcome.letter.headers)["ce_time"] == b"2024-01-17T05:00:00Z"


def test_all_but_the_span_is_a_function_of_the_record() -> None:
    trace = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    first, second = run(headers=[("traceparent", trace)]), run(headers=[("traceparent", trace)])
    assert (first.letter.key, first.letter.value) == (second.letter.key, second.letter.value)
    assert dict(first.letter.headers) | {"traceparent": b""} == dict(second.letter.headers) | {"traceparent": b""}
    assert first.trace_id == second.trace_id == trace[3:35].decode()


def test_a_withdrawn_article_needs_no_coder() -> None:
    outcome = run(value=b'{"id": "a", "version": 2, "withdrawn": true, "title": "T", "source": {"name": "S"}}')
    events = ArticleEvents.read(outcome.letter.value or b"")
    assert (events.withdrawn, events.version, events.title, events.source.name, events.coder) == (
        True, 2, "T", "S", CODER,
    )  # fmt: skip
    assert outcome.label == "withdrawn"


@pytest.mark.parametrize(("language", "label"), [("fr", "set_aside"), ("en-GB", "empty"), ("EN", "empty")])
def test_an_article_in_another_language_is_set_aside(language: str, label: str) -> None:
    assert run(value=json.dumps({"text": "Calm.", "language": language}).encode()).label == label


@pytest.mark.parametrize("timestamp", [1e15, -1e15, 9e18])
def test_a_timestamp_outside_the_calendar_is_refused(timestamp: float) -> None:
    outcome = run(timestamp=timestamp)
    assert outcome.invalid is not None
    assert outcome.invalid.reason == "bad_timestamp"
    assert outcome.letter.topic == "articles.dlq"


def test_what_no_record_can_hold_is_refused() -> None:
    async def verbose(article: Article, article_time: dt.datetime) -> Coded:
        return Coded(b"x" * (MAX_OUTPUT + 1), "en", [("none", "actual")], {})

    outcome = asyncio.run(process(RECORD, verbose, CODER, "conflict-events"))
    assert outcome.invalid is not None
    assert outcome.invalid.reason == "too_many_events"
    assert not outcome.coder_failed()


@pytest.mark.parametrize("error", [Invalid("coder_crashed", "It crashed."), KeyError("a bug of ours")])
def test_a_failure_of_ours_is_a_dead_letter_that_counts_against_the_coder(error: Exception) -> None:
    async def failing(article: Article, article_time: dt.datetime) -> Coded:
        raise error

    outcome = asyncio.run(process(RECORD, failing, CODER, "conflict-events"))
    assert outcome.coder_failed()
    assert (outcome.label, outcome.letter.value, outcome.article_id) == ("invalid", RECORD.value, "key-1")


def test_fatal_goes_through() -> None:
    async def dead(article: Article, article_time: dt.datetime) -> Coded:
        raise Fatal("no worker can be started")

    with pytest.raises(Fatal):
        asyncio.run(process(RECORD, dead, CODER, "conflict-events"))


HEADERS = st.lists(st.tuples(st.sampled_from(["ce_time", "traceparent", "x"]), st.binary(max_size=40)), max_size=4)


@given(st.none() | st.binary(max_size=200), st.none() | st.binary(max_size=20), HEADERS, st.floats(0, 4e9))
def test_whatever_is_read_is_answered(
    value: bytes | None, key: bytes | None, headers: list[tuple[str, bytes]], timestamp: float
) -> None:
    outcome = run(value=value, key=key, headers=headers, timestamp=timestamp)
    assert outcome.letter.topic in ("conflict-events", "articles.dlq")
    assert (outcome.letter.topic == "articles.dlq") == (outcome.invalid is not None)
