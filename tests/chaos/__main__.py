"""`make chaos`: breaks a whole Tocsin again and again while it works, and looks whether any promise was broken."""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from deploy.kafka import BrokerError
from tests.chaos.cast import StuckError
from tests.chaos.judge import DIFFERENCES, FINAL, judge, kept, tell_all
from tests.chaos.plan import KINDS, ROUND, Plan, schedule
from tests.chaos.run import chaos
from tests.chaos.table import Result, table


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table. Returns 1 where something does not hold, 2 where the run could not be done."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--faults", type=int, default=ROUND, help=f"how many ({ROUND}: one of each kind and victim)")
    parser.add_argument("--articles", type=int, default=1200, help="how many are fed")
    parser.add_argument("--rate", type=float, default=10.0, help="articles a second")
    parser.add_argument("--seed", type=int, default=1, help="of the order of faults and of what is fed")
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite", help="of the sink")
    parser.add_argument("--only", choices=KINDS, default="", help="faults of one kind")
    parser.add_argument("--again", type=Path, help="judge what an earlier run has left: its final.pickle")
    parser.add_argument("--keep", type=Path, help="folder for data and logs; without it they go when all holds")
    options = parser.parse_args(argv)
    if options.again:
        result = Result()
        judge(result, kept(options.again), click.echo)
        return _told(result, options.again.parent)
    # Three lines at each try while a broker is down on purpose would drown ours.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="tocsin-chaos-"))
    plan = Plan(
        options.seed,
        options.articles,
        schedule(options.seed, options.faults, options.only),
        options.rate,
        folder,
        options.store,
    )
    try:
        result = asyncio.run(chaos(plan, click.echo))
    except (BrokerError, StuckError) as stuck:
        click.echo(f"{stuck}\nData and logs: {folder}", err=True)
        return 2
    except KeyboardInterrupt:
        return 130
    status = _told(result, folder)
    if not status and not options.keep:
        shutil.rmtree(folder, ignore_errors=True)
    return status


def _told(result: Result, folder: Path) -> int:
    click.echo("\n" + "\n".join(table(result)))
    if result.holds:
        return 0
    tell_all(result, folder)
    click.echo(f"\nData and logs: {folder} ({DIFFERENCES}, {FINAL})", err=True)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
