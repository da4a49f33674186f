import datetime as dt
from typing import Any

import pytest

from services.common.cloudevents import ATTEMPTS
from services.common.errors import Invalid
from services.dlq.letters import Letter
from services.dlq.replay import destination, partition_of, replayed_headers


def letter(*headers: tuple[str, bytes], **more: Any) -> Letter:
    whole = {"topic": "articles.dlq", "partition": 0, "offset": 3, "key": b"k", "value": b"v"} | more
    return Letter(time=dt.datetime(2024, 1, 18, tzinfo=dt.UTC), headers=list(headers), **whole)


def test_headers_of_the_refusal_go_and_the_others_stay_in_order() -> None:
    refused = letter(
        ("ce_id", b"1"), ("x", b"\xff"), ("error.type", b"schema"), ("error.topic", b"articles"), ("x", b"2")
    )
    assert replayed_headers(refused) == [("ce_id", b"1"), ("x", b"\xff"), ("x", b"2"), (ATTEMPTS, b"1")]


@pytest.mark.parametrize(("before", "after"), [(b"1", b"2"), (b"41", b"42"), (b"many", b"1"), (b"-3", b"1")])
def test_attempts_are_counted(before: bytes, after: bytes) -> None:
    assert replayed_headers(letter((ATTEMPTS, before))) == [(ATTEMPTS, after)]


@pytest.mark.parametrize("topic", ["articles", "conflict-events"])
def test_a_letter_goes_to_the_topic_it_came_from(topic: str) -> None:
    assert destination(letter(("error.topic", topic.encode()))) == topic


@pytest.mark.parametrize("topic", [b"event-alerts", b"articles.dlq", b"__consumer_offsets", b"\xff", b""])
def test_a_forged_letter_goes_nowhere(topic: bytes) -> None:
    with pytest.raises(Invalid, match="does not name a topic"):
        destination(letter(("error.topic", topic)))


def test_a_letter_that_was_cut_goes_nowhere() -> None:
    with pytest.raises(Invalid, match="value cut"):
        destination(letter(("error.topic", b"articles"), ("error.truncated", b"value")))


@pytest.mark.parametrize(
    ("told", "partition"), [(b"5", 5), (b"6", None), (b"-1", None), (b"", None), (b"\xc2\xb2", None), (b"05", 5)]
)
def test_a_letter_goes_to_its_own_partition_where_there_is_one(told: bytes, partition: int | None) -> None:
    assert partition_of(letter(("error.partition", told)), {0, 1, 2, 3, 4, 5}) == partition
