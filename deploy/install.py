"""Installs the locked packages and this clone into .venv: `python deploy/install.py run|dev`, as the Makefile calls it.

Standard library only, since it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
"""Lock files by what they are for; the second holds the first's packages in the same versions."""

_AGAIN = "and run make again; what was downloaded is kept."
_UNREACHED = (
    r"NewConnectionError|NameResolutionError|ProxyError|ConnectTimeout|Connection (refused|reset|aborted|broken)"
    r"|Read timed out|Network is unreachable|SSLError|from versions: none"
)
_CHANGED = (
    "A downloaded package is not the one that the lock names: your package index or a proxy changes packages; "
    "use another one (pip's PIP_INDEX_URL) and run make again."
)
# Why pip failed, by what it printed, and what to do; the first that matches is said.
_REASONS = (
    (r"No space left on device", f"The disk is full: make some 1.5 GB of room {_AGAIN}"),
    (r"DO NOT MATCH THE HASHES", _CHANGED),
    (_UNREACHED, f"The Python package index cannot be reached: check the network, or pip's proxy settings, {_AGAIN}"),
    (r"Permission denied", "A folder cannot be written to (see {log}): mend its rights and run make again."),
)


class SetupError(Exception):
    """The set-up cannot go on; the message is one sentence that says what to do."""


def fingerprint(root: Path, purpose: str) -> str:
    """Hash of what decides the installed packages: the lock for `purpose`, and pyproject.toml for the commands."""
    parts = [(root / name).read_bytes() for name in (LOCKS[purpose], "pyproject.toml")]
    return hashlib.sha256(b"\0".join([*parts, str(root).encode()])).hexdigest()


def stamp(root: Path, purpose: str) -> Path:
    """The file that holds the fingerprint of what is installed; the Makefile compares its age."""
    return root / ".venv" / f".ready-{purpose}"


def explain(output: str, log: Path) -> str:
    """The sentence for a failed pip: what to do, from what it printed."""
    for pattern, sentence in _REASONS:
        if re.search(pattern, output):
            return sentence.format(log=log)
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")]
    what = errors[-1].removeprefix("ERROR:").strip() if errors else "pip failed"
    return f"{what} (the whole story is in {log})"


def package_of(line: str) -> str | None:
    """The package that a line of pip's output says it has come to; None for other lines."""
    match = re.match(r"(?:Collecting|Requirement already satisfied:) ([^\s;]+)", line)
    return match.group(1) if match else None


class Progress:
    """One line that counts on a terminal, plain lines elsewhere."""

    def __init__(self, total: int, out: TextIO) -> None:
        self.total, self.out, self.seen, self.live = total, out, 0, out.isatty()

    def show(self, what: str) -> None:
        """Say what is going on, in place of what was said last where the terminal allows it."""
        self.out.write(f"\r\033[K{what}" if self.live else f"{what}\n")
        self.out.flush()

    def read(self, line: str) -> None:
        """Take one line of pip's output."""
        if package := package_of(line):
            self.seen += 1
            self.show(f"  [{min(self.seen, self.total)}/{self.total}] {package}")
        elif line.startswith("Installing collected packages"):
            self.show("  unpacking (a minute or less)")

    def close(self) -> None:
        """Leave the line on a terminal."""
        if self.live:
            self.out.write("\n")


def ensure_venv(root: Path) -> Path:
    """The Python of .venv, made when it is missing or broken. Raises SetupError without the venv module."""
    python = root / ".venv" / "bin" / "python"
    probe = [str(python), "-m", "pip", "--version"]
    if python.exists() and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return python
    command = [sys.executable, "-m", "venv", "--clear", str(root / ".venv")]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return python
    said = made.stdout + made.stderr
    if "ensurepip" in said or "No module named" in said:
        raise SetupError(
            f"{sys.executable} comes without its venv module: install it (on Debian and Ubuntu: "
            f"apt install python3-venv), or name another Python by make PYTHON=/path/to/python3."
        )
    raise SetupError(explain(said, root / ".venv"))


def pip(python: Path, arguments: list[str], progress: Progress) -> None:
    """Run pip install with `arguments`, showing progress; its output goes to .venv/setup.log. Raises SetupError."""
    command = [str(python), "-m", "pip", "install", "--progress-bar", "off", "--disable-pip-version-check", *arguments]
    log = python.parent.parent / "setup.log"
    lines = []
    with (
        log.open("a", encoding="utf-8") as kept,
        subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        ) as process,
    ):
        if process.stdout is None:
            raise AssertionError("a pipe was asked for")
        for line in process.stdout:
            kept.write(line)
            lines.append(line)
            progress.read(line)
    if process.returncode:
        raise SetupError(explain("".join(lines), log))


def install(purpose: str) -> None:
    """Bring .venv to what the lock for `purpose` says; quick when it is there already. Raises SetupError."""
    wanted = fingerprint(ROOT, purpose)
    ready = stamp(ROOT, purpose)
    if ready.exists() and ready.read_text(encoding="utf-8") == wanted:
        ready.touch()
        return
    lock = ROOT / LOCKS[purpose]
    total = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if re.match(r"[A-Za-z0-9]", line))
    progress = Progress(total, sys.stdout)
    progress.show(f"Setting up .venv: {total} packages, once for each change of {lock.name}")
    progress.close()
    python = ensure_venv(ROOT)
    (ROOT / ".venv" / "setup.log").unlink(missing_ok=True)
    try:
        # The lock is closed under what its packages need; left to look itself, pip would ask for the newest
        # `coverage[toml]` beside the locked `coverage`, and refuse it the day a newer one comes out.
        pip(python, ["--no-deps", "--require-hashes", "-r", str(lock)], progress)
        progress.show("  linking this clone")
        pip(python, ["--no-deps", "--no-build-isolation", "--quiet", "--editable", "."], progress)
    finally:
        progress.close()
    # The dev lock holds the other's packages too.
    for covered in ("run", "dev") if purpose == "dev" else ("run",):
        stamp(ROOT, covered).write_text(fingerprint(ROOT, covered), encoding="utf-8")


def main() -> int:
    """Give the exit code: 0 when .venv is ready, 1 with one sentence on standard error when it cannot be made so."""
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.stderr.write("usage: python deploy/install.py run|dev\n")
        return 2
    try:
        install(sys.argv[1])
    except (SetupError, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130  # as a shell counts it; the next make goes on with what was downloaded
    return 0


if __name__ == "__main__":
    sys.exit(main())
