import io

from hypothesis import given
from hypothesis import strategies as st

from services.ingest.lines import Peekable, bounded_lines

LIMIT = 5
contents = st.lists(st.sampled_from([b"a", b"bc", b"\n", b"\r\n", b"\r", b" "]), max_size=30).map(b"".join)


@given(contents, st.integers(0, 10))
def test_lines_are_those_of_the_data_and_too_long_ones_are_named(data: bytes, back: int) -> None:
    stream = Peekable(io.BytesIO(data[back:]))
    stream.put_back(data[:back])
    want: list[tuple[int, bytes | None]] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        bare = line.removesuffix(b"\r")
        if len(bare) > LIMIT:
            want.append((number, None))
        elif bare.strip():
            want.append((number, bare))
    assert list(bounded_lines(stream, LIMIT)) == want


def test_a_line_without_end_is_skipped_with_little_memory() -> None:
    class Endless(io.RawIOBase):
        largest = 0
        left = 50_000_000

        def readline(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            self.largest = max(self.largest, size)
            if self.left <= 0:
                return b""
            self.left -= size
            return b"x" * (size - 1) + (b"\n" if self.left <= 0 else b"x")

    source = Endless()
    assert list(bounded_lines(Peekable(source), 1000)) == [(1, None)]
    assert source.largest < 100_000


@given(contents, st.integers(0, 10), st.integers(1, 8))
def test_what_is_put_back_comes_first(data: bytes, back: int, size: int) -> None:
    stream = Peekable(io.BytesIO(data[back:]))
    stream.put_back(data[:back])
    assert b"".join(iter(lambda: stream.read(size), b"")) == data
