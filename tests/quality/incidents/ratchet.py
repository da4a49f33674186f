"""The best reached on incident cases, raised by `python -m tests.quality.ratchet --update` and never lowered by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter

from tests.quality.case import Strict
from tests.quality.incidents.run import IncidentResult

PATH = Path(__file__).parent / "ratchet.yaml"
HEAD = (
    "# The best reached, in groups found exactly and fields. Written by `python -m tests.quality.ratchet --update`.\n"
)
KINDS = {"one_incident": False, "look_alikes": True}
"""Counted apart, so that joining more cannot pay for keeping less apart."""


class Mark(Strict):
    """What must not be lost again."""

    groups: Annotated[int, Field(ge=0)] = 0
    fields: Annotated[int, Field(ge=0)] = 0


def reached(results: Sequence[IncidentResult]) -> dict[str, Mark]:
    """What `results` reach, by kind of case."""
    return {kind: _reached([r for r in results if r.case.apart() == apart]) for kind, apart in KINDS.items()}


def _reached(results: Sequence[IncidentResult]) -> Mark:
    checks = [check.ok for result in results for check in result.compared.checks()]
    return Mark(groups=sum(result.compared.exact() for result in results), fields=sum(checks))


def read(path: Path = PATH) -> dict[str, Mark]:
    """The marks by kind; none when there is no file yet. Raises pydantic.ValidationError."""
    if not path.exists():
        return {}
    return TypeAdapter(dict[str, Mark]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {})


def fallen(results: Sequence[IncidentResult], marks: Mapping[str, Mark]) -> list[str]:
    """What `results` have lost against `marks`, in words; empty when nothing."""
    pairs = [
        (kind, what, getattr(now, what), getattr(marks.get(kind, Mark()), what))
        for kind, now in reached(results).items()
        for what in ("groups", "fields")
    ]
    return [f"incidents, {kind}: {now} {what} are right, {best} were" for kind, what, now, best in pairs if now < best]


def raised(results: Sequence[IncidentResult], marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """The marks, each at least what it was."""
    new = {}
    for kind, now in reached(results).items():
        old = marks.get(kind, Mark())
        new[kind] = Mark(groups=max(old.groups, now.groups), fields=max(old.fields, now.fields))
    return new


def write(marks: Mapping[str, Mark], path: Path = PATH) -> None:
    """Write the marks, a line each."""
    lines = [f"{kind}: {{groups: {mark.groups}, fields: {mark.fields}}}\n" for kind, mark in sorted(marks.items())]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
