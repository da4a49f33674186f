"""The public data sets: which of them are here, and the figures that scorers outside of this repository give."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Task:
    """What one scorer measures: a command of Tocsin's on sets that lie in one folder."""

    scorer: str
    """The program's file name."""
    sets: tuple[str, ...]
    """Names of the sets, as the scorer knows them."""
    file: str
    """How a set's file is named."""
    command: str
    """The command that the scorer runs, Article lines in."""

    def path(self, data: Path, name: str) -> Path:
        """The file of a set."""
        return data / self.file.format(name)

    def present(self, data: Path) -> list[str]:
        """The sets that lie in `data`."""
        return [name for name in self.sets if self.path(data, name).is_file()]


def _tocsin(*words: str) -> str:
    return shlex.join([sys.executable, "-m", "services", *words])


EVENTS = Task(
    "score.py",
    ("fakes_syria", "case2021_task2", "satp_tagtog", "plv", "ceha", "event_location"),
    "{}.jsonl",
    _tocsin("extract", "--jsonl"),
)
INCIDENTS = Task(
    "score_incidents.py",
    ("ecbplus", "gvc", "gva", "news_cluster"),
    "incidents_{}.jsonl",
    _tocsin("incidents", "--jsonl"),
)
TASKS = (EVENTS, INCIDENTS)
"""README.md tells where each set comes from and under which licence; none may be kept in this repository."""


def default_scorers(data: Path) -> Path:
    """Where the scorers stand when nobody says otherwise: `data/dev` lies beside `eval`."""
    return data / ".." / ".." / "eval"


def skipped(data: Path | None, scorers: Path | None) -> Iterator[str]:
    """What cannot be measured here, each with its reason."""
    if data is None:
        yield "public sets: skipped, no --data DIR is given (make quality DATA=DIR)"
        return
    for task in TASKS:
        if scorers is None or not (scorers / task.scorer).is_file():
            yield f"public sets: skipped, there is no {task.scorer} in {scorers}: name its folder by --scorers DIR"
            continue
        here = task.present(data)
        yield from (f"{name}: skipped, {task.path(data, name)} is absent" for name in task.sets if name not in here)


def score(data: Path, scorers: Path) -> int:
    """Run the scorers on the sets that are there; they print. Blocks for minutes. Returns the worst exit status."""
    worst = 0
    for task in TASKS:
        here = task.present(data)
        if here and (scorers / task.scorer).is_file():
            command = [sys.executable, str(scorers / task.scorer), "--data", str(data), "--cmd", task.command]
            worst = max(worst, subprocess.run([*command, "--only", *here], check=False).returncode)
    return worst
