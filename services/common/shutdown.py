"""How a service learns that it should stop."""

from __future__ import annotations

import asyncio
import signal


def stop_event() -> asyncio.Event:
    """An event of the running loop that SIGTERM or SIGINT sets; the second signal ends the process at once."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def _stop(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, number)
    return stop
