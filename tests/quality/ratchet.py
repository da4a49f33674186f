"""The best reached on each phenomenon: `python -m tests.quality.ratchet --update` raises it, and never lowers it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import click
import yaml
from pydantic import Field, TypeAdapter

from tests.quality.case import Strict, load
from tests.quality.incidents import case as incident_case
from tests.quality.incidents import ratchet as incident_ratchet
from tests.quality.incidents.run import run_all as run_incidents
from tests.quality.run import PhenomenonResult, run_all

PATH = Path(__file__).parent / "ratchet.yaml"
HEAD = "# The best reached, in passing cases and fields. Written by `python -m tests.quality.ratchet --update`.\n"


class Mark(Strict):
    """What must not be lost again."""

    cases: Annotated[int, Field(ge=0)] = 0
    fields: Annotated[int, Field(ge=0)] = 0


def read(path: Path = PATH) -> dict[str, Mark]:
    """The marks by file stem; empty when there is no file yet. Raises pydantic.ValidationError."""
    if not path.exists():
        return {}
    return TypeAdapter(dict[str, Mark]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


def fallen(result: PhenomenonResult, mark: Mark) -> list[str]:
    """What `result` has lost against `mark`, in words; empty when nothing."""
    pairs = [("cases", result.passing_cases, mark.cases), ("fields", result.passing_fields, mark.fields)]
    return [f"{result.name}: {now} {what} pass, {best} did" for what, now, best in pairs if now < best]


def raised(marks: Mapping[str, Mark], results: Sequence[PhenomenonResult]) -> dict[str, Mark]:
    """The marks of the phenomena that exist, each at least what it was."""
    old = {result.stem: marks.get(result.stem, Mark()) for result in results}
    return {
        result.stem: Mark(
            cases=max(old[result.stem].cases, result.passing_cases),
            fields=max(old[result.stem].fields, result.passing_fields),
        )
        for result in results
    }


def write(marks: Mapping[str, Mark], path: Path = PATH) -> None:
    """Write the marks, a line each."""
    lines = [f"{stem}: {{cases: {mark.cases}, fields: {mark.fields}}}\n" for stem, mark in sorted(marks.items())]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Raise the ratchet, or tell what fell. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.ratchet", description=__doc__)
    parser.add_argument("--update", action="store_true", help="write what is better than before")
    options = parser.parse_args(argv)
    results, marks = run_all(load()), read()
    lost = [line for result in results for line in fallen(result, marks.get(result.stem, Mark()))]
    lost += _incidents(update=options.update)
    click.echo("\n".join(lost) or "Nothing has fallen.")
    if options.update:
        write(raised(marks, results))
    return 1 if lost else 0


def _incidents(*, update: bool) -> list[str]:
    results, marks = run_incidents(incident_case.load()), incident_ratchet.read()
    if update:
        incident_ratchet.write(incident_ratchet.raised(results, marks))
    return incident_ratchet.fallen(results, marks)


if __name__ == "__main__":
    raise SystemExit(main())
