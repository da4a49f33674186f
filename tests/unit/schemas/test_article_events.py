import datetime as dt

import pytest
from pydantic import ValidationError

from schemas import ArticleEvents, Coder

NOON = dt.datetime(2024, 1, 18, 12, tzinfo=dt.UTC)


def events(version: int = 0, coder: str = "1.0") -> ArticleEvents:
    return ArticleEvents(article_id="a", version=version, article_time=NOON, coder=Coder(name="rules", version=coder))


def test_an_article_without_events_is_a_message_too() -> None:
    assert ArticleEvents.read(events().to_bytes()) == events()
    assert events().events == []


def test_equal_messages_are_equal_bytes() -> None:
    assert events().to_bytes() == events().to_bytes()


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (events(0, "2.0"), events(1, "1.0")),  # the article's version counts first
        (events(1, "1.9"), events(1, "1.10")),
        (events(1, "1.9.9"), events(1, "2")),
        (events(1, "1"), events(1, "1.0.1")),
    ],
)
def test_the_current_message_has_the_highest_version_then_coder_version(
    older: ArticleEvents, newer: ArticleEvents
) -> None:
    assert older.order() < newer.order()


def test_trailing_zeros_make_no_newer_coder() -> None:
    assert events(coder="1.0").order() == events(coder="1").order()


@pytest.mark.parametrize("version", ["", "v1", "1.", ".1", "1.0-rc1", "1.0\n", "1..0", "\u0661.0"])
def test_a_coder_version_is_dotted_numbers(version: str) -> None:
    with pytest.raises(ValidationError):
        Coder(name="rules", version=version)


def test_the_article_time_has_an_offset() -> None:
    with pytest.raises(ValidationError):
        ArticleEvents(
            article_id="a",
            article_time=dt.datetime(2024, 1, 18, 12),  # noqa: DTZ001  what must be refused
            coder=Coder(name="rules", version="1"),
        )
