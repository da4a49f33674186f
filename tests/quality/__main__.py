"""`make quality`: how well own cases are read, of articles and of incidents, and public data where it is at hand."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import click

from tests.quality import public, public_reliability, ratchet
from tests.quality.case import load
from tests.quality.incidents.table import show_all
from tests.quality.reliability import Bin, binned, reliability
from tests.quality.run import PhenomenonResult, run_all


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables. Returns 1 when something fell below its ratchet or the scorer failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of public data sets as JSON lines; README.md names them")
    parser.add_argument("--scorers", type=Path, help="folder of the programs that score them (default: DIR/../../eval)")
    parser.add_argument("--cases", action="store_true", help="list every failing case, field by field")
    options = parser.parse_args(argv)
    results = run_all(load())
    lost = [*show(results, cases=options.cases), *show_all(cases=options.cases)]
    scorers = options.scorers or (public.default_scorers(options.data) if options.data else None)
    click.echo("\n" + "\n".join(public.skipped(options.data, scorers)))
    if options.data is not None:
        _public_confidence(options.data)
    failed = public.score(options.data, scorers) if options.data and scorers else 0
    return 1 if lost or failed else 0


def show(results: Sequence[PhenomenonResult], *, cases: bool) -> list[str]:
    """Print the table of own cases; returns what fell below the ratchet."""
    marks = ratchet.read()
    click.echo(f"{'cases':>9} {'best':>4}  {'fields':>11} {'best':>4}  phenomenon")
    for result in results:
        best = marks.get(result.stem, ratchet.Mark())
        passed = f"{result.passing_cases}/{len(result.cases)}"
        fields = f"{result.passing_fields}/{len(result.checks)}"
        click.echo(f"{passed:>9} {best.cases:>4}  {fields:>11} {best.fields:>4}  {result.name}")
    _totals(results)
    _confidence(results)
    if cases:
        _failing(results)
    lost = [line for result in results for line in ratchet.fallen(result, marks.get(result.stem, ratchet.Mark()))]
    click.echo("\n" + ("\n".join(lost) or "No phenomenon has fallen below its best."))
    return lost


def _totals(results: Sequence[PhenomenonResult]) -> None:
    coded = [case for result in results for case in result.cases]
    for name, some in (
        ("all cases", coded),
        ("negative cases", [case for case in coded if case.case.negative()]),
        ("cases without any incident", [case for case in coded if not case.case.wanted()]),
    ):
        passed = sum(case.passed for case in some)
        click.echo(f"{name}: {passed} of {len(some)} pass ({passed / len(some):.1%})")
    checks = [check for case in coded for check in case.checks]
    for field in sorted({check.field for check in checks}):
        of_field = [check.ok for check in checks if check.field == field]
        click.echo(f"  {field}: {sum(of_field)} of {len(of_field)} ({sum(of_field) / len(of_field):.1%})")


def _confidence(results: Sequence[PhenomenonResult]) -> None:
    click.echo("confidence of incidents: told, and how many were right in type, modality, date and place")
    _bins(reliability([case for result in results for case in result.cases]))


def _public_confidence(folder: Path) -> None:
    for name in public_reliability.SETS:
        if folder.joinpath(f"{name}.jsonl").is_file():
            click.echo(f"{name}, confidence of main incidents: told, and how many were right in relevance and country")
            _bins(binned(list(public_reliability.judged(folder, name))))


def _bins(parts: Sequence[Bin]) -> None:
    for part in parts:
        click.echo(f"  {part.mean:.2f} told, {part.right:.2f} right, {part.events} events")


def _failing(results: Sequence[PhenomenonResult]) -> None:
    for case in (case for result in results for case in result.cases if not case.passed):
        click.echo(f"\n{case.name}: {' | '.join(filter(None, [case.case.title, case.case.text.strip()]))}")
        for check in case.checks:
            if not check.ok:
                click.echo(f"    {check.field}: wanted {check.wanted}, got {check.got}")


if __name__ == "__main__":
    raise SystemExit(main())
