"""An iterator that blocks, such as one over standard input, run beside the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

_AHEAD = 64
"""Items read before they are asked for."""


@dataclass(frozen=True)
class _Ended:
    why: BaseException | None


class _Bridge(Generic[T]):
    """Items from a thread to the loop that made it; the loop is woken only when it waits, which is what costs."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._items: deque[T] = deque()
        self._wake = asyncio.Event()
        self._slots = threading.Semaphore(_AHEAD)
        self.stopped = False

    def put(self, item: T) -> None:
        """Called in the thread; blocks while too many items wait."""
        self._slots.acquire()
        self._items.append(item)
        # Looked at after the append, and cleared before the last look at the items: none is slept over.
        if not self._wake.is_set() and not self.stopped:
            self._loop.call_soon_threadsafe(self._wake.set)

    async def get(self) -> T:
        """The next item."""
        while not self._items:
            self._wake.clear()
            if not self._items:
                await self._wake.wait()
        self._slots.release()
        return self._items.popleft()

    def stop(self) -> None:
        """Let the thread out of `put`, without waking a loop that may be gone."""
        self.stopped = True
        self._slots.release()


async def in_thread(items: Iterator[T]) -> AsyncGenerator[T, None]:
    """The items as they come, read in a thread; raises what the iterator raises.

    The thread is a daemon, since nothing can wake it from a read: a program can end while it waits.
    """
    bridge: _Bridge[T | _Ended] = _Bridge()

    def pump() -> None:
        why = None
        try:
            for item in items:
                bridge.put(item)
                if bridge.stopped:
                    return
        except BaseException as wrong:  # noqa: BLE001  raised again where the items are awaited
            why = wrong
        bridge.put(_Ended(why))

    threading.Thread(target=pump, name="ingest-reader", daemon=True).start()
    try:
        while not isinstance(item := await bridge.get(), _Ended):
            yield item
        if item.why is not None:
            raise item.why
    finally:
        bridge.stop()
