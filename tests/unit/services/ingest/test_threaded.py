import asyncio
import contextlib
import threading
from collections.abc import Iterator

import pytest

from services.ingest.threaded import in_thread


async def test_items_come_in_order_from_another_thread() -> None:
    threads = set()

    def items() -> Iterator[int]:
        for number in range(200):
            threads.add(threading.current_thread())
            yield number

    assert [number async for number in in_thread(items())] == list(range(200))
    assert threading.current_thread() not in threads


async def test_an_error_comes_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("gone")

    got = []

    async def collect() -> None:
        async for number in in_thread(items()):
            got.append(number)  # noqa: PERF401  what came before the error counts

    with pytest.raises(OSError, match="gone"):
        await collect()
    assert got == [1]


async def test_leaving_early_ends_the_thread() -> None:
    ended = threading.Event()

    def items() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            ended.set()

    async with contextlib.aclosing(in_thread(items())) as endless:
        assert await anext(endless) == 1
        (thread,) = (one for one in threading.enumerate() if one.name == "ingest-reader")
    await asyncio.to_thread(thread.join)
    assert ended.wait(0)
