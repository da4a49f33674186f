import asyncio
from typing import Any

import pytest
from aiokafka.errors import KafkaTimeoutError, MessageSizeTooLargeError, ProducerClosed

from schemas import Article
from services.common import tracing
from services.common.errors import Invalid, Rejected
from services.ingest.publisher import Full, Publisher, Receipt

TRACE = tracing.new()
ARTICLE = Article(id="a", version=1, text="x" * 1000)


async def publish(publisher: Publisher) -> Receipt:
    return await publisher.publish(ARTICLE, source_type="http", traceparent=TRACE)


async def test_the_receipt_is_the_brokers_word(fake_producer: Any) -> None:
    producer = fake_producer()
    assert await publish(Publisher(producer)) == Receipt("a", 1, "articles", 0, 0)
    (sent,) = producer.sent
    assert (sent["key"], sent["value"]) == (b"a", ARTICLE.to_bytes())


async def test_brokers_that_say_nothing_are_waited_for_in_vain_and_the_bytes_stay_counted(fake_producer: Any) -> None:
    producer = fake_producer(silent=True)
    publisher = Publisher(producer, patience=0, max_held=2 * len(ARTICLE.to_bytes()))
    for _ in range(2):
        with pytest.raises(Rejected, match="send it again") as caught:
            await publish(publisher)
        assert not isinstance(caught.value, Full)
        assert caught.value.retry_after > 0
    with pytest.raises(Full):
        await publish(publisher)
    for future in producer.futures:
        future.cancel()
    await asyncio.sleep(0)  # lets the futures tell
    producer.silent = False
    assert await publish(publisher)  # there is room again


@pytest.mark.parametrize("wrong", [KafkaTimeoutError(), ProducerClosed()])
async def test_an_error_of_the_client_is_a_rejection_that_frees_its_bytes(fake_producer: Any, wrong: Exception) -> None:
    publisher = Publisher(fake_producer(refuse=wrong), max_held=2 * len(ARTICLE.to_bytes()))
    for _ in range(5):
        with pytest.raises(Rejected, match=type(wrong).__name__):
            await publish(publisher)
    publisher = Publisher(fake_producer(fail=wrong), max_held=2 * len(ARTICLE.to_bytes()))
    for _ in range(5):
        with pytest.raises(Rejected, match=type(wrong).__name__):
            await publish(publisher)
        await asyncio.sleep(0)  # lets the future tell


async def test_a_topic_with_a_lower_limit_refuses_for_good(fake_producer: Any) -> None:
    with pytest.raises(Invalid) as caught:
        await publish(Publisher(fake_producer(fail=MessageSizeTooLargeError())))
    assert caught.value.reason == "too_large"


async def test_an_article_without_an_id_is_a_mistake_of_ours(fake_producer: Any) -> None:
    with pytest.raises(ValueError, match="id"):
        await Publisher(fake_producer()).publish(Article(text="x"), source_type="http", traceparent=TRACE)
