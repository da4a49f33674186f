"""`python -m services.sink` runs the sink alone."""

from __future__ import annotations

import asyncio
import sys

from services.common import log
from services.common.errors import TocsinError
from services.common.settings import load_settings
from services.sink.service import run


def main() -> int:
    """Run until told to stop; the exit status is 1 when something must be mended first."""
    try:
        settings = load_settings()
        log.configure("sink", settings)
        asyncio.run(run(settings))
    except TocsinError as fatal:
        sys.stderr.write(f"sink: {fatal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
