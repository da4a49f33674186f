"""What people see: alerts as panels, and steps that go on while one waits; plain lines where output is piped."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from schemas import Alert
from services.sink.present import render

_PIPED_WIDTH = 100


class Screen:
    """Writes to standard output."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        if not self._console.is_terminal:
            self._console = Console(highlight=False, width=_PIPED_WIDTH)

    def show(self, alert: Alert) -> None:
        """One alert."""
        self._console.print(render(alert))

    def say(self, line: str) -> None:
        """A line, as it is: no markup is read from it, and a command in it is not broken over lines."""
        self._console.print(Text(line), soft_wrap=True)

    def title(self, line: str) -> None:
        """A line that begins something."""
        self._console.rule(Text(line), align="left")

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Something that takes a while: a spinner on a terminal, and in the end a line with its seconds."""
        begun = time.monotonic()
        with self._console.status(Text(what)):
            yield
        self.say(f"  {what}: {time.monotonic() - begun:.1f} s")
