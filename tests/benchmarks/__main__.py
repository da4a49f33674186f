"""`make bench`: how fast the coder reads, beside spaCy on the same sentences in the same run, and what it holds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tests.benchmarks import texts
from tests.benchmarks.measure import Measured, measure, resident
from tests.benchmarks.recall import Recall, from_folder

MOST_TIMES_SPACY = 1.3
LEAST_GENERAL = 5.0
"""So many times the words a second of conflict news must general news go at."""
MOST_GENERAL_PASSED = 0.1
"""The share of the sentences of general news that the gate may let through."""
MOST_RESIDENT = 600
"""Megabytes a process."""
LEAST_RECALL = 0.995
"""The share of the marked events of a set that the gate must let through."""
CONFLICT, GENERAL = "conflict, long", "general"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table. Returns 1 when a bound is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of articles as JSON lines, timed as well")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the quickest counts")
    parser.add_argument("--most", type=int, default=300, help="articles of a file of DATA")
    options = parser.parse_args(argv)
    sets = {
        "conflict, short": texts.short_conflict(),
        CONFLICT: texts.long_conflict(),
        GENERAL: texts.general(),
        **(texts.from_folder(options.data, options.most) if options.data else {}),
    }
    measure(sets[GENERAL], 1)  # what is loaded once is not timed
    found = {name: measure(articles, options.rounds) for name, articles in sets.items()}
    held = resident()
    show(found, held)
    recall = from_folder(options.data) if options.data else {}
    show_recall(recall)
    broken = [*bounds(found, held), *lost(recall)]
    click.echo("\n" + ("\n".join(broken) or "All bounds hold."))
    return 1 if broken else 0


def show(found: dict[str, Measured], held: int) -> None:
    """Print a line for each set, then the stages' shares."""
    click.echo(f"{'articles':>8} {'words':>7} {'passed':>7} {'words/s':>8} {'spaCy':>7} {'coder':>7} {'ratio':>6}  set")
    for name, one in found.items():
        passed = f"{one.passed / max(one.sentences, 1):.1%}"
        click.echo(
            f"{one.articles:>8} {one.words:>7} {passed:>7} {one.speed:>8.0f} {one.spacy:>6.2f}s {one.seconds:>6.2f}s "
            f"{one.ratio:>6.2f}  {name}"
        )
    stages = list(dict.fromkeys(stage for one in found.values() for stage in one.stages))
    click.echo("\n" + " ".join(f"{stage:>8}" for stage in [*stages, "other"]) + "  share of the coder's time")
    for name, one in found.items():
        shares = [one.stages.get(stage, 0.0) for stage in stages]
        click.echo(" ".join(f"{share:>8.1%}" for share in [*shares, max(1 - sum(shares), 0.0)]) + f"  {name}")
    click.echo(f"\nresident at most: {held} MB")


def show_recall(recall: dict[str, Recall]) -> None:
    """Print what the gate lets through of the events that others marked."""
    if recall:
        click.echo(f"\n{'marked':>8} {'passed':>7} {'share':>7}  events that the gate lets through")
    for name, one in recall.items():
        click.echo(f"{one.events:>8} {one.passed:>7} {one.share:>7.4f}  {name}")


def lost(recall: dict[str, Recall]) -> Iterator[str]:
    """The sets of which the gate keeps out too much, in words."""
    for name, one in recall.items():
        if one.share < LEAST_RECALL:
            yield f"{name}: the gate lets through {one.passed} of {one.events} marked events: {LEAST_RECALL}"


def bounds(found: dict[str, Measured], held: int) -> Iterator[str]:
    """What is broken, in words."""
    conflict, general = found[CONFLICT], found[GENERAL]
    if conflict.ratio > MOST_TIMES_SPACY:
        yield f"the coder takes {conflict.ratio:.2f} times what spaCy takes on the same sentences: {MOST_TIMES_SPACY}"
    if general.speed < LEAST_GENERAL * conflict.speed:
        yield f"general news goes {general.speed / conflict.speed:.1f} times as fast as conflict news: {LEAST_GENERAL}"
    if general.passed > MOST_GENERAL_PASSED * general.sentences:
        yield f"{general.passed} of {general.sentences} sentences of general news pass: {MOST_GENERAL_PASSED:.0%}"
    if held > MOST_RESIDENT:
        yield f"{held} MB resident: {MOST_RESIDENT}"


if __name__ == "__main__":
    raise SystemExit(main())
