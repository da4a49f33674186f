"""A process under a keeper (keeper.py), which ends it with its starter, whatever ends the starter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka import keeper

GRACE = 4.0
"""Seconds from SIGTERM to SIGKILL."""


@dataclass(slots=True)
class Kept:
    """One process of ours; `pid` is its own while it runs, not its keeper's."""

    pid: int | None = field(default=None, init=False)
    _keeper: subprocess.Popen[str] | None = field(default=None, init=False)

    def start(  # noqa: PLR0913  each is one part of how the process is to run, given by name
        self,
        command: Sequence[str],
        *,
        out: Path,
        lock: int,
        discard: str = "",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> str | None:
        """Starts `command` with its output in `out` and returns at once: null, or why it could not be started.

        It holds the open file `lock` while it runs; the folder `discard`, if any, goes with it. A Ctrl-C at the
        terminal does not reach it: its starter stops what it started, in order.
        """
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", keeper.__file__, str(GRACE), str(out), discard, str(lock), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
            pass_fds=[lock],
            start_new_session=True,
            cwd=cwd,
        )
        assert self._keeper.stdout is not None  # noqa: S101  for mypy: it is a pipe
        # The pipe stays open until `wait`: a Ctrl-C here must not take it from a keeper that is about to answer.
        answer = self._keeper.stdout.readline().strip()
        if not answer.isdigit():
            return answer or "its keeper died"
        self.pid = int(answer)
        return None

    @property
    def started(self) -> bool:
        """Whether it was started; it may be gone again."""
        return self._keeper is not None

    @property
    def running(self) -> bool:
        """Whether it runs; a frozen one does."""
        return self._keeper is not None and self._keeper.poll() is None

    def ask_to_stop(self) -> None:
        """Returns at once; `wait` then waits for it, GRACE seconds at most."""
        if self._keeper is not None and self._keeper.stdin is not None and not self._keeper.stdin.closed:
            try:
                with self._keeper.stdin as pipe:
                    pipe.write("stop\n")
            except BrokenPipeError:
                return  # it ended by itself in between

    def wait(self) -> None:
        """Until it is gone, and its keeper; to be called after `ask_to_stop`, or once it was killed."""
        if self._keeper is not None:
            self._keeper.wait()
            for pipe in (self._keeper.stdin, self._keeper.stdout):
                if pipe is not None:
                    pipe.close()
        self.pid = None
