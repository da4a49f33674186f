"""The command `tocsin up`."""

from __future__ import annotations

import errno
import signal
from pathlib import Path

import click

from services.common.errors import Fatal

_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)
KAFKA_PORT = 9092
"""Where clients look for a Kafka that they were told nothing of."""


@click.command(
    epilog="""
\b
Examples:
  tocsin up
  tocsin up --bootstrap kafka:9092
  tocsin up --data /tmp/try --kafka-port 0 --no-seeds
"""
)
@click.option(
    "--bootstrap",
    metavar="HOST:PORT",
    envvar="TOCSIN_BOOTSTRAP",
    help="Use this Kafka (or TOCSIN_BOOTSTRAP's); without it one is started here.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for what must outlive a restart; else TOCSIN_DATA_DIR, else .data.",
)
@click.option(
    "--kafka-port",
    type=click.IntRange(0, 65535),
    envvar="TOCSIN_KAFKA_PORT",
    default=KAFKA_PORT,
    show_default=True,
    help="Port of the Kafka that is started; 0: any free one.",
)
@click.option("--seeds/--no-seeds", default=True, show_default=True, help="Feed the sample articles, or do not.")
def up(bootstrap: str | None, data: Path | None, kafka_port: int, seeds: bool) -> None:  # noqa: FBT001  a flag
    """Run everything on this machine until Ctrl-C: Kafka, the services, the page; print alerts as they come.

    The first start downloads Apache Kafka (45 MB) into your cache folder. What was said is kept in the data folder,
    and printed first at the next start.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from services.common.settings import load_settings
        from services.up.start import start

        start(load_settings(bootstrap=bootstrap, data_dir=data), None if bootstrap else kafka_port, seeds=seeds)
    except KeyboardInterrupt:
        return  # before the services were there to be stopped in order
    except OSError as wrong:
        if wrong.errno not in _OF_THE_DISK:
            raise
        where = wrong.filename or "the data folder"
        raise Fatal(f"{where} cannot be written to ({wrong.strerror}): make room there, or use --data") from wrong
