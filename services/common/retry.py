"""How long to wait between tries at what could not be done: longer each time, and never quite the same."""

from __future__ import annotations

import random
from collections.abc import Iterator


def pauses(soonest: float, latest: float) -> Iterator[float]:
    """Seconds to wait before each next try, without end: about twice as long each time, up to `latest`.

    Each is drawn from the upper half of its span, so that many services that failed together do not come back together.
    """
    longest = soonest
    while True:
        yield random.uniform(longest / 2, longest)  # noqa: S311  no secret
        longest = min(2 * longest, latest)
