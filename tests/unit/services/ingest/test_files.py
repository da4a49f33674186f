# ruff: noqa: RUF001  newspapers set typographic quotes
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import MAX_BYTES
from services.common.errors import Fatal
from services.ingest.files import Found, Refused, read_path, read_stream

SEEDS = Path(__file__).parents[4] / "seeds"


def texts(items: list[Found | Refused]) -> list[str | None]:
    return [item.article.text if isinstance(item, Found) else item.invalid.reason for item in items]


def test_the_seed_is_the_article_that_its_text_tells() -> None:
    (seed,) = (item for item in read_path(SEEDS) if "000_02d395935f9f9c18" in item.where)
    assert isinstance(seed, Found)
    article = seed.article
    assert article.id == "000_02d395935f9f9c18"
    assert article.title == (
        "Pakistan Hits ‘Terrorist Hideouts’ In Iran Day After Deadly Balochistan Strike; 4 Children Among 7 Killed"
    )
    assert article.published_at == dt.date(2024, 1, 18)
    assert article.text is not None
    assert article.text.startswith("Islamabad: Following")
    assert seed.unknown == []


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name, content in {
        "b.txt": "text b",
        "a.jsonl": '{"text": "line 1"}\n{"text": "line 2"}\n',
        "sub/c.NDJSON": '{"text": "line 3"}',
        ".hidden.txt": "no",
        "notes.md": "no",
        "b.meta.json": "{}",
    }.items():
        (tmp_path / name).write_text(content)
    assert texts(list(read_path(tmp_path))) == ["line 1", "line 2", "text b", "line 3"]


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    long = b'{"text": "' + b"x" * MAX_BYTES + b'"}'
    path.write_bytes(b'{"text": "a"}\n\nnope\r\n' + long + b'\n{"text": 1}\n{"text": "b", "odd": 1}\n[]')
    items = list(read_path(path))
    assert texts(items) == ["a", "not_json", "too_large", "schema", "b", "not_object"]
    assert [item.where for item in items] == [f"{path}:{line}" for line in (1, 3, 4, 5, 6, 7)]
    assert isinstance(items[4], Found)
    assert items[4].unknown == ["odd"]


def test_metadata_beside_a_text_wins_but_never_over_the_text(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("date 2024-01-18 A headline\n\nThe body.", encoding="utf-8-sig")
    meta = {"id": "x1", "title": "Another", "text": "no", "source": {"name": "N"}}
    (tmp_path / "x.meta.json").write_text(json.dumps(meta))
    (item,) = read_path(tmp_path / "x.txt")
    assert isinstance(item, Found)
    article = item.article
    assert (article.id, article.title, article.text, article.source.name) == ("x1", "Another", "The body.", "N")
    assert article.published_at == dt.date(2024, 1, 18)


@pytest.mark.parametrize("meta", ["nope", "[]", '{"id": "\\ud800"}', "[" * 100_000])
def test_broken_metadata_refuses_the_text(tmp_path: Path, meta: str) -> None:
    (tmp_path / "x.txt").write_text("Shells hit Kherson.")
    (tmp_path / "x.meta.json").write_text(meta)
    (item,) = read_path(tmp_path)
    assert isinstance(item, Refused)
    assert item.invalid.reason == "metadata"
    assert "x.meta.json" in item.invalid.detail


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "blank_text"),
        (b" \n", "blank_text"),
        (b"caf\xe9", "not_utf8"),
        (b"a\x00b", "nul_character"),
        (b"x" * 200_001, "text_too_long"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
    ],
)
def test_a_text_that_is_no_article_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "x.txt").write_bytes(content)
    (item,) = read_path(tmp_path)
    assert isinstance(item, Refused)
    assert (item.where, item.invalid.reason) == (str(tmp_path / "x.txt"), reason)


def test_markup_is_not_taken_for_text_and_a_missing_path_stops(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<p>no</p>")
    assert texts(list(read_path(tmp_path / "x.html"))) == ["unsupported"]
    with pytest.raises(Fatal, match="absent"):
        list(read_path(tmp_path / "absent"))


@pytest.mark.parametrize(
    ("content", "want"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', ["a", "b"]),
        (b'\n\xef\xbb\xbf{"text": "a"}', ["a"]),
        (b'{\n "text": "a"\n}\n', ["a"]),
        (b'{"text": "a"\n{"text": "b"}\n', ["not_json", "b"]),
        (b'{"text": "' + b"x" * MAX_BYTES + b'"}\n{"text": "b"}\n', ["too_large", "b"]),
        (b"\n  Shells hit Kherson.\nTwo died.\n", ["  Shells hit Kherson.\nTwo died.\n"]),
        (b"", ["blank_text"]),
    ],
)
def test_a_stream_tells_by_its_beginning_what_it_is(content: bytes, want: list[str]) -> None:
    assert texts(list(read_stream(io.BytesIO(content)))) == want


def test_lines_of_an_open_pipe_are_given_as_they_come() -> None:
    class Pipe(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            assert line != b"never read\n"
            return line

    items = read_stream(Pipe(b'{"text": "a"}\nnever read\n'))
    assert texts([next(items)]) == ["a"]


@given(st.binary(max_size=200) | st.lists(st.sampled_from([b'{"text": "a"}', b"{", b"}", b"\n", b"x"])).map(b"".join))
def test_any_stream_is_read_to_its_end(content: bytes) -> None:
    assert all(isinstance(item, Found | Refused) for item in read_stream(io.BytesIO(content)))
