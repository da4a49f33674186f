"""A service as a process under a keeper (deploy/kafka/keeper.py), which ends it with us, whatever ends us."""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka.kept import Kept
from services.common.errors import TocsinError

_TAIL = 8
"""How many of a log's last lines are told when a service dies."""
_ROOT = Path(__file__).parents[2]


class Died(TocsinError):  # noqa: N818  named for what happened
    """Something that `up` started ended by itself."""


@dataclass
class Child:
    """One service."""

    name: str
    log: Path
    environment: dict[str, str]
    lock: int
    """Number of an open file that the service is to hold while it runs."""
    _kept: Kept = field(default_factory=Kept, init=False)

    def start(self) -> None:
        """Returns at once. Raises Died when it cannot be started."""
        if self.log.exists():  # the tail that an error shows must be this run's
            self.log.replace(self.log.with_suffix(".log.before"))
        environment = os.environ | self.environment | {"PYTHONPATH": _python_path(), "PYTHONUNBUFFERED": "1"}
        failure = self._kept.start(_command(self.name), out=self.log, lock=self.lock, env=environment)
        if failure is not None:
            raise Died(f"{self.name} could not be started: {failure}")

    @property
    def started(self) -> bool:
        """Whether it was started; it may be gone again."""
        return self._kept.started

    def died(self) -> Died | None:
        """That it ended by itself, with its last words; None while it runs, and before it was started."""
        return died(self.name, self.log) if self._kept.started and not self._kept.running else None

    def ask_to_stop(self) -> None:
        """Returns at once; `wait` then waits for it, GRACE seconds at most."""
        self._kept.ask_to_stop()

    def wait(self) -> None:
        """Until it is gone, and its keeper."""
        self._kept.wait()


def stop_all(children: Sequence[Child]) -> None:
    """Stops those that run, all at once; blocks until they are gone, GRACE seconds at most."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait()


def died(name: str, log: Path) -> Died:
    """That `name` died, with the end of its log."""
    return Died(
        "\n  ".join([f"{name} stopped unexpectedly; everything is stopped. Its last words ({log}):", *_tail(log)])
    )


def _tail(log: Path) -> list[str]:
    try:
        with log.open(encoding="utf-8", errors="replace") as file:
            lines = list(deque(file, _TAIL))
    except FileNotFoundError:
        lines = []
    return [_readable(line.rstrip()) for line in lines] or ["nothing at all"]


def _readable(line: str) -> str:
    """A structured line as level, event and the rest; others as they are."""
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    if not isinstance(told, dict) or "event" not in told:
        return "".join(char if char.isprintable() else "\ufffd" for char in line)
    more = {key: value for key, value in told.items() if key not in ("event", "level", "time", "service")}
    return f"{told.get('level', 'info')}: {told['event']}{f' {json.dumps(more)}' if more else ''}"


def _command(name: str) -> list[str]:
    return [sys.executable, "-P", "-m", "services", "serve", name]


def _python_path() -> str:
    """The service must be ours, also where the user's own folder holds something called `services`."""
    return os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
