"""The data folder: one `tocsin up` uses it at a time, with all that it started."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.common.errors import Fatal

PATIENCE = 8.0
"""Seconds for what a killed run left behind to end: longer than a service's and the broker's grace."""
_TICK = 0.05


@dataclass(frozen=True)
class Folder:
    """An open data folder."""

    path: Path
    lock: int
    """Number of the open file that holds it; whoever inherits it holds it too."""
    after_crash: bool
    """Whether the last run was killed, so that its broker may still be about to end."""

    @property
    def logs(self) -> Path:
        """Where services log to."""
        return self.path / "logs"


@contextmanager
def open_folder(path: Path) -> Iterator[Folder]:
    """Makes and holds the folder; blocks up to PATIENCE seconds while another run holds it.

    Raises Fatal, with what to do, when that one goes on, or the folder cannot be written.
    """
    path = path.absolute()
    try:
        (path / "logs").mkdir(parents=True, exist_ok=True)
        lock = os.open(path / "up.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as wrong:
        raise Fatal(f"{path} cannot hold Tocsin's data ({wrong.strerror}): name another folder with --data") from wrong
    try:
        _hold(lock, path)
        after_crash = bool(os.pread(lock, 1, 0))
        try:
            os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        except OSError as full:
            raise Fatal(f"{path} cannot be written to ({full.strerror}): make room there") from full
        try:
            yield Folder(path, lock, after_crash)
        finally:
            os.ftruncate(lock, 0)  # only kill -9 leaves it filled
    finally:
        os.close(lock)


def _hold(lock: int, path: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                owner = os.pread(lock, 20, 0).decode(errors="replace").strip()
                raise Fatal(
                    f"another `tocsin up`{f' (process {owner})' if owner.isdigit() else ''} uses {path}: "
                    "stop it, or name another folder with --data"
                ) from None
            time.sleep(_TICK)
        else:
            return
