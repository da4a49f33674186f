"""The table of incident cases, as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from tests.quality.incidents import bcubed, ratchet
from tests.quality.incidents.case import PHENOMENA, load
from tests.quality.incidents.run import IncidentResult, run_all


def show_all(*, cases: bool) -> list[str]:
    """Run and print every case and the totals; with `cases`, what fails too. Returns what fell below the ratchet."""
    results = run_all(load())
    show(results, cases=cases)
    lost = ratchet.fallen(results, ratchet.read())
    click.echo("\n" + ("\n".join(lost) or "The incidents have not fallen below their best."))
    return lost


def show(results: Sequence[IncidentResult], *, cases: bool) -> None:
    """Print the table, the totals and, with `cases`, every failing case."""
    click.echo(f"\n{'groups':>7} {'extra':>5} {'fields':>7}  incidents told by several articles")
    for result in results:
        click.echo(f"{_counts([result])}  {result.stem}: {result.case.about}")
    _totals(results)
    if cases:
        _failing(results)


def _counts(results: Sequence[IncidentResult]) -> str:
    groups = [group for result in results for group in result.compared.groups]
    checks = [check for group in groups for check in group.checks]
    extra = sum(len(result.compared.extra) for result in results)
    right = f"{sum(check.ok for check in checks)}/{len(checks)}"
    return f"{f'{sum(group.exact for group in groups)}/{len(groups)}':>7} {extra:>5} {right:>7}"


def _totals(results: Sequence[IncidentResult]) -> None:
    click.echo("by phenomenon")
    for phenomenon in PHENOMENA:
        click.echo(f"{_counts([r for r in results if phenomenon in r.case.phenomena])}  {phenomenon}")
    click.echo("in all")
    for name, some in (
        ("one incident", [r for r in results if not r.case.apart()]),
        ("look-alikes", [r for r in results if r.case.apart()]),
        ("all cases", results),
    ):
        passed = sum(result.compared.passed() for result in some)
        click.echo(f"{_counts(some)}  {name}: {passed} of {len(some)} cases pass")
    together = bcubed.total(result.compared.mentions for result in results)
    click.echo(f"B-cubed: precision {together.precision:.3f}, recall {together.recall:.3f}, F1 {together.f1:.3f}")
    found = [check for r in results for group in r.compared.groups if group.exact for check in group.checks]
    click.echo("of the groups found exactly")
    for field in sorted({check.field for check in found}):
        of_field = [check.ok for check in found if check.field == field]
        click.echo(f"  {field}: {sum(of_field)} of {len(of_field)} ({sum(of_field) / len(of_field):.1%})")


def _failing(results: Iterable[IncidentResult]) -> None:
    for result in (result for result in results if not result.compared.passed()):
        click.echo(f"\n{result.stem}: {result.case.about}")
        for line in failures(result):
            click.echo(f"    {line}")


def failures(result: IncidentResult) -> list[str]:
    """What is wrong in one case, a line each."""
    lines = []
    for group in result.compared.groups:
        wanted = ", ".join(group.wanted.reports)
        if group.exact:
            wrong = [check for check in group.checks if not check.ok]
            lines += [f"[{wanted}] {check.field}: wanted {check.wanted}, got {check.got}" for check in wrong]
        else:
            lines.append(f"[{wanted}] not found; most like it is [{', '.join(group.got)}]")
    for incident in result.compared.extra:
        told = ", ".join(sorted({report.article_id for report in incident.reports}))
        lines.append(f"not stated: [{told}] {incident.event.sub_event_type or 'no ACLED type'}")
    return lines
