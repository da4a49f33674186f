"""Starts Apache Kafka on this machine: one node for the pipeline and the tests, or a cluster to be broken.

What is started belongs to the process that started it, and ends with it, also after its kill -9 (keeper.py).
"""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

from deploy.kafka.datadir import DataDir, open_data_dir
from deploy.kafka.errors import BrokerError
from deploy.kafka.fetch import classpath
from deploy.kafka.java import find_java
from deploy.kafka.node import Node, Runtime
from deploy.kafka.ports import HOST, claim, free_ports
from deploy.kafka.probe import live_brokers
from deploy.kafka.settings import Plan, Ports

READY = 90.0  # seconds that a start may take; 3 are usual for one node, 8 for three
_TICK = 0.05

C = TypeVar("C", bound="Cluster")


class Cluster:
    """Running nodes, numbered from 0. A context manager that stops them; `stop` may be called again.

    `kill`, `freeze` and `restart` are for tests of what happens when brokers fail.
    """

    def __init__(self, nodes: Sequence[Node], data_dir: DataDir) -> None:
        self.nodes = nodes
        self._data_dir = data_dir
        self._stopped = False

    @property
    def bootstrap(self) -> str:
        """The nodes' addresses for clients: host:port, with commas between."""
        return ",".join(node.bootstrap for node in self.nodes)

    @property
    def data_dir(self) -> Path:
        """The folder of data and logs."""
        return self._data_dir.path

    def kill(self, index: int) -> None:
        """Kill -9 of node `index`; returns when it is gone. Raises BrokerError if it does not run."""
        self.nodes[index].kill()

    def freeze(self, index: int) -> None:
        """Node `index` hangs: alive for the network, and silent. Raises BrokerError if it does not run."""
        self.nodes[index].freeze()

    def thaw(self, index: int) -> None:
        """A frozen node goes on. Raises BrokerError if it does not run."""
        self.nodes[index].thaw()

    def restart(self, index: int, timeout: float = READY) -> None:
        """Starts node `index` with its data and port (first ends it in order if it runs); returns when it is ready.

        Raises BrokerError, with its reason, when it does not get ready within `timeout` seconds.
        """
        node = self.nodes[index]
        node.ask_to_stop()
        node.wait()
        node.start()
        self._await(time.monotonic() + timeout, [node], 1)

    def stop(self) -> None:
        """Ends all nodes in order (blocks for 5 s at most) and removes their folder if it was a temporary one."""
        if self._stopped:
            return
        self._stopped = True
        for node in self.nodes:
            node.ask_to_stop()
        for node in self.nodes:
            node.wait()
        self._data_dir.close()

    def await_ready(self, timeout: float = READY) -> None:
        """Blocks until every node names all nodes as taking requests. Raises BrokerError when one ends or is late."""
        self._await(time.monotonic() + timeout, self.nodes, len(self.nodes))

    def _await(self, deadline: float, nodes: Sequence[Node], at_least: int) -> None:
        for node in nodes:
            while live_brokers(HOST, node.plan.ports[node.index].client) < at_least:
                if not all(other.running for other in nodes) or time.monotonic() > deadline:
                    raise BrokerError(next((other for other in nodes if not other.running), node).why())
                time.sleep(_TICK)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Broker(Cluster):
    """A Kafka of one node."""

    @property
    def pid(self) -> int | None:
        """The process id of its Java; None after its end."""
        return self.nodes[0].pid


def start_broker(
    data_dir: Path | None = None,
    port: int | None = None,
    heap: str = "384m",
    settings: Mapping[str, str | int] | None = None,
    format_options: Sequence[str] = (),
) -> Broker:
    """Starts a Kafka of one node on 127.0.0.1 and returns when it takes requests (blocks for 3 s; more at first).

    data_dir: kept, and used again with its topics and messages; None for a temporary folder, removed at the end.
    port: for clients; None or 0 for a free one. heap: Java's, as in 384m. settings: broker settings that win over ours.
    format_options: arguments for formatting a new folder, such as --add-scram.
    Raises SetupError when Java or the jars cannot be had, BrokerError when it does not start.
    """
    ports = [Ports(claim(port) if port else free_ports(1)[0], free_ports(1)[0])]
    nodes, opened = _nodes(data_dir, ports, heap, settings, format_options)
    return _started(Broker(nodes, opened))


def start_cluster(
    n: int = 3,
    data_dir: Path | None = None,
    port: int | None = None,
    heap: str = "256m",
    settings: Mapping[str, str | int] | None = None,
) -> Cluster:
    """Starts `n` nodes, each broker and controller: from three on, every partition has three replicas, two in sync.

    port: of the first node, the others take those that follow; the rest is as with `start_broker` (8 s for three).
    """
    if n < 1:
        raise BrokerError(f"A Kafka has at least 1 node, not {n}.")
    free = free_ports(2 * n)
    clients = [claim(port + i) for i in range(n)] if port else free[:n]
    ports = [Ports(client, controller) for client, controller in zip(clients, free[n:], strict=True)]
    nodes, opened = _nodes(data_dir, ports, heap, settings)
    return _started(Cluster(nodes, opened))


def _nodes(
    data_dir: Path | None,
    ports: Sequence[Ports],
    heap: str,
    settings: Mapping[str, str | int] | None,
    format_options: Sequence[str] = (),
) -> tuple[list[Node], DataDir]:
    runtime = Runtime(find_java(), classpath())
    opened = open_data_dir(data_dir, len(ports))
    plan = Plan(opened.cluster_id, ports, heap, settings or {}, format_options)
    return [Node(plan, index, opened, runtime) for index in range(len(ports))], opened


def _started(cluster: C) -> C:
    try:
        with ThreadPoolExecutor(len(cluster.nodes)) as pool:
            list(pool.map(Node.prepare, cluster.nodes))
        for node in cluster.nodes:
            node.start()
        cluster.await_ready()
    except BaseException:  # also Ctrl-C while it starts
        cluster.stop()
        raise
    return cluster
