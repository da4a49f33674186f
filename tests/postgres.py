"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket in it, gone with the tests."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.waiting import LONGEST

MISSING = "PostgreSQL is not installed: apt-get install postgresql (its programs only; nothing has to run)"
_DEBIAN = Path("/usr/lib/postgresql")
_PR_SET_PDEATHSIG = 1
# Nothing in it must outlive a power cut, and many sinks may stand side by side.
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")


class Postgres:
    """A server that runs until it is stopped, and can be started again."""

    def __init__(self, folder: Path, settings: Sequence[str]) -> None:
        self.folder, self._settings = folder, settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Comes back once it answers."""
        binaries = programs()
        assert binaries is not None, MISSING
        options = [part for setting in (*_QUICK, *self._settings) for part in ("-c", setting)]
        command = [binaries / "postgres", "-D", self.folder / "data", "-k", self.folder, *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_us,  # noqa: PLW1509  it only asks the kernel for a signal
                **_somebody(),
            )
        deadline = time.monotonic() + LONGEST
        while not self._answers():
            assert self._process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "PostgreSQL does not start"
            time.sleep(0.02)

    def stop(self) -> None:
        """End it, and all sessions."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()

    @property
    def pid(self) -> int:
        """Its first process."""
        assert self._process is not None
        return self._process.pid

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, database: str) -> str:
        """What a person would set."""
        return f"postgresql://tocsin@/{database}?host={self.folder}"

    def database(self, like: str = "template0") -> str:
        """The URL of a new database, with what the one that it is like has."""
        name = f"t{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Forget a database, whoever is still connected."""
        self.run(f"DROP DATABASE {url.partition('?')[0].rpartition('/')[2]} WITH (FORCE)")

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`, the newest where there are several."""
    found = shutil.which("pg_config")
    if found:
        said = subprocess.run([found, "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
        if said and Path(said, "initdb").exists():
            return Path(said)
    versions = [p for p in _DEBIAN.glob("*/bin") if (p / "initdb").exists()]
    return max(versions, key=lambda path: int(path.parent.name), default=None)


@contextmanager
def running(*settings: str, under: Path | None = None) -> Iterator[Postgres]:
    """A server of a new cluster; `settings` are name=value and win over those that make it quick."""
    binaries = programs()
    assert binaries is not None, MISSING
    # Not under pytest's folders, which root alone may enter, and short, as the names of sockets must be.
    folder = Path(tempfile.mkdtemp(prefix="tocsin-pg-", dir=under))
    try:
        _make(binaries, folder)
        server = Postgres(folder, settings)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(binaries: Path, folder: Path) -> None:
    who = _somebody()
    if who:
        os.chown(folder, who["user"], who["group"])
    command = [binaries / "initdb", "-D", folder / "data", "-U", "tocsin", "-A", "trust", "-E", "UTF8", "--locale=C"]
    made = subprocess.run([*command, "--no-sync"], capture_output=True, text=True, check=False, cwd=folder, **who)
    assert made.returncode == 0, made.stdout + made.stderr


def _somebody() -> dict[str, int]:
    """PostgreSQL refuses to run as root: it then runs as its own user or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid}
    raise AssertionError("no user to run PostgreSQL as")


def _die_with_us() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
