"""`make flood`: ten times as many articles as are coded, for ten minutes, and a broker that hangs meanwhile."""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from deploy.kafka import BrokerError
from tests.chaos.cast import StuckError
from tests.flood.memory import GROWTH, MOST, measurable
from tests.flood.run import Plan, Result, flood

_TOLD = 8


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table. Returns 1 where something does not hold, 2 where the flood could not be."""
    parser = argparse.ArgumentParser(prog="python -m tests.flood", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long the flood lasts")
    parser.add_argument("--times", type=float, default=10.0, help="articles that come for one that is coded")
    parser.add_argument("--seed", type=int, default=1, help="of what is poured in")
    parser.add_argument("--keep", type=Path, help="folder for data and logs; without it they go when all holds")
    options = parser.parse_args(argv)
    if not measurable():
        click.echo("this system does not tell what a process holds: run it on Linux", err=True)
        return 2
    # Three lines at each try while the broker hangs on purpose would drown ours.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="tocsin-flood-"))
    try:
        result = asyncio.run(flood(Plan(options.minutes * 60, options.times, options.seed, folder), click.echo))
    except (BrokerError, StuckError) as stuck:
        click.echo(f"{stuck}\nData and logs: {folder}", err=True)
        return 2
    except KeyboardInterrupt:
        return 130
    click.echo("\n" + "\n".join(table(result)))
    if not result.holds:
        click.echo(f"\nData and logs: {folder}", err=True)
        return 1
    if not options.keep:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def table(result: Result) -> Iterator[str]:
    """Its lines."""
    yield f"{'MiB resident':<14} {'at most':>8} {'allowed':>8} {'second half':>12} {'allowed':>8}"
    for one in result.held:
        yield f"{one.kind:<14} {one.most:>8.0f} {MOST[one.kind]:>8} {one.growth:>+12.0f} {GROWTH[one.kind]:>8}"
    yield ""
    yield f"{'seconds':<44} {result.seconds:>10,.0f}"
    yield f"{'articles accepted':<44} {result.accepted:>10,}"
    yield f"{'articles extracted':<44} {result.extracted:>10,}"
    yield f"{'accepted for one extracted':<44} {result.accepted / max(1, result.extracted):>10.1f}"
    yield from (f"{name:<44} {number:>10,.0f}" for name, number in result.numbers.items())
    yield ""
    for name, sentences in result.wrong.items():
        yield f"{name}: {'holds' if not sentences else f'{len(sentences)} differences'}"
        yield from (f"    {sentence}" for sentence in sentences[:_TOLD])
        if len(sentences) > _TOLD:
            yield f"    and {len(sentences) - _TOLD} more"


if __name__ == "__main__":
    raise SystemExit(main())
