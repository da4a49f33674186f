import datetime as dt

import pytest
from pydantic import ValidationError

from schemas import Article, ArticleEvents, Source
from schemas.article import MAX_TEXT

PKT = dt.timezone(dt.timedelta(hours=5))


def read(fields: str) -> Article:
    return Article.model_validate_json(f'{{"text": "Seven were killed.", {fields}}}')


def test_a_text_is_enough() -> None:
    article = Article.model_validate_json('{"text": "Seven were killed."}')
    assert article == Article(text="Seven were killed.")
    assert (article.id, article.version, article.status, article.withdrawn) == (None, 0, "actual", False)
    assert (article.title, article.language, article.published_at) == (None, None, None)
    assert (article.source, article.tags) == (Source(), [])


@pytest.mark.parametrize(
    "fields",
    [
        '"version": "1"',
        '"version": 1.0',
        '"version": true',
        '"version": -1',
        '"version": 2147483648',
        '"withdrawn": 1',
        '"id": 7',
        '"id": ""',
        '"title": ["a"]',
        '"tags": "a"',
        '"tags": [1]',
        '"source": "BBC"',
        '"source": null',
        '"source": {"country": "UK"}',
        '"source": {"country": "gbr"}',
        '"source": {"country": "GBR\\n"}',
        '"status": "odd"',
        '"status": null',
    ],
)
def test_types_and_bounds_are_strict(fields: str) -> None:
    with pytest.raises(ValidationError):
        read(fields)


@pytest.mark.parametrize(
    ("field", "longest"),
    [("id", 256), ("title", 2000), ("language", 35)],
)
def test_strings_have_a_longest_length(field: str, longest: int) -> None:
    assert getattr(read(f'"{field}": "{"a" * longest}"'), field) == "a" * longest
    with pytest.raises(ValidationError):
        read(f'"{field}": "{"a" * (longest + 1)}"')


def test_the_longest_text_counts_characters_not_bytes() -> None:
    assert Article(text="ы" * MAX_TEXT).text
    with pytest.raises(ValidationError, match=str(MAX_TEXT)):
        Article(text="a" * (MAX_TEXT + 1))


@pytest.mark.parametrize(
    "value", ["[]", "null", '"text"', "1", "{}", '{"text": null}', '{"text": ""}', '{"text": " \\n"}']
)
def test_an_article_without_text_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        Article.model_validate_json(value)


def test_a_withdrawn_article_needs_its_id_and_no_text() -> None:
    assert Article.model_validate_json('{"withdrawn": true, "id": "a"}').text is None
    with pytest.raises(ValidationError, match="must name its `id`"):
        Article.model_validate_json('{"withdrawn": true, "text": "Seven were killed."}')


@pytest.mark.parametrize(
    "fields",
    [
        '"title": "a\\u0000"',
        '"id": "a\\u0000"',
        '"language": "e\\u0000"',
        '"tags": ["a\\u0000"]',
        '"source": {"name": "a\\u0000"}',
        '"source": {"url": "a\\u0000"}',
    ],
)
def test_nul_is_refused_in_every_string(fields: str) -> None:
    with pytest.raises(ValidationError, match="NUL"):
        read(fields)


def test_nul_is_refused_in_the_text() -> None:
    with pytest.raises(ValidationError, match="NUL"):
        Article.model_validate_json('{"text": "a\\u0000"}')


@pytest.mark.parametrize("value", [rb'{"text": "a\ud800"}', rb'{"text": "\udc00a"}', b'{"text": "a\xed\xa0\x80"}'])
def test_half_a_surrogate_pair_is_refused(value: bytes) -> None:
    with pytest.raises(ValidationError, match="Invalid JSON"):
        Article.model_validate_json(value)


def test_a_whole_surrogate_pair_is_one_character() -> None:
    assert Article.model_validate_json(rb'{"text": "\ud83d\ude00"}').text == "\U0001f600"


@pytest.mark.parametrize(
    ("told", "meant", "day"),
    [
        ("2024-01-18", dt.date(2024, 1, 18), dt.date(2024, 1, 18)),
        ("2024-01-18T23:30:00Z", dt.datetime(2024, 1, 18, 23, 30, tzinfo=dt.UTC), dt.date(2024, 1, 18)),
        ("2024-01-18T00:30:00+05:00", dt.datetime(2024, 1, 18, 0, 30, tzinfo=PKT), dt.date(2024, 1, 18)),
        ("2024-01-18t00:30:00z", dt.datetime(2024, 1, 18, 0, 30, tzinfo=dt.UTC), dt.date(2024, 1, 18)),
    ],
)
def test_published_at_is_a_date_or_a_date_time_and_keeps_its_offset(told: str, meant: dt.date, day: dt.date) -> None:
    article = read(f'"published_at": "{told}"')
    assert article.published_at == meant
    assert type(article.published_at) is type(meant)
    assert article.published_on() == day


@pytest.mark.parametrize(
    "told",
    [
        '"2024-01-18T10:00:00"',  # without an offset it could be two days
        '"2024-1-8"',
        '"2024-02-30"',
        '"2024-01-18T25:00:00Z"',
        '"18 January 2024"',
        '"0000-01-01"',
        '""',
        '"20240118"',  # not a Unix time either
        '"1705536000"',
        '"-1705536000"',
        "1705536000",
        "true",
    ],
)
def test_any_other_published_at_is_refused(told: str) -> None:
    with pytest.raises(ValidationError):
        read(f'"published_at": {told}')


def test_no_date_stays_no_date() -> None:
    assert read('"published_at": null').published_on() is None


def test_an_unknown_field_is_dropped() -> None:
    assert read('"nope": {"a": 1}') == Article(text="Seven were killed.")


def test_what_an_article_carries_over_is_read_the_same_in_its_events() -> None:
    fields = ("version", "status", "withdrawn", "language", "title", "source", "published_at")
    for name in fields:
        given, carried = Article.model_fields[name], ArticleEvents.model_fields[name]
        assert given.get_default(call_default_factory=True) == carried.get_default(call_default_factory=True), name
