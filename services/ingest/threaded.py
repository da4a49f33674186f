"""An iterator that blocks, such as one over standard input, run beside the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

_AHEAD = 32
"""Items read before they are asked for."""


@dataclass(frozen=True)
class _Ended:
    why: BaseException | None


async def in_thread(items: Iterator[T]) -> AsyncGenerator[T, None]:
    """The items as they come, read in a thread; raises what the iterator raises.

    The thread is a daemon, since nothing can wake it from a read: a program can end while it waits.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[T | _Ended] = asyncio.Queue(_AHEAD)
    stopped = threading.Event()

    def put(item: T | _Ended) -> None:
        asyncio.run_coroutine_threadsafe(queue.put(item), loop).result()

    def pump() -> None:
        why = None
        try:
            for item in items:
                if stopped.is_set():
                    return
                put(item)
        except BaseException as wrong:  # noqa: BLE001  raised again where the items are awaited
            why = wrong
        if not stopped.is_set():
            put(_Ended(why))

    threading.Thread(target=pump, name="ingest-reader", daemon=True).start()
    try:
        while not isinstance(item := await queue.get(), _Ended):
            yield item
        if item.why is not None:
            raise item.why
    finally:
        stopped.set()
        while not queue.empty():  # lets the thread out of a put
            queue.get_nowait()
