import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from services.common import tracing
from services.common.cloudevents import ARTICLE_TYPE, ATTEMPTS, MAX_HEADERS, Envelope, read_headers, record_headers

TRACE = tracing.new()
TIME = dt.datetime(2024, 1, 18, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=5)))


def test_what_is_written_is_read_back_with_the_time_in_utc() -> None:
    headers = record_headers(type=ARTICLE_TYPE, id="é1", source="/x", time=TIME, subject="s", traceparent=TRACE)
    assert dict(headers)["ce_specversion"] == b"1.0"
    assert dict(headers)["ce_time"] == b"2024-01-18T07:30:00Z"
    assert dict(headers)["content-type"] == b"application/json"
    assert read_headers(headers) == Envelope("é1", ARTICLE_TYPE, "/x", TIME, "s", TRACE, 0)


def test_unreadable_headers_count_as_missing() -> None:
    bad: list[tuple[str, bytes | None]] = [
        ("ce_id", b"\xff"),
        ("ce_type", None),
        ("ce_source", b"a\x00b"),
        ("ce_subject", b"x" * 5000),
        ("traceparent", b"00-0-0-0"),
        (ATTEMPTS, b"-1"),
    ]
    assert read_headers(bad) == Envelope()


def test_only_a_date_time_with_offset_is_a_time() -> None:
    for text in ("2024-01-18", "2024-01-18T07:30:00", "yesterday at a quarter to", "0001-01-01T00:00:00+23:59"):
        assert read_headers([("ce_time", text.encode())]).time is None, text


def test_the_last_of_two_wins_and_far_headers_are_left_alone() -> None:
    assert read_headers([("ce_id", b"1"), ("ce_id", b"2")]).id == "2"
    assert read_headers([("x", b"y")] * MAX_HEADERS + [("ce_id", b"1")]).id is None


def test_attempts_are_counted() -> None:
    assert read_headers([(ATTEMPTS, b"3")]).attempts == 3


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ce_id", "ce_time", "traceparent", ATTEMPTS, "x"]),
            st.none() | st.binary() | st.text().map(lambda text: text.encode(errors="replace")),
        )
    )
)
def test_reading_never_raises(headers: list[tuple[str, bytes | None]]) -> None:
    envelope = read_headers(headers)
    assert envelope.time is None or envelope.time.utcoffset() == dt.timedelta()
