"""The keeper with a script in Java's place, which tells by files that it runs and that it was asked to end."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.kafka import keeper
from tests.waiting import await_true, is_gone

ORDERLY = """
import pathlib, signal, sys
folder = pathlib.Path(sys.argv[1])
def end(*_):
    (folder / "told").touch()
    sys.exit(3)
signal.signal(signal.SIGTERM, end)
(folder / "runs").touch()
while True:
    signal.pause()
"""
STUBBORN = ORDERLY.replace("signal.signal(signal.SIGTERM, end)", "signal.signal(signal.SIGTERM, signal.SIG_IGN)")


class Kept:
    """A keeper that runs, and its child's pid."""

    def __init__(self, folder: Path, script: str, grace: float = 30.0) -> None:
        self.node = folder / "cluster" / "node-1"
        self.node.mkdir(parents=True)
        self.folder = folder
        self._lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR)
        head = [sys.executable, keeper.__file__, str(grace), str(folder / "out"), str(self.node), str(self._lock)]
        command = [sys.executable, "-c", script, str(folder)]
        self.process = subprocess.Popen(
            [*head, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[self._lock],
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.pid = int(self.process.stdout.readline())
        assert await_true((folder / "runs").exists)

    @property
    def told(self) -> bool:
        return (self.folder / "told").exists()

    def say(self, line: bytes) -> None:
        assert self.process.stdin is not None
        with self.process.stdin as pipe:
            pipe.write(line)

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()
        os.close(self._lock)


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Callable[..., Kept]]:
    made: list[Kept] = []

    def keep(script: str, grace: float = 30.0) -> Kept:
        made.append(Kept(tmp_path, script, grace))
        return made[-1]

    yield keep
    for kept in made:
        kept.close()


def test_told_to_stop_it_ends_java_in_order_and_keeps_its_folder(keep: Callable[..., Kept]) -> None:
    kept = keep(ORDERLY)
    kept.say(b"stop\n")
    assert kept.process.wait() == 3
    assert kept.told
    assert is_gone(kept.pid)
    assert kept.node.exists()


def test_when_the_line_to_its_starter_breaks_it_ends_java_and_removes_the_folder(keep: Callable[..., Kept]) -> None:
    kept = keep(ORDERLY)
    kept.say(b"")
    kept.process.wait()
    assert kept.told
    assert is_gone(kept.pid)
    assert not kept.node.parent.exists()


def test_other_nodes_folders_stay(keep: Callable[..., Kept]) -> None:
    kept = keep(ORDERLY)
    other = kept.node.with_name("node-2")
    other.mkdir()
    kept.say(b"")
    kept.process.wait()
    assert not kept.node.exists()
    assert other.exists()


def test_java_that_does_not_listen_is_killed_after_the_grace(keep: Callable[..., Kept]) -> None:
    kept = keep(STUBBORN, grace=0.1)
    kept.say(b"stop\n")
    assert kept.process.wait() == (-signal.SIGKILL) & 0xFF
    assert is_gone(kept.pid)


def test_a_frozen_java_ends_too(keep: Callable[..., Kept]) -> None:
    kept = keep(ORDERLY)
    os.kill(kept.pid, signal.SIGSTOP)
    kept.say(b"stop\n")
    kept.process.wait()
    assert kept.told


def test_ctrl_c_reaches_neither_and_a_sigterm_to_the_keeper_ends_both(keep: Callable[..., Kept]) -> None:
    kept = keep(ORDERLY)
    kept.process.send_signal(signal.SIGINT)
    kept.process.send_signal(signal.SIGTERM)
    assert kept.process.wait() == 3
    assert kept.told
    assert kept.node.exists()


def test_it_ends_with_java(keep: Callable[..., Kept]) -> None:
    kept = keep(ORDERLY)
    os.kill(kept.pid, signal.SIGKILL)
    assert kept.process.wait() == (-signal.SIGKILL) & 0xFF


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_java_does_not_outlive_a_killed_keeper(keep: Callable[..., Kept]) -> None:
    kept = keep(ORDERLY)
    kept.process.kill()
    kept.process.wait()

    def ended() -> bool:
        """Gone, or dead and waiting for the system's first process to take notice."""
        try:
            return Path(f"/proc/{kept.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z"
        except FileNotFoundError:
            return True

    assert await_true(ended)


def test_a_forked_child_that_holds_the_line_open_keeps_no_java_alive(tmp_path: Path) -> None:
    starter = """
import os, signal, subprocess, sys
keeper = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, pass_fds=[0], start_new_session=True)
if os.fork() == 0:
    print(os.getpid(), flush=True)
    signal.pause()
signal.pause()
"""
    (tmp_path / "node-1").mkdir()
    head = [sys.executable, keeper.__file__, "30", str(tmp_path / "out"), "", "0"]
    process = subprocess.Popen(
        [sys.executable, "-c", starter, *head, sys.executable, "-c", ORDERLY, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    with process.stdin, process.stdout:
        pids = sorted(int(process.stdout.readline()) for _ in range(2))
        assert await_true((tmp_path / "runs").exists)
        process.kill()
        process.wait()
        try:
            assert await_true((tmp_path / "told").exists)
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # the forked child
    assert len(pids) == 2


def test_a_java_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    command = [sys.executable, keeper.__file__, "1", str(tmp_path / "out"), "", "0", str(tmp_path / "nothing")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 127
    assert done.stdout == f"{tmp_path / 'nothing'}: No such file or directory\n"
