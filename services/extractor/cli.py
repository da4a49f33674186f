"""`tocsin serve extractor`."""

from __future__ import annotations

import sys

import click

from services.common.errors import Fatal
from services.common.settings import load_settings
from services.extractor.limits import load_limits


@click.command("extractor", short_help="articles in, events out")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers [TOCSIN_BOOTSTRAP].")
@click.option("--port", "extractor_port", type=click.IntRange(0, 65535), help="HTTP port [TOCSIN_EXTRACTOR_PORT].")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that code articles [TOCSIN_WORKERS].")
def serve_extractor(bootstrap: str | None, extractor_port: int | None, workers: int | None) -> None:
    """Read articles from Kafka, code them, and write their events to `conflict-events`.

    \b
    Example:
      tocsin serve extractor --bootstrap localhost:9092 --workers 2
    """  # noqa: D301  click's mark for a paragraph that is not wrapped
    # Faust takes a second to import: not before the command is called for.
    from services.extractor.service import run

    try:
        settings = load_settings(bootstrap=bootstrap, extractor_port=extractor_port, workers=workers)
        status = run(settings, load_limits())
    except Fatal as wrong:
        raise click.ClickException(str(wrong)) from wrong
    sys.exit(status)
