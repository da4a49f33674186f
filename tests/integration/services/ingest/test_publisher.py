import datetime as dt
import random

import pytest

from schemas import Article
from schemas.ids import record_id
from services.common import tracing
from services.common.cloudevents import ARTICLE_TYPE, read_headers
from services.common.errors import Invalid
from services.common.kafka import consumer, producer
from services.common.settings import Settings
from services.ingest.publisher import Full, Publisher

TRACE = tracing.new()


async def test_an_article_arrives_with_key_and_headers(settings: Settings, articles: str) -> None:
    article = Article(id="é1", version=3, text="Shells hit Kherson.")
    before = dt.datetime.now(dt.UTC)
    async with producer(settings, client_id="test") as sender:
        receipt = await Publisher(sender, topic=articles).publish(article, source_type="http", traceparent=TRACE)
    async with consumer(settings, articles, group=None) as reader:
        record = await reader.getone()
    assert (receipt.id, receipt.version, receipt.topic) == ("é1", 3, articles)
    assert (receipt.partition, receipt.offset) == (record.partition, record.offset)
    assert (record.key, Article.model_validate_json(record.value)) == ("é1".encode(), article)
    envelope = read_headers(record.headers)
    assert (envelope.id, envelope.type, envelope.subject) == (record_id("é1", 3), ARTICLE_TYPE, "é1")
    assert (envelope.source, envelope.traceparent) == ("/tocsin/ingest/http", TRACE)
    assert envelope.time is not None
    assert before <= envelope.time <= dt.datetime.now(dt.UTC)


async def test_articles_stand_in_the_order_in_which_they_were_sent(settings: Settings, articles: str) -> None:
    async with producer(settings, client_id="test") as sender:
        publisher = Publisher(sender, topic=articles)
        answers = [
            await publisher.send(
                Article(id="a", version=version, text="x" * 900), source_type="file", traceparent=TRACE
            )
            for version in range(200)
        ]
        assert [(await answer).offset for answer in answers] == list(range(200))


async def test_what_waits_is_bounded_and_freed_when_it_has_arrived(settings: Settings, articles: str) -> None:
    article = Article(id="a", text="x" * 1000)
    async with producer(settings, client_id="test", linger_ms=200) as sender:
        publisher = Publisher(sender, topic=articles, max_held=2000)
        answer = await publisher.send(article, source_type="http", traceparent=TRACE)
        with pytest.raises(Full):
            await publisher.send(article, source_type="http", traceparent=TRACE)
        await publisher.room()
        await answer
        await publisher.publish(article, source_type="http", traceparent=TRACE)


async def test_the_longest_article_fits_the_topic(settings: Settings, articles: str) -> None:
    rng = random.Random(1)
    text = "".join(chr(rng.randrange(0x10000, 0x2FFFF)) for _ in range(199_900))
    article = Article(id="i" * 256, title="t" * 2000, text=text, tags=["g" * 100] * 50)
    async with producer(settings, client_id="test", compression_type=None) as sender:
        publisher = Publisher(sender, topic=articles)
        await publisher.publish(article, source_type="http", traceparent=TRACE)
        with pytest.raises(Invalid, match="send at most"):
            await publisher.publish(
                article.model_copy(update={"text": "\x01" * 180_000}), source_type="http", traceparent=TRACE
            )
