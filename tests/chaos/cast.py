"""The services as processes: two of each, killed, stopped, frozen, and started again when they end by themselves."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from deploy.kafka.kept import Kept
from deploy.kafka.ports import free_ports

ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0
"""Seconds after which a process that was told to stop counts as one that does not."""

Command = Callable[[str], list[str]]
T = TypeVar("T")


def product(service: str) -> list[str]:
    """The command line of a service as it is delivered."""
    return [sys.executable, "-P", "-m", "services", "serve", service]


class StuckError(Exception):
    """A process did not do in minutes what takes seconds."""


@dataclass
class Service:
    """One process of a service. It ends with us, whatever ends us, by its keeper."""

    name: str
    kind: str
    port: int
    folder: Path
    environment: dict[str, str]
    lock: int
    command: Command = product
    held: bool = False
    """True while a fault has it down on purpose: nobody starts it then."""
    starts: int = 0
    _kept: Kept = field(default_factory=Kept)

    def start(self) -> None:
        """Returns at once."""
        self.starts += 1
        self._kept = Kept()
        own = {"PYTHONPATH": str(ROOT), f"TOCSIN_{self.kind.upper()}_PORT": str(self.port)}
        failure = self._kept.start(
            self.command(self.kind), out=self.log, lock=self.lock, env=os.environ | self.environment | own, cwd=ROOT
        )
        if failure is not None:
            raise StuckError(f"{self.name} cannot be started: {failure}")

    @property
    def log(self) -> Path:
        """What its present process says."""
        return self.folder / f"{self.name}.{self.starts}.log"

    @property
    def pid(self) -> int | None:
        """Its own while it runs, not its keeper's."""
        return self._kept.pid

    @property
    def running(self) -> bool:
        return self._kept.running

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the service itself; nothing where it has just ended by itself."""
        if self._kept.running and self._kept.pid is not None:
            try:
                os.kill(self._kept.pid, number)
            except ProcessLookupError:
                return

    def wait(self) -> None:
        """Until it is gone. Raises StuckError where it was told to stop and does not."""
        deadline = time.monotonic() + _PATIENCE
        while self._kept.running:
            if time.monotonic() > deadline:
                raise StuckError(f"{self.name} does not stop, see {self.log}")
            time.sleep(0.02)
        self._kept.wait()

    def last_words(self) -> str:
        """The last line of its log that tells of an error, else the last."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        told = [line for line in lines if '"level": "error"' in line or not line.startswith("{")]
        return _readable((told or lines or ["nothing at all"])[-1])

    def close(self) -> None:
        """End it in order; returns when it is gone."""
        self._kept.ask_to_stop()
        self._kept.wait()


@dataclass
class Cast:
    """All of them."""

    services: list[Service]
    fell: list[str] = field(default_factory=list)
    """Who ended by itself, with its last words."""

    def start(self) -> None:
        """Returns at once."""
        for service in self.services:
            service.start()

    def tend(self) -> None:
        """Start those that have ended by themselves, as a supervisor would."""
        for service in self.services:
            if not service.running and not service.held:
                self.fell.append(f"{service.name}: {service.last_words()}")
                service.start()

    def of(self, *kinds: str) -> list[Service]:
        """Those of some kinds."""
        return [service for service in self.services if service.kind in kinds]

    def close(self) -> None:
        """End them all."""
        stop_all(self.services)


@contextmanager
def staged(
    kinds: Sequence[str], folder: Path, environment: Mapping[str, str], command: Command = product
) -> Iterator[Cast]:
    """One service for each of `kinds`, not started yet; those that run end with the context. Logs go under `folder`."""
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    cast = Cast(
        [
            Service(f"{kind}-{kinds[:at].count(kind) + 1}", kind, port, logs, dict(environment), lock, command)
            for at, (kind, port) in enumerate(zip(kinds, free_ports(len(kinds)), strict=True))
        ]
    )
    try:
        yield cast
    finally:
        cast.close()
        os.close(lock)


def stop_all(services: Sequence[Service]) -> None:
    """End services in order, all at once."""
    for service in services:
        service.held = True
        service._kept.ask_to_stop()
    for service in services:
        service._kept.wait()


def _readable(line: str) -> str:
    try:
        told = json.loads(line)
    except ValueError:
        return line
    return f"{told.get('event')} {told.get('error') or ''}".strip() if isinstance(told, dict) else line
