"""A sink in a process of its own, with names of its own: `python -m … BOOTSTRAP DATA_DIR EVENTS ALERTS SUFFIX`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from services.common import log
from services.common.settings import Settings
from services.sink.names import Names
from services.sink.service import run


def main(bootstrap: str, data_dir: str, events: str, alerts: str, suffix: str) -> None:
    settings = Settings(bootstrap=bootstrap, data_dir=Path(data_dir), sink_port=0, log_format="json", update_window=0)
    log.configure("sink", settings)
    names = Names(events=events, alerts=alerts, group=f"sink-{suffix}", outbox=f"outbox-{suffix}")
    asyncio.run(run(settings, names=names))


if __name__ == "__main__":
    main(*sys.argv[1:])
