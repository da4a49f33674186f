"""`tocsin export`: the incidents of the sink's store as a file, also while the sink runs."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.common.settings import load_settings

if TYPE_CHECKING:
    from services.sink.export.formats import Format
    from services.sink.export.incident import Exported
    from services.sink.export.select import Selection, Snapshot

FORMATS = ("csv", "parquet", "geojson", "acled-csv", "ucdp-csv")
STDOUT = "-"
EVERY = 100
"""Incidents between two looks at how far it is."""


def shows_progress() -> bool:
    """True where a person watches."""
    return sys.stderr.isatty()


class Day(click.ParamType):
    """A calendar day."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Reads YYYY-MM-DD and nothing else."""
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            self.fail(f"{value!r} is no day: write it as 2024-01-18.", param, ctx)
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day of the calendar.", param, ctx)


@click.command(
    epilog="""
\b
Examples:
  tocsin export --since 2024-01-01 --output incidents.csv
  tocsin export --format parquet --output incidents.parquet
  tocsin export --format acled-csv --since 2024-01-01 --until 2024-01-31 > january.csv
"""
)
@click.option("--format", "name", type=click.Choice(FORMATS), default="csv", show_default=True, help="See the README.")
@click.option("--since", type=Day(), metavar="DAY", help="Only what may have happened on this day or later.")
@click.option("--until", type=Day(), metavar="DAY", help="Only what may have happened on this day or earlier.")
@click.option("--output", "-o", metavar="FILE", default=STDOUT, help="Where to; - is standard output, the default.")
@click.option(
    "--status",
    type=click.Choice(["actual", "exercise", "test"]),
    default="actual",
    show_default=True,
    help="Incidents of articles of this status.",
)
@click.option("--cancelled", is_flag=True, help="Also the cancelled ones, at the end, with what was told of them last.")
def export(  # noqa: PLR0913  one for each option
    *, name: str, since: dt.date | None, until: dt.date | None, output: str, status: str, cancelled: bool
) -> None:
    """Write the incidents of the sink's store to a file, one row each, by the day they happened.

    Reads beside a sink that runs, or without one; the store is the one that the sink's settings name.
    """
    from services.sink.export.formats import FORMATS as WRITERS
    from services.sink.export.select import Selection

    if since and until and until < since:
        raise click.UsageError(f"--until {until} is before --since {since}: no incident is of both.")
    kind = WRITERS[name]
    if output == STDOUT and not kind.is_text:
        raise click.UsageError(f"{name} is no text: name a file by --output.")
    if cancelled and not kind.has_cancelled:
        raise click.UsageError(f"no column of {name} can say that an incident was cancelled: leave --cancelled out.")
    count = _write(kind, Selection(since, until, status, cancelled), output)
    where = "standard output" if output == STDOUT else output
    click.echo(f"{count:,} incidents written to {where}", err=True)


def _write(kind: Format, selection: Selection, output: str) -> int:
    """Gives how many rows were written."""
    from services.sink.export.output import whole_file
    from services.sink.export.select import open_snapshot
    from services.sink.reader import existing_store

    with existing_store(load_settings()) as engine:
        session, snapshot = open_snapshot(engine, selection)
        with session:
            rows = _Rows(snapshot, kind)
            if output == STDOUT:
                kind.write(rows, kind.columns, click.get_binary_stream("stdout"))
            else:
                with whole_file(Path(output)) as file:
                    kind.write(rows, kind.columns, file)
            return rows.written


class _Rows:
    """The incidents that a format takes, counted; on a terminal standard error shows how far they are."""

    def __init__(self, snapshot: Snapshot, kind: Format) -> None:
        self._snapshot, self._kind = snapshot, kind
        self.written = 0

    def __iter__(self) -> Iterator[Exported]:
        total = self._snapshot.size() if shows_progress() else 0
        try:
            for seen, one in enumerate(self._snapshot.incidents(), 1):
                if total and seen % EVERY == 0:
                    click.echo(f"\r{seen:,} of {total:,} incidents", nl=False, err=True)
                if one is not None and self._kind.records(one):
                    self.written += 1
                    yield one
        finally:
            if total:
                click.echo("\r\x1b[K", nl=False, err=True)
