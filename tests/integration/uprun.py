"""`tocsin up` as a person runs it, in a folder and on ports of its own, and third parties beside it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.waiting import await_true

ROOT = Path(__file__).parents[2]
READY = "Tocsin runs"
STARTS = 4  # times LONGEST, for a start on a busy machine


class Up:
    """One data folder, and at most one run on it at a time."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self._out = folder / "out.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        """That of all its processes: by TOCSIN_DATA_DIR they are found again."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
        ports = {f"TOCSIN_{name}_PORT": "0" for name in ("KAFKA", "INGEST", "EXTRACTOR", "SINK")}
        return own | ports | {"TOCSIN_DATA_DIR": str(self.data)} | more

    def start(self, *arguments: str) -> None:
        """Returns when it has told all that it knows of."""
        self.begin(*arguments)
        for _ in range(STARTS):
            if await_true(lambda: READY in self.output or not self.running):
                break
        assert READY in self.output, self.output

    def begin(self, *arguments: str) -> None:
        """Returns at once."""
        with self._out.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "services", "up", *arguments],
                cwd=ROOT,
                env=self.environment(),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ensure(self) -> None:
        """Started unless it runs."""
        if not self.running:
            self.start()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def output(self) -> str:
        return self._out.read_text(errors="replace")

    @property
    def bootstrap(self) -> str:
        found = re.search(r"kcat -b (\S+)", self.output)
        assert found
        return found[1]

    def url(self, service: str) -> str:
        """Where it listens, as the terminal says."""
        found = re.search(r"Metrics\s+(\S+)/metrics\s+(\S+)/metrics\s+(\S+)/metrics", self.output)
        assert found
        return found[("ingest", "extractor", "sink").index(service) + 1]

    def headlines(self) -> list[str]:
        """Of the panels on the terminal."""
        return panels(self.output)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """The exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait()

    def kill(self) -> None:
        """For good, whatever state it is in."""
        if self.process is not None and self.running:
            self.process.kill()
            self.process.wait()
        await_true(lambda: not self.processes())

    def processes(self) -> list[str]:
        """Command lines of all that it started and that is there still."""
        found = []
        mark = f"TOCSIN_DATA_DIR={self.data}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (process / "environ").read_bytes().split(b"\0"):
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        return found

    def service(self, name: str) -> int:
        """Process id of a service."""
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (process / "cmdline").read_bytes().split(b"\0")
                mark = f"TOCSIN_DATA_DIR={self.data}".encode()
                if (
                    command[1:6] == [b"-P", b"-m", b"services", b"serve", name.encode()]
                    and mark in (process / "environ").read_bytes()
                ):
                    return int(process.name)
        raise AssertionError(f"{name} does not run")

    def tocsin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command, against this run's broker."""
        return subprocess.run(
            [sys.executable, "-m", "services", *arguments],
            cwd=ROOT,
            env=self.environment(TOCSIN_BOOTSTRAP=self.bootstrap),
            capture_output=True,
            text=True,
            check=False,
        )

    def produce(self, key: str, value: bytes, *options: str, topic: str = "articles") -> None:
        """By kcat, the value as it is; an empty one stands for none at all."""
        command = ["kcat", "-b", self.bootstrap, "-t", topic, "-P", *options]
        if value:
            article = self.data / "article"
            article.write_bytes(value)
            subprocess.run([*command, "-k", key, str(article)], check=True, capture_output=True)
        else:  # a tombstone
            subprocess.run([*command, "-K:", "-Z"], input=f"{key}:\n".encode(), check=True, capture_output=True)

    def consume(self, topic: str) -> list[bytes]:
        """By kcat, all values that the topic holds; none of them has a line end."""
        command = ["kcat", "-b", self.bootstrap, "-t", topic, "-C", "-e", "-q", "-o", "beginning"]
        return subprocess.run(command, check=True, capture_output=True).stdout.splitlines()

    def alerts(self) -> list[dict[str, Any]]:
        return [json.loads(value) for value in self.consume("event-alerts")]

    def until_alert(self, article: str) -> dict[str, Any]:
        """The first alert that reports the article."""
        found: list[dict[str, Any]] = []

        def look() -> bool:
            found[:] = [a for a in self.alerts() if any(r["article_id"] == article for r in a["reports"])]
            return bool(found)

        assert await_true(look), (self.data / "logs" / "extractor.log").read_text()[-3000:]
        return found[0]


def panels(output: str) -> list[str]:
    """The first line of each alert's headline."""
    return re.findall(r"^╭─.*\n│ (.*?) *│$", output, re.MULTILINE)


def fetch(url: str, body: bytes | None = None) -> tuple[int, str, str]:
    """Status, content type and body of an HTTP request; POST when there is a body."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    request = urllib.request.Request(url, body, headers)  # noqa: S310  a URL of the test's own
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  as above
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers["Content-Type"], refused.read().decode()


def eventually(look: Callable[[], bool], why: Callable[[], str]) -> None:
    assert await_true(look), why()
