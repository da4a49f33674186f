from hypothesis import given
from hypothesis import strategies as st

from services.common.dlq import MAX_LETTER, DeadLetter, dead_letter
from services.common.errors import Invalid


def letter(
    key: bytes | None = b"k",
    value: bytes | None = b"v",
    headers: list[tuple[str, bytes | None]] | None = None,
    detail: str = "Send JSON.",
) -> DeadLetter:
    return dead_letter(
        topic="articles",
        partition=2,
        offset=7,
        key=key,
        value=value,
        headers=headers or [],
        invalid=Invalid("not_json", detail),
        service="extractor",
    )


def size(sent: DeadLetter) -> int:
    return len(sent.key or b"") + len(sent.value or b"") + sum(len(n.encode()) + len(v) + 10 for n, v in sent.headers)


def test_a_letter_is_the_record_as_read_and_says_why() -> None:
    sent = letter(b"\xff", b"\x00not json", [("ce_id", b"1"), ("error.type", b"of an earlier try")])
    assert (sent.topic, sent.key, sent.value) == ("articles.dlq", b"\xff", b"\x00not json")
    headers = dict(sent.headers)
    assert len(headers) == len(sent.headers)
    assert headers.pop("error.service").startswith(b"extractor ")
    assert headers == {
        "ce_id": b"1",
        "error.type": b"not_json",
        "error.message": b"Send JSON.",
        "error.topic": b"articles",
        "error.partition": b"2",
        "error.offset": b"7",
    }


def test_a_tombstone_stays_one() -> None:
    assert letter(value=None).value is None


def test_an_oversize_value_is_cut_last_and_the_letter_says_so() -> None:
    sent = letter(value=b"v" * 5_000_000, headers=[("big", b"h" * 50_000), ("ce_id", b"1")])
    headers = dict(sent.headers)
    assert headers["error.truncated"] == b"headers,value"
    assert headers["ce_id"] == b"1"
    assert "big" not in headers
    assert MAX_LETTER - 1000 < size(sent) <= MAX_LETTER


def test_big_headers_are_kept_while_there_is_room() -> None:
    headers: list[tuple[str, bytes | None]] = [("big", b"h" * 50_000)]
    assert letter(value=b"v" * 1_000_000, headers=headers).headers[0] == ("big", b"h" * 50_000)


@given(
    st.integers(0, 3_000_000),
    st.integers(0, 4_000_000),
    st.lists(st.tuples(st.integers(1, 30_000), st.integers(0, 30_000)), max_size=5),
    st.integers(1, 2000),
    st.text(max_size=2000),
)
def test_every_letter_fits(key: int, value: int, headers: list[tuple[int, int]], repeat: int, detail: str) -> None:
    many: list[tuple[str, bytes | None]] = [("n" * name, b"v" * content) for name, content in headers] * repeat
    assert size(letter(b"k" * key, b"v" * value, many, detail * 10)) <= MAX_LETTER
