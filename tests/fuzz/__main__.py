"""`make fuzz`: every parser of outside bytes, by atheris, else by Hypothesis, which does not look at coverage."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time

SHORT = 20_000
"""Inputs of all targets together, unless --runs says otherwise."""


def main() -> int:
    """Exit status 1 where an input crashed, took too long or let memory grow; it is told and kept."""
    options = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    options.add_argument("--runs", type=int, default=SHORT, help="inputs, of all targets together")
    options.add_argument("--target", action="append", help="only this one; may be given again")
    options.add_argument("--seed", type=int, default=0, help="of the inputs; 0 takes others each time")
    given = options.parse_args()
    from tests.fuzz.targets import TARGETS

    chosen = given.target or list(TARGETS)
    runs = max(1, given.runs // len(chosen))
    guided = importlib.util.find_spec("atheris") is not None
    sys.stdout.write(f"{runs:,} inputs for each of {len(chosen)} parsers, by {'atheris' if guided else 'Hypothesis'}\n")
    failed = [name for name in chosen if not _fuzz(name, runs, given.seed, guided=guided)]
    sys.stdout.write(f"{len(chosen) - len(failed)} passed, {len(failed)} failed\n")
    return 1 if failed else 0


def _fuzz(name: str, runs: int, seed: int, *, guided: bool) -> bool:
    begun = time.monotonic()
    sys.stdout.write(f"{name}: ")
    sys.stdout.flush()
    module = "tests.fuzz.run" if guided else "tests.fuzz.unguided"
    command = [sys.executable, "-m", module, name, str(runs), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took = time.monotonic() - begun
    sys.stdout.write(f"{f'FINDING (status {done.returncode})' if done.returncode else 'no finding'} in {took:.0f} s\n")
    if done.returncode:
        sys.stdout.write((done.stdout + done.stderr)[-6000:] + "\n")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
