"""Waiting in tests: for what must come to hold, however long this machine takes for it, never for a span of time."""

import os
import time
from collections.abc import Callable

LONGEST = 60.0  # seconds; only a test that fails waits so long


def await_true(condition: Callable[[], bool]) -> bool:
    """Looks again and again until the condition holds, for LONGEST seconds at most; whether it held."""
    deadline = time.monotonic() + LONGEST
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_gone(pid: int) -> bool:
    """Whether no process has this id, not even a dead one of which nobody took notice yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
