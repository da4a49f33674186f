"""Fuzzes one target by atheris, which looks at what code an input reaches: run.py TARGET RUNS SEED."""

from __future__ import annotations

import resource
import signal
import sys
import tempfile
import time
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]  # for Linux alone

SLOWEST = 1.0
"""Seconds that an input may take."""
GROWTH = 200
"""MiB by which memory may grow after the first thousand inputs."""
WARM = 1000

with atheris.instrument_imports(include=["services", "schemas"]):
    from tests.fuzz.seeds import seeds
    from tests.fuzz.targets import TARGETS, quiet


def main(name: str, runs: int, seed: int) -> None:
    """Runs until `runs` inputs went well; libFuzzer tells the input that did not, and ends with another status.

    The same seed, where it is not 0, tries the same inputs.
    """
    target, seen, memory = TARGETS[name], 0, 0.0

    def one(data: bytes) -> None:
        nonlocal seen, memory
        seen += 1
        begun = time.process_time()
        target(data)
        took = time.process_time() - begun
        if took > SLOWEST:
            raise TimeoutError(f"{took:.1f} s for {len(data)} bytes")
        now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if seen == WARM:
            memory = now
        if seen > WARM and now > memory + GROWTH:
            raise MemoryError(f"{now:.0f} MiB after {seen:,} inputs, {memory:.0f} after {WARM:,}")

    with tempfile.TemporaryDirectory() as folder:
        for number, known in enumerate(seeds(name)):
            (Path(folder) / str(number)).write_bytes(known)
        kept = f"-artifact_prefix={tempfile.gettempdir()}/tocsin-fuzz-{name}-"
        options = [f"-atheris_runs={runs}", f"-seed={seed}", "-max_len=20000", "-timeout=10", "-verbosity=0", kept]
        atheris.Setup([sys.argv[0], *options, folder], one)
        try:
            atheris.Fuzz()
        finally:
            # libFuzzer's watch for hangs goes on while Python is torn down, which after many inputs takes seconds, and
            # by then nobody handles its signal: it would end the process as if there were a finding.
            signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    quiet()
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
