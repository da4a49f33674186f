"""One Kafka node (broker and controller): formatted once, started under its keeper, killed, frozen, stopped."""

import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka.datadir import DataDir
from deploy.kafka.errors import BrokerError
from deploy.kafka.explain import explain
from deploy.kafka.kept import Kept
from deploy.kafka.ports import HOST
from deploy.kafka.settings import Plan, server_properties

_HERE = Path(__file__).parent
# Without the second compiler a start takes 4 s of a processor instead of 7, and our loads do not miss it.
_JVM = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true")


@dataclass(frozen=True, slots=True)
class Runtime:
    """What runs a node: the java program and Kafka's jars."""

    java: Path
    jars: list[Path]

    def command(self, main: str, *jvm: str) -> list[str]:
        """The start of a command line; the main class' arguments follow."""
        return [str(self.java), *_JVM, *jvm, "-cp", os.pathsep.join(map(str, self.jars)), main]


@dataclass(slots=True)
class Node:
    """Node `index` (from 0) of the cluster of `plan`. Java gets its starter's whole environment, certificates too."""

    plan: Plan
    index: int
    data_dir: DataDir
    runtime: Runtime
    _kept: Kept = field(default_factory=Kept, init=False)

    @property
    def pid(self) -> int | None:
        """Java's, while it runs."""
        return self._kept.pid

    @property
    def folder(self) -> Path:
        """Where all that belongs to this node lies."""
        return self.data_dir.node(self.index)

    @property
    def log(self) -> Path:
        """What Kafka tells of itself."""
        return self.folder / "logs" / "server.log"

    @property
    def bootstrap(self) -> str:
        """host:port for clients."""
        return f"{HOST}:{self.plan.ports[self.index].client}"

    @property
    def running(self) -> bool:
        """Whether Java runs (a frozen one does)."""
        return self._kept.running

    def prepare(self) -> None:
        """Formats the node's folder unless it is (blocks for 1 s). Raises BrokerError.

        Into a folder of another name that takes its place in one step, so that half a format never counts.
        """
        (self.folder / "logs").mkdir(parents=True, exist_ok=True)
        data, part = self.folder / "data", self.folder / "data.part"
        if not data.exists():
            settings = self.folder / "format.properties"
            settings.write_text(server_properties(self.plan, self.index, part), encoding="utf-8")
            tool = self.runtime.command("kafka.tools.StorageTool", *self._logging())
            options = [
                "format",
                "--ignore-formatted",
                "-t",
                self.plan.cluster_id,
                "-c",
                str(settings),
                *self.plan.format_options,
            ]
            done = subprocess.run(
                [*tool, *options], capture_output=True, text=True, check=False, pass_fds=[self.data_dir.lock]
            )
            if done.returncode:
                raise BrokerError(self._explain(done.stdout + done.stderr))
            part.rename(data)
        (self.folder / "node.properties").write_text(server_properties(self.plan, self.index, data), encoding="utf-8")

    def start(self) -> None:
        """Starts Java under a keeper and returns at once; `pid` is Java's. Raises BrokerError."""
        if self.log.exists():  # the former run's: the tail that an error shows must be this run's
            self.log.replace(self.log.with_suffix(".log.before"))
        heap = f"-Xmx{self.plan.heap}"
        java = self.runtime.command("kafka.Kafka", heap, *self._logging())
        discard = str(self.folder) if self.data_dir.temporary else ""
        failure = self._kept.start(
            [*java, str(self.folder / "node.properties")],
            out=self._out,
            lock=self.data_dir.lock,
            discard=discard,
            cwd=self.folder,
        )
        if failure is not None:
            raise BrokerError(f"Java could not be started: {failure}.")

    def why(self) -> str:
        """For a node that did not start: a sentence on the cause, or the end of its log."""
        told = [file.read_text(encoding="utf-8", errors="replace") for file in (self._out, self.log) if file.exists()]
        return self._explain("".join(told))

    def _explain(self, told: str) -> str:
        return explain(told, None if self.data_dir.temporary else self.log)

    def kill(self) -> None:
        """Ends Java with SIGKILL and waits until it is gone; its data stay as they are."""
        self._signal(signal.SIGKILL)
        self.wait()

    def freeze(self) -> None:
        """Java stops running but keeps its connections (SIGSTOP), as a machine does that hangs."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """A frozen Java goes on."""
        self._signal(signal.SIGCONT)

    def ask_to_stop(self) -> None:
        """Asks Java to end in order and returns at once; `wait` then waits for it, GRACE seconds at most."""
        self._kept.ask_to_stop()

    def wait(self) -> None:
        """Waits until Java and its keeper are gone; to be called after `ask_to_stop` or `kill`."""
        self._kept.wait()

    def _signal(self, number: signal.Signals) -> None:
        if not self.running or self.pid is None:
            raise BrokerError(f"Node {self.index} does not run.")
        os.kill(self.pid, number)

    def _logging(self) -> tuple[str, str]:
        return f"-Dlog4j2.configurationFile={_HERE / 'log4j2.yaml'}", f"-Dtocsin.logs={self.folder / 'logs'}"

    @property
    def _out(self) -> Path:
        return self.folder / "logs" / "java.out"
