"""Brings Apache Kafka's jars into the user's cache folder: `python -m deploy.kafka.fetch`.

A jar counts only when its SHA-256 is the lock's: each is downloaded into a folder that is thrown away, checked
there, and moved to its place in one step, so that neither a broken download nor two fetches at once leave half a jar.
"""

import errno
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from deploy.kafka.errors import BrokerError, SetupError
from deploy.kafka.jars import KAFKA_VERSION, Jar, jar_folder, read_lock

PARALLEL = 6
ATTEMPTS = 3
TIMEOUT = 20  # seconds without an answer or a further byte
_OF_THE_FOLDER = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}


def classpath(folder: Path | None = None) -> list[Path]:
    """The jars' paths, after downloading what is missing or not as the lock says (blocks; 45 MB the first time).

    Raises SetupError when a jar cannot be downloaded, stored, or is not the one that the lock names.
    """
    folder = folder or jar_folder()
    jars = read_lock()
    missing = [jar for jar in jars if not jar.is_at(folder / jar.filename)]
    if missing:
        _fetch(missing, folder)
    return [folder / jar.filename for jar in jars]


def _fetch(jars: list[Jar], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".download-", dir=folder) as part:
            _fetch_all(jars, Path(part), folder)
    except OSError as error:
        raise _of_folder(folder, error) from error


def _fetch_all(jars: list[Jar], part: Path, folder: Path) -> None:
    with _progress(jars) as advance, ThreadPoolExecutor(PARALLEL) as pool:
        tasks = {pool.submit(_fetch_one, jar, part, folder): jar for jar in jars}
        try:
            for task in as_completed(tasks):
                task.result()
                advance(tasks[task])
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _fetch_one(jar: Jar, part: Path, folder: Path) -> None:
    from jgo.maven import MavenContext  # here, for a start with all jars in place does without it (0.4 s)

    for attempt in range(1, ATTEMPTS + 1):
        context = MavenContext(repo_cache=part / f"{jar.filename}-{attempt}", timeout=TIMEOUT)
        try:
            path = context.project(jar.group, jar.artifact).at_version(jar.version).artifact().resolve()
        except OSError as error:  # what the HTTP client raises is an OSError without a number
            if error.errno in _OF_THE_FOLDER:
                raise _of_folder(folder, error) from error
            if attempt == ATTEMPTS:
                raise _no_network(jar) from error
        except RuntimeError as error:  # the resolver's "not found", also for a proxy's refusal
            if attempt == ATTEMPTS:
                raise _no_network(jar) from error
        else:
            if jar.is_at(path):
                path.replace(folder / jar.filename)
                return
    raise SetupError(
        f"{jar.filename} came {ATTEMPTS} times with another content than deploy/kafka/jars.lock names: "
        "find out what stands between this machine and Maven Central before you go on."
    )


def _no_network(jar: Jar) -> SetupError:
    return SetupError(
        f"Apache Kafka's {jar.filename} could not be downloaded from Maven Central: connect this machine to the "
        "internet (or set HTTPS_PROXY) and try again, or use a broker that is already there with BOOTSTRAP=host:port."
    )


def _of_folder(folder: Path, error: OSError) -> SetupError:
    return SetupError(
        f"Apache Kafka's jars (45 MB) cannot be stored in {folder} ({error.strerror}): make room or make it writable, "
        "or set XDG_CACHE_HOME to a folder that is."
    )


class _Advance:
    """Shows that a jar has come: a bar on a terminal, else a line after each tenth."""

    def __init__(self, jars: list[Jar], progress: Progress) -> None:
        self._total = sum(jar.size for jar in jars)
        self._progress = progress
        self._bar = progress.add_task(f"Apache Kafka {KAFKA_VERSION}", total=self._total)
        self._came = 0
        self._told = 0

    def __call__(self, jar: Jar) -> None:
        self._came += jar.size
        self._progress.advance(self._bar, jar.size)
        tenths = self._came * 10 // self._total
        if not self._progress.console.is_terminal and tenths > self._told:
            self._told = tenths
            click.echo(f"Apache Kafka {KAFKA_VERSION}: {self._came / 1e6:.0f} of {self._total / 1e6:.0f} MB", err=True)


@contextmanager
def _progress(jars: list[Jar]) -> Iterator[_Advance]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield _Advance(jars, progress)


def main() -> int:
    """Fetches, says where the jars are, and gives the exit status."""
    try:
        paths = classpath()
    except BrokerError as error:
        click.echo(error, err=True)
        return 1
    click.echo(f"Apache Kafka {KAFKA_VERSION}: {len(paths)} jars in {paths[0].parent}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
