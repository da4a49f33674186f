"""Keeps one Java process and ends it when told to, or when its starter is gone, whatever killed the starter.

Run as a program of its own (standard library only, so that it starts in some 20 ms), in its own session, so that a
Ctrl-C at the terminal reaches neither it nor Java. Standard input is the line to the starter: "stop" ends Java and
keeps its data; the end of the file, or another parent than at the start (a forked child of the starter may hold the
pipe open), says that the starter is gone. On Linux the kernel also ends Java should the keeper itself be killed.

    keeper.py GRACE OUT DISCARD LOCK COMMAND...

GRACE is in seconds, from SIGTERM to SIGKILL. OUT takes what Java prints. DISCARD is the node's folder, to be removed
when the starter is gone without a word, or "". LOCK is the number of an open file that Java is to hold while it runs.
Answers one line: Java's process id, or why it could not be started.
"""

import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys

TICK = 0.2  # seconds between two looks at Java and at the parent
_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Runs until Java has ended; gives Java's exit status (negative: the signal that ended it)."""
    grace, out, discard, lock, *command = sys.argv[1:]
    starter = os.getppid()
    asked: list[int] = []
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda signum, _frame: asked.append(signum))
    try:
        java = _start(command, out, int(lock))
    except OSError as error:
        _answer(f"{command[0]}: {error.strerror}")
        return 127
    _answer(str(java.pid))
    orphaned = _watch(java, starter, asked)
    status = _end(java, float(grace))
    if orphaned and discard:
        _discard(discard)
    return status


def _answer(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _start(command: list[str], out: str, lock: int) -> "subprocess.Popen[bytes]":
    keeper = os.getpid()

    def die_with_keeper() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != keeper:  # killed before the call
                os._exit(1)

    with open(out, "wb") as file:  # noqa: PTH123 -- see above
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            pass_fds=[lock],
            preexec_fn=die_with_keeper,  # noqa: PLW1509 -- the keeper has one thread
        )


def _watch(java: "subprocess.Popen[bytes]", starter: int, asked: list[int]) -> bool:
    """Waits until Java ends or shall end; whether that is because the starter is gone."""
    while java.poll() is None and not asked:
        readable, _, _ = select.select([0], [], [], TICK)
        if readable:
            return os.read(0, 64) == b""
        if os.getppid() != starter:
            return True
    return False


def _end(java: "subprocess.Popen[bytes]", grace: float) -> int:
    if java.poll() is None:
        java.send_signal(signal.SIGTERM)
        java.send_signal(signal.SIGCONT)  # a frozen process takes SIGTERM only when it goes on
    try:
        return java.wait(grace)
    except subprocess.TimeoutExpired:
        java.kill()
        return java.wait()


def _discard(folder: str) -> None:
    """Removes a node's folder, and the cluster's above it with the last of its nodes."""
    shutil.rmtree(folder, ignore_errors=True)
    above = os.path.dirname(folder)  # noqa: PTH120 -- pathlib would double the start-up time
    if not any(name.startswith("node-") for name in os.listdir(above)):  # noqa: PTH208 -- the same
        shutil.rmtree(above, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main() & 0xFF)
