"""What find_dates promises of every text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.dates import Day, find_dates, resolve
from services.extractor.coding.dates.lexicon import time_words

_PIECES = st.sampled_from([
    "Monday", " on ", "May ", "3", "-", " 2024", ", ", "the ", "days ", "ago", "after", "since ", "last ",
    "week", "\n", "\u2019s", "\u017funday", "\u0130", "early ", "night", "(", ")", "/", "31", ".",
    "between ", " and ", "two ", "hours ", "\u0660", "\u2028", "every ",
])  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join))


@given(_TEXTS, st.dates(dt.date(2, 1, 1), dt.date(9998, 1, 1)))
def test_spans_reproduce_the_text_in_order_and_apart(text: str, published: dt.date) -> None:
    position = 0
    for mention in find_dates(text):
        assert position <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        position = mention.end
        found = resolve(mention.expr, published, published)
        assert found is None or found.start <= found.end


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_calendar_has_ends(day: dt.date) -> None:
    for text in (
        "three weeks ago",
        "next year",
        "tomorrow",
        "over the weekend",
        "last month",
        "a day after",
        "in the past 24 hours",
    ):
        (mention,) = find_dates(text)
        resolve(mention.expr, day, day)


@pytest.mark.parametrize(
    "text", ["for years", "since 2011", "over the last several years", "so far this year", "over the past three months"]
)
def test_long_stretches_are_marked(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.duration


@pytest.mark.parametrize("text", ["every Friday", "the fifth anniversary", "on Sundays", "annually"])
def test_what_comes_again_is_marked(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.recurring


@pytest.mark.parametrize("text", ["on Friday", "in the past 24 hours", "last week", "three days ago", "in May"])
def test_days_and_short_windows_are_not_marked(text: str) -> None:
    (mention,) = find_dates(text)
    assert not mention.duration
    assert not mention.recurring


def test_several_dates_stay_apart() -> None:
    text = "Launched on Tuesday, a day after Monday's raid, and repeated on May 3 and in June 2016."
    assert [m.text for m in find_dates(text)] == ["Tuesday", "a day after", "Monday", "May 3", "June 2016"]


def test_a_number_of_people_after_a_month_is_no_day() -> None:
    (mention,) = find_dates("In May 25 people were killed.")
    assert not isinstance(mention.expr, Day)


@pytest.mark.parametrize(
    "text",
    [
        "Armed men came on the night of May 3 and killed a nurse.",
        "On May 3 and 12 people died.",
        "They came on May 3 and 4,000 soldiers left.",
    ],
)
def test_what_follows_a_day_is_no_part_of_it(text: str) -> None:
    (mention,) = find_dates(text)
    assert (mention.text, isinstance(mention.expr, Day)) == ("May 3", True)


@pytest.mark.parametrize(
    "piece",
    ["Monday ", "in the ", "3 May - ", "late ", "over the ", "1,", " ", "two ", "days ", "since ", "May 3 and "],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    """A search that back-tracks would not come to an end on these."""
    assert isinstance(find_dates(piece * 20_000), list)


def test_the_word_file_names_every_month_and_weekday() -> None:
    words = time_words()
    assert set(words.months.values()) == set(range(1, 13))
    assert set(words.weekdays.values()) == set(range(7))
    assert words.doubtful_months <= set(words.months)
    assert words.doubtful_weekdays <= set(words.weekdays)


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("Women were robbed on New Year's Eve in Ghent.", 12, 31),
        ("Two died on New Year\u2019s Day.", 1, 1),
        ("They came on Christmas Eve.", 12, 24),
        ("Shots were heard on Christmas.", 12, 25),
        ("A Fourth of July party was shot at.", 7, 4),
        ("The St Patrick's Day march ended in a brawl.", 3, 17),
        ("A boy was hit on Halloween night.", 10, 31),
    ],
)
def test_a_feast_has_its_day(text: str, month: int, day: int) -> None:
    (mention,) = find_dates(text)
    assert isinstance(mention.expr, Day)
    assert (mention.expr.month, mention.expr.day, mention.expr.year) == (month, day, None)


@pytest.mark.parametrize("text", ["An office Christmas party.", "Over the Fourth of July weekend."])
def test_what_is_named_after_a_feast_is_not_its_day(text: str) -> None:
    assert not any(isinstance(m.expr, Day) for m in find_dates(text))


def test_every_feast_is_found_by_its_name() -> None:
    for name, (month, day) in time_words().feasts.items():
        expr = find_dates(f"It happened {name} 2019.")[0].expr
        assert isinstance(expr, Day)
        assert (expr.month, expr.day, expr.year) == (month, day, 2019)
