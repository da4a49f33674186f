import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import MAX_BYTES, MAX_TEXT
from schemas.ids import article_id
from services.common.article_input import REASONS, read_article
from services.common.errors import Invalid

NOW = dt.datetime(2024, 1, 18, 12, tzinfo=dt.UTC)


def read(value: Any, key: bytes | None = None) -> tuple[Any, list[str]]:
    return read_article(value if isinstance(value, bytes) else json.dumps(value).encode(), key, NOW)


def refusal(value: Any) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read(value)
    assert caught.value.reason in REASONS
    return caught.value


def test_bare_text_is_an_article() -> None:
    article, unknown = read({"text": "Shells hit Kherson."})
    assert article.text == "Shells hit Kherson."
    assert article.id == article_id(None, None, "Shells hit Kherson.")
    assert unknown == []


def test_the_id_is_the_own_one_then_the_key_then_of_the_url_then_of_the_text() -> None:
    url = {"text": "x", "source": {"url": "https://news.example/1", "name": "N"}}
    assert read(url | {"id": "own"}, b"key")[0].id == "own"
    assert read(url, b"key")[0].id == "key"
    assert read(url)[0].id == article_id("https://news.example/1", "N", "x")
    assert read({"text": "x", "source": {"name": "N"}})[0].id == article_id(None, "N", "x")


@pytest.mark.parametrize("key", [b"", b"  ", b"\xff\x00", b"k" * 257, b"a\x00b"])
def test_a_key_that_cannot_be_an_id_counts_as_none(key: bytes) -> None:
    assert read({"text": "x"}, key)[0].id == article_id(None, None, "x")


def test_unknown_fields_are_dropped_and_named() -> None:
    article, unknown = read({"text": "x", "body": 1, "source": {"name": "N", "rank": 2}})
    assert unknown == ["body", "source.rank"]
    assert "body" not in article.model_dump()


def test_a_byte_order_mark_is_no_error() -> None:
    assert read(b'\xef\xbb\xbf{"text": "x"}')[0].text == "x"


def test_a_tombstone_is_refused() -> None:
    with pytest.raises(Invalid, match="withdrawn") as caught:
        read_article(None, b"k", NOW)
    assert caught.value.reason == "tombstone"


@pytest.mark.parametrize(
    ("value", "reason", "says"),
    [
        (b"", "not_json", "JSON object"),
        (b"Shells hit Kherson.", "not_json", "JSON object"),
        (b'{"text": "x"} {', "not_json", "trailing"),
        (b"[" * 10_000, "not_json", "recursion"),
        (b'{"text": "\xff"}', "not_utf8", "byte 10"),
        (b'{"text": "\\ud83d"}', "lone_surrogate", "surrogate"),
        (b'{"text": "\\ude00 x"}', "lone_surrogate", "surrogate"),
        ([1], "not_object", '{"text"'),
        ({}, "blank_text", "`text` is missing"),
        ({"text": ""}, "blank_text", "`text` is empty"),
        ({"text": " \n "}, "blank_text", "blank"),
        ({"text": None}, "blank_text", "missing"),
        ({"text": "x" * (MAX_TEXT + 1)}, "text_too_long", "200,001 characters"),
        ({"text": "a\x00b"}, "nul_character", "`text` holds a NUL"),
        ({"text": "x", "title": "\x00"}, "nul_character", "`title`"),
        ({"text": 5}, "schema", "`text` should be a valid string"),
        ({"text": "x", "version": -1}, "schema", "`version`"),
        ({"text": "x", "version": True}, "schema", "`version`"),
        ({"text": "x", "status": "draft"}, "schema", "actual, exercise, test"),
        ({"text": "x", "tags": ["a", 5]}, "schema", "`tags.1`"),
        ({"text": "x", "source": "BBC"}, "schema", "`source`"),
        ({"text": "x", "source": {"country": "pk"}}, "schema", "`source.country`"),
        ({"text": "x", "id": ""}, "schema", "`id` must have at least 1"),
        ({"text": "x", "title": "t" * 2001}, "schema", "`title` must have at most 2000"),
        ({"text": "x", "published_at": "18 Jan"}, "schema", "2024-01-18"),
        ({"text": "x", "published_at": "2024-01-18T10:00:00"}, "schema", "offset"),
        ({"withdrawn": True}, "schema", "`id`"),
        ({"text": "x", "published_at": "2024-01-20"}, "published_in_future", "2024-01-20"),
        ({"text": "x", "published_at": "2024-01-19T12:00:01Z"}, "published_in_future", "day after"),
        ({"text": "x", "published_at": "9999-12-31T23:59:59-23:59"}, "published_in_future", "day after"),
    ],
)
def test_a_refusal_tells_what_to_mend(value: Any, reason: str, says: str) -> None:
    told = refusal(value)
    assert told.reason == reason
    assert says in told.detail
    assert len(told.detail) < 500


def test_an_error_is_told_once_and_many_are_counted() -> None:
    assert refusal({"text": "x", "published_at": "soon"}).detail.count("published_at") == 1
    assert "and 2 more" in refusal({"id": 1, "text": 1, "title": 1, "version": "1", "withdrawn": 1}).detail


def test_what_is_too_large_is_not_parsed() -> None:
    value = json.dumps({"text": "x", "pad": "y" * MAX_BYTES}).encode()
    assert refusal(value).reason == "too_large"


@pytest.mark.parametrize("published", ["2024-01-19", "2024-01-19T12:00:00Z", "1999-01-01", "0001-01-01T00:00:00+23:59"])
def test_a_publication_within_a_day_of_the_record_passes(published: str) -> None:
    assert read({"text": "x", "published_at": published})[0].published_at is not None


def test_a_withdrawal_needs_no_text() -> None:
    assert read({"id": "a", "withdrawn": True})[0].withdrawn


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
fields = st.sampled_from(["id", "text", "title", "version", "published_at", "source", "tags", "withdrawn", "other"])


@given(st.binary() | st.dictionaries(fields, json_values).map(lambda article: json.dumps(article).encode()))
def test_whatever_comes_is_an_article_with_an_id_or_refused(value: bytes) -> None:
    refused: Invalid | None = None
    try:
        article, _ = read_article(value, None, NOW)
    except Invalid as told:
        refused = told
    if refused:
        assert refused.reason in REASONS
        assert refused.detail.endswith(".")
    else:
        assert article.id
        assert article.to_bytes()
