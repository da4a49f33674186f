import asyncio
import os
import signal

import pytest

from services.common.shutdown import stop_event


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_sets_the_event_and_leaves_the_second_to_the_system(number: signal.Signals) -> None:
    loop = asyncio.get_running_loop()
    try:
        stop = stop_event()
        assert not stop.is_set()
        os.kill(os.getpid(), number)
        await stop.wait()
        assert not loop.remove_signal_handler(number)
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        loop.remove_signal_handler(signal.SIGINT)
