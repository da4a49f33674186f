"""The parsers take a few hundred inputs without a crash; `make fuzz` tries many more."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS
from tests.fuzz.unguided import main


@pytest.mark.parametrize("name", list(TARGETS))
def test_nothing_but_a_named_error_comes_of_any_input(name: str) -> None:
    assert seeds(name)
    main(name, 20 if name == "http_request" else 200)


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is there for Linux on x86-64 alone")
@pytest.mark.parametrize(("check", "status"), [("pass", 0), ("assert b'!' not in data", 77)])
def test_the_guided_fuzzer_works_and_tells_a_finding(check: str, status: int) -> None:
    code = (
        "import tests.fuzz.run as run\n"
        f"def target(data):\n    {check}\n"
        "run.TARGETS['key_file'] = target\n"
        "try:\n    run.main('key_file', 3000, 1)\n"
        # A timer that went on would end the process while it is torn down.
        "finally:\n    assert run.signal.getitimer(run.signal.ITIMER_REAL)[0] == 0\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    for left in Path(tempfile.gettempdir()).glob("tocsin-fuzz-key_file-crash-*"):
        left.unlink()
