"""The command `tocsin ingest`."""

from __future__ import annotations

import asyncio
import sys

import click

from services.common.errors import Invalid, TocsinError
from services.common.log import configure
from services.common.settings import load_settings
from services.ingest.feeder import Summary, ingest_paths
from services.ingest.publisher import Receipt

__all__ = ["Summary", "ingest", "ingest_paths"]

_EVERY = 1000
"""Articles between two lines of progress when nobody watches."""


@click.command(
    epilog="""
\b
Examples:
  tocsin ingest seeds/
  tocsin ingest articles.jsonl --bootstrap kafka:9092
  echo '{"text": "Shells hit Kherson on Monday, killing two."}' | tocsin ingest -
"""
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers; else TOCSIN_BOOTSTRAP, else localhost:9092.")
def ingest(paths: tuple[str, ...], bootstrap: str | None) -> None:
    """Publish articles to the topic `articles`.

    PATH is a text file (one article; a date line and a headline at its head are parted off), a JSON lines
    file (an article a line), a folder of such files, or - for standard input (JSON lines, or one text).
    Each is acknowledged by Kafka. What cannot be used is named with the reason, the rest goes on, and the
    exit status is then 1.
    """
    for path in paths:
        if "://" in path:
            raise click.UsageError(f"{path}: addresses are not fetched; save the article and give its file.")
    told = _Progress()
    try:
        settings = load_settings(bootstrap=bootstrap, log_level="ERROR")
        configure("ingest", settings)
        summary = asyncio.run(ingest_paths(settings, paths, told))
    except TocsinError as error:
        told.clear()
        raise click.ClickException(f"{error} ({told.accepted:,} articles were sent before.)") from None
    told.clear()
    click.echo(f"{summary.accepted:,} articles sent, {summary.refused:,} refused")
    if summary.refused:
        sys.exit(1)


class _Progress:
    """Says on standard error how far it is: one line that changes on a terminal, a line now and then elsewhere."""

    def __init__(self) -> None:
        self.accepted = 0
        self._done = 0
        self._terminal = sys.stderr.isatty()

    def __call__(self, where: str, outcome: Receipt | Invalid) -> None:
        self._done += 1
        if isinstance(outcome, Receipt):
            self.accepted += 1
        else:
            self.clear()
            click.echo(f"{where}: {outcome.detail} [{outcome.reason}]", err=True)
        if self._terminal:
            click.echo(f"\r{self.accepted:,} articles sent", nl=False, err=True)
        elif self._done % _EVERY == 0:
            click.echo(f"{self.accepted:,} articles sent", err=True)

    def clear(self) -> None:
        """Remove the line that changes."""
        if self._terminal:
            click.echo("\r\x1b[K", nl=False, err=True)
