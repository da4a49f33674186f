"""Work beside other work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager


@asynccontextmanager
async def running(work: Coroutine[None, None, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Work beside what is done in the context; what it raises stops that."""
    main = asyncio.current_task()
    task: asyncio.Task[None] = asyncio.create_task(work)

    def failed(done: asyncio.Task[None]) -> None:
        if not done.cancelled() and done.exception() is not None and main is not None:
            main.cancel()

    task.add_done_callback(failed)
    try:
        yield task
    except asyncio.CancelledError:
        if task.done() and not task.cancelled():
            task.result()
        raise
    finally:
        task.remove_done_callback(failed)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
