"""`make bench`: how fast the sink merges reports, on SQLite and PostgreSQL, and whether it slows as the store grows."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy import Engine

from services.common.settings import Settings
from services.sink.store.engine import open_store
from tests import postgres
from tests.benchmarks.store.corpus import messages
from tests.benchmarks.store.measure import ALONE, Feeding, Measured, count

LEAST = 1000
"""Reports a second of the sink's processor time, with PostgreSQL."""
MOST_SLOWER = 0.2
"""By how much the last span may be slower than the one at a tenth of the way."""
SPANS = 20
DATABASES = ("SQLite", "PostgreSQL")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table. Returns 1 when a bound is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.store", description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000, help="of a tenth as many incidents, all open")
    parser.add_argument("--on", choices=DATABASES, action="append", help="one of the databases; both without it")
    options = parser.parse_args(argv)
    found = {}
    for name in options.on or DATABASES:
        if name == "PostgreSQL" and postgres.programs() is None:
            click.echo(postgres.MISSING)
            continue
        with ExitStack() as stack:
            found[name] = run(stack, name, options.reports)
    show(found)
    broken = [one for name, measured in found.items() for one in bounds(name, measured)]
    click.echo("\n" + ("\n".join(broken) or "All bounds hold."))
    return 1 if broken else 0


def run(stack: ExitStack, name: str, reports: int) -> Measured:
    """Fill a new store."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    settings, server = Settings(data_dir=folder, database_url=""), None
    if name == "PostgreSQL":
        # As durable as a real one, with some memory for a store of this size.
        memory = ("shared_buffers=1GB", "max_wal_size=4GB")
        running = stack.enter_context(
            postgres.running(
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                *memory,
            )
        )
        settings, server = Settings(data_dir=folder, database_url=running.database()), running.pid
    engine = stack.enter_context(open_store(settings, lambda _: None))
    measured = Measured()
    feeding = Feeding(engine, server)
    coming = messages(reports + ALONE, (reports + ALONE) // 10)
    for span in feeding.run(_first(coming, reports), max(reports // SPANS, 1)):
        measured.spans.append(span)
        done = len(measured.spans) * span.reports
        click.echo(f"{name}: {done} reports, {span.speed:.0f} a second of processor time", err=True)
    measured.alone = list(feeding.alone(coming, ALONE))
    count(engine, measured)
    measured.megabytes = _size(engine, folder) // 1_000_000
    return measured


def _first(coming: Iterator[object], most: int) -> Iterator[object]:
    for _, one in zip(range(most), coming):  # noqa: B905  one ends before the other
        yield one


def _size(engine: Engine, folder: Path) -> int:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return int(connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)
    return sum(path.stat().st_size for path in folder.iterdir())


def show(found: dict[str, Measured]) -> None:
    """Print a line for each database."""
    click.echo(
        f"{'reports':>8} {'incidents':>9} {'alerts':>7} {'wall':>7} {'sink':>7} {'server':>7} {'a second':>8} "
        f"{'early':>6} {'late':>6} {'p99':>7} {'size':>8}  store"
    )
    for name, one in found.items():
        whole, (early, late) = one.whole(), _ends(one)
        click.echo(
            f"{one.reports:>8} {one.incidents:>9} {one.alerts:>7} {whole.wall:>6.0f}s {whole.sink:>6.0f}s "
            f"{whole.server:>6.0f}s {whole.speed:>8.0f} {early:>6.0f} {late:>6.0f} {1000 * one.p99():>5.1f}ms "
            f"{one.megabytes:>6}MB  {name}"
        )


def bounds(name: str, measured: Measured) -> Iterator[str]:
    """What is broken, in words."""
    early, late = _ends(measured)
    if name == "PostgreSQL" and measured.whole().speed < LEAST:
        yield f"{name}: {measured.whole().speed:.0f} reports a second of processor time, of {LEAST} wanted"
    if late < (1 - MOST_SLOWER) * early:
        yield f"{name}: {late:.0f} reports a second at the end, {early:.0f} at a tenth of the way: too much slower"


def _ends(measured: Measured) -> tuple[float, float]:
    """Reports a second at a tenth of the way and at the end, a tenth of the reports each."""
    tenth = max(len(measured.spans) // 10, 1)
    parts = measured.spans[tenth : 2 * tenth] or measured.spans, measured.spans[-tenth:]
    early, late = (Measured(spans=part).whole().speed for part in parts)
    return early, late


if __name__ == "__main__":
    raise SystemExit(main())
