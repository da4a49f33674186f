import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from services.dlq.letters import Letter
from services.dlq.words import rows, table, visible, whole

LETTER = Letter(
    "articles.dlq",
    0,
    12,
    dt.datetime(2024, 1, 18, 12, 30, tzinfo=dt.UTC),
    b"k\t1\xff",
    b'{"text": "\x1b[31m\xe2\x80\xae"}\n',
    [("ce_id", b"1"), ("error.type", b"not_json"), ("error.message", b"Send JSON\x07.")],
)


@given(st.one_of(st.binary(), st.text(), st.none()))
def test_nothing_that_could_steer_a_terminal_is_shown(raw: bytes | str | None) -> None:
    assert visible(raw).isprintable()


@given(st.text(st.characters(categories=["L", "N", "P"])))
def test_readable_text_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == visible(text.encode()) == text


def test_what_cannot_be_seen_is_an_escape() -> None:
    assert visible(b"a\x00\x1b\xff\n") == "a\\x00\\x1b\\xff\\n"
    assert visible("\u202e") == "\\u202e"
    assert visible(None) == "(none)"
    assert visible(b"") == ""
    assert visible("Đà Nẵng “é”") == "Đà Nẵng “é”"


def test_a_row_tells_reason_message_and_key() -> None:
    names, row = rows([LETTER])
    assert names == ("topic", "partition", "offset", "time", "reason", "message", "key")
    assert row == ("articles.dlq", "0", "12", "2024-01-18T12:30:00Z", "not_json", "Send JSON\\x07.", "k\\t1\\xff")


def test_a_long_key_is_cut_in_the_list() -> None:
    letter = Letter("articles.dlq", 0, 0, LETTER.time, b"x" * 100, None, [])
    assert rows([letter])[1][-1] == "x" * 39 + "…"


def test_a_letter_is_shown_whole() -> None:
    told = whole(LETTER)
    assert told.splitlines() == [
        "articles.dlq/0/12, refused 2024-01-18 12:30:00Z",
        "key: k\\t1\\xff",
        "headers:",
        "  ce_id: 1",
        "  error.type: not_json",
        "  error.message: Send JSON\\x07.",
        "value (21 bytes):",
        '{"text": "\\x1b[31m\\u202e"}\\n',
    ]


def test_the_table_reads_no_markup() -> None:
    letter = Letter("articles.dlq", 0, 0, LETTER.time, b"[red]k[/]", None, [])
    console = Console(width=200)
    with console.capture() as shown:
        console.print(table([letter]))
    assert "[red]k[/]" in shown.get()
