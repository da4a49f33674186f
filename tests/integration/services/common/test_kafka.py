import datetime as dt
import uuid

import pytest

from services.common import tracing
from services.common.cloudevents import ARTICLE_TYPE, read_headers, record_headers
from services.common.dlq import dead_letter
from services.common.errors import Invalid
from services.common.kafka import consumer, producer
from services.common.settings import Settings, load_settings
from services.common.topics import Topic, apply, topics
from services.common.watch import watch_brokers


@pytest.fixture
def settings(bootstrap: str) -> Settings:
    return load_settings(bootstrap=bootstrap)


async def fresh(settings: Settings, like: str) -> str:
    (topic,) = (topic for topic in topics() if topic.name == like)
    own: Topic = topic.model_copy(update={"name": f"{uuid.uuid4().hex[:12]}.{like}"})
    await apply(settings, [own])
    return own.name


async def test_a_record_with_its_headers_goes_through_the_broker(settings: Settings) -> None:
    topic = await fresh(settings, "articles")
    now = dt.datetime.now(dt.UTC)
    trace = tracing.new()
    headers = record_headers(type=ARTICLE_TYPE, id="1", source="/test", time=now, subject="é", traceparent=trace)
    async with producer(settings, client_id="test") as sender:
        await sender.send_and_wait(topic, b"value", key=b"key", headers=headers)
    async with consumer(settings, topic, group=None) as reader:
        record = await reader.getone()
    assert (record.key, record.value) == (b"key", b"value")
    envelope = read_headers(record.headers)
    assert (envelope.time, envelope.subject, envelope.traceparent) == (now, "é", trace)


async def test_leaving_the_producer_sends_what_it_holds(settings: Settings) -> None:
    topic = await fresh(settings, "articles")
    async with producer(settings, client_id="test", linger_ms=1_000) as sender:
        held = await sender.send(topic, b"value", key=b"key")
    assert (await held).offset == 0


async def test_offsets_are_committed_by_hand_only(settings: Settings) -> None:
    topic, group = await fresh(settings, "articles.dlq"), uuid.uuid4().hex
    async with producer(settings, client_id="test") as sender:
        await sender.send_and_wait(topic, b"1", key=b"k")
        await sender.send_and_wait(topic, b"2", key=b"k")
    async with consumer(settings, topic, group=group) as reader:
        assert (await reader.getone()).value == b"1"
    async with consumer(settings, topic, group=group) as reader:
        assert (await reader.getone()).value == b"1"
        await reader.commit()
    async with consumer(settings, topic, group=group) as reader:
        assert (await reader.getone()).value == b"2"


async def test_the_longest_dead_letter_fits_its_topic(settings: Settings) -> None:
    topic = await fresh(settings, "articles.dlq")
    noise = uuid.uuid4().bytes * 200_000  # gzip may not be what makes it fit
    letter = dead_letter(
        topic=topic.removesuffix(".dlq"),
        partition=0,
        offset=0,
        key=b"k" * 200_000,
        value=noise,
        headers=[(f"h{number}", b"x" * 5_000) for number in range(500)],
        invalid=Invalid("not_json", "é" * 10_000),
        service="test",
    )
    assert letter.topic == topic
    async with producer(settings, client_id="test", compression_type=None) as sender:
        await sender.send_and_wait(letter.topic, letter.value, key=letter.key, headers=letter.headers)
    async with consumer(settings, topic, group=None) as reader:
        assert (await reader.getone()).value == letter.value


async def test_a_reached_broker_counts_as_reached(settings: Settings) -> None:
    async with producer(settings, client_id="test") as sender, watch_brokers(sender) as reached:
        assert reached()
