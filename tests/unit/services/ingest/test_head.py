# ruff: noqa: RUF001  newspapers set typographic quotes
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.head import split_head

BODY = "Kyiv: Two people were killed on Thursday, police said.\n\nNobody claimed the attack.\n"


@pytest.mark.parametrize(
    ("head", "title", "published"),
    [
        (
            " date 2024-01-18 Shells Hit ‘Kherson’; 2 Killed\n\n\n\n",
            "Shells Hit ‘Kherson’; 2 Killed",
            dt.date(2024, 1, 18),
        ),
        ("date: 2024-01-18\n\n", None, dt.date(2024, 1, 18)),
        ("Date: 2024-01-18\r\n\r\n", None, dt.date(2024, 1, 18)),
        ("2024-01-18\n\n", None, dt.date(2024, 1, 18)),
        ("2024-01-18 Shells hit Kherson\n \n", "Shells hit Kherson", dt.date(2024, 1, 18)),
        ("2024-01-18 | Shells hit Kherson\n\n", "Shells hit Kherson", dt.date(2024, 1, 18)),
        ("date 2024-01-18 Who shelled Kherson?\n\n", "Who shelled Kherson?", dt.date(2024, 1, 18)),
        ("2024-01-18T07:30:00Z\n\n", None, dt.datetime(2024, 1, 18, 7, 30, tzinfo=dt.UTC)),
        ("Published at 2024-01-18 07:30+00:00\n\n", None, dt.datetime(2024, 1, 18, 7, 30, tzinfo=dt.UTC)),
        ("2024-01-18 07:30\n\n", None, dt.date(2024, 1, 18)),
        ("Shells hit Kherson\n2024-01-18\n\n", "Shells hit Kherson", dt.date(2024, 1, 18)),
        ("Title: Shells hit Kherson\nDate: 2024-01-18\n\n", "Shells hit Kherson", dt.date(2024, 1, 18)),
        ("Headline: Kherson.\n\n", "Kherson.", None),
        ("Shells hit Kherson\n\n", "Shells hit Kherson", None),
    ],
)
def test_a_head_is_parted_off(head: str, title: str | None, published: dt.date | None) -> None:
    assert split_head(head + BODY) == (title, published, BODY)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\n\n",
        BODY,
        "One paragraph alone",
        "date 2024-01-18 Shells hit Kherson",
        "date 2024-01-18 Shells hit Kherson\n\n \n",
        "date 2024-02-30 Shells hit Kherson\n\n" + BODY,
        "2024-01-18 was the day on which shells hit Kherson\n\n" + BODY,
        "2024-01-18 Shells hit Kherson, police said.\n\n" + BODY,
        "2024-01-18/19 Shells hit Kherson\n\n" + BODY,
        "2024-01-18\n2024-01-19\n\n" + BODY,
        "date 2024-01-18 " + "x" * 301 + "\n\n" + BODY,
        "Shells hit Kherson.\n\n" + BODY,
        "KHERSON, Ukraine (AP)\n\n" + BODY,
        "By Jane Doe\n\n" + BODY,
        "By Jane Doe\n2024-01-18\n\n" + BODY,
        "Live updates\n\n" + BODY,
        "Shells hit Kherson\nTwo people died\n\n" + BODY,
        "Shells hit Kherson again today\n\nNo word yet",
        "a\nb\nc\nd\n\n" + BODY,
    ],
)
def test_what_is_not_surely_a_head_stays_whole(raw: str) -> None:
    assert split_head(raw) == (None, None, raw)


paragraphs = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1).map("\n\n".join)


@given(st.text() | paragraphs | paragraphs.map(lambda text: f"date 2024-01-18 {text}"))
def test_nothing_is_lost_or_made_up(raw: str) -> None:
    title, _, text = split_head(raw)
    assert raw.endswith(text)
    assert title is None or title in raw[: len(raw) - len(text)]
    assert bool(text.strip()) == bool(raw.strip())


words = st.text("abcXYZ ‘’;0123", min_size=1, max_size=80).map(str.strip).filter(bool)


@given(
    st.dates(dt.date(1000, 1, 1)),
    words.map(lambda text: f"X{text}"),
    words,
    st.sampled_from(["\n\n", "\n \n\n", "\r\n\r\n"]),
)
def test_a_labelled_date_line_is_always_read(day: dt.date, title: str, body: str, gap: str) -> None:
    assert split_head(f" date {day.isoformat()} {title}{gap}{body}") == (title, day, body)


@given(st.lists(words.map(lambda text: f"{text}."), min_size=1).map("\n\n".join))
def test_paragraphs_of_sentences_stay_whole(raw: str) -> None:
    assert split_head(raw).text == raw


def test_a_huge_first_paragraph_costs_no_more_than_reading_it() -> None:
    raw = " \t" * 500_000 + "x" + " \t" * 500_000 + "\n\ny"
    assert split_head(raw).title is None
