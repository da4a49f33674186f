"""The public data sets: which of them are here, and the figures that a scorer outside of this repository gives."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SETS = ("fakes_syria", "case2021_task2", "satp_tagtog", "plv", "ceha", "event_location")
"""File stems. README.md tells where each comes from and under which licence; none may be kept in this repository."""

EXTRACT = f"{shlex.quote(sys.executable)} -m services extract --jsonl"
"""The command that the scorer runs: Article lines in, lines of events out."""


def default_scorer(data: Path) -> Path:
    """Where the scorer stands when nobody says otherwise: `data/dev` lies beside `eval/score.py`."""
    return data / ".." / ".." / "eval" / "score.py"


def skipped(data: Path | None, scorer: Path | None) -> Iterator[str]:
    """What cannot be measured here, each with its reason."""
    if data is None:
        yield "public sets: skipped, no --data DIR is given (make quality DATA=DIR)"
        return
    if scorer is None or not scorer.is_file():
        yield f"public sets: skipped, there is no scorer at {scorer}: name one by --scorer PATH"
        return
    yield from (f"{name}: skipped, {data / name}.jsonl is absent" for name in SETS if name not in present(data))


def present(data: Path) -> list[str]:
    """The sets that lie in `data`."""
    return [name for name in SETS if (data / f"{name}.jsonl").is_file()]


def score(data: Path, scorer: Path) -> int:
    """Run the scorer on the sets that are there; it prints. Blocks for minutes. Returns its exit status."""
    command = [sys.executable, str(scorer), "--data", str(data), "--cmd", EXTRACT, "--only", *present(data)]
    return subprocess.run(command, check=False).returncode
