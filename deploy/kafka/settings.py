"""A node's server.properties: Apache Kafka as a developer's machine wants it, small, local and quick to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka.ports import HOST

MIB = 1 << 20
# Broker settings (https://kafka.apache.org/documentation/#brokerconfigs), and why each is not left at its default.
DEVELOPER: Mapping[str, str | int] = {
    # Topics are made on purpose, with their partitions and retention; a mistyped name shall fail.
    "auto.create.topics.enable": "false",
    "num.partitions": 4,
    # The first member of a group gets its partitions at once instead of after 3 s.
    "group.initial.rebalance.delay.ms": 0,
    # Kafka's own topics: 50 partitions each would be 150 folders to open at every start.
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.num.partitions": 4,
    "share.coordinator.state.topic.num.partitions": 4,
    # Messages of up to 2 MiB, with room for the batch's head and the record's headers.
    "message.max.bytes": 2 * MIB + 64 * 1024,
    "replica.fetch.max.bytes": 4 * MIB,
    # What no topic sets for itself: a week, and never more than 1 GiB a partition.
    "log.retention.hours": 168,
    "log.retention.bytes": 1024 * MIB,
    "log.segment.bytes": 64 * MIB,
    # The defaults (128 MiB, a thread a core and more) are a server's.
    "log.cleaner.dedupe.buffer.size": 8 * MIB,
    "num.network.threads": 2,
    "num.io.threads": 4,
    "background.threads": 4,
}


@dataclass(frozen=True, slots=True)
class Ports:
    """Where one node listens on 127.0.0.1: clients' port and the controllers' port."""

    client: int
    controller: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What all nodes of a cluster have in common; node i has the id i + 1 and the ports `ports[i]`."""

    cluster_id: str
    ports: Sequence[Ports]
    heap: str
    settings: Mapping[str, str | int] = field(default_factory=dict)
    format_options: Sequence[str] = ()
    """Arguments for formatting the nodes' folders, such as --add-scram."""

    @property
    def nodes(self) -> int:
        """How many nodes the cluster has."""
        return len(self.ports)


def server_properties(plan: Plan, index: int, log_dir: Path) -> str:
    """The content of node `index`'s server.properties, with its data in `log_dir`; `plan.settings` win."""
    replicas = min(3, plan.nodes)
    at_least = 2 if replicas == 3 else 1
    own = plan.ports[index]
    values: dict[str, str | int | Path] = {
        **DEVELOPER,
        "process.roles": "broker,controller",
        "node.id": index + 1,
        "controller.quorum.voters": ",".join(f"{i + 1}@{HOST}:{p.controller}" for i, p in enumerate(plan.ports)),
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{HOST}:{own.client},CONTROLLER://{HOST}:{own.controller}",
        "log.dirs": log_dir,
        "default.replication.factor": replicas,
        "min.insync.replicas": at_least,
        "offsets.topic.replication.factor": replicas,
        "transaction.state.log.replication.factor": replicas,
        "transaction.state.log.min.isr": at_least,
        "share.coordinator.state.topic.replication.factor": replicas,
        "share.coordinator.state.topic.min.isr": at_least,
        **plan.settings,
    }
    return "".join(f"{key}={_escaped(str(value))}\n" for key, value in values.items())


def _escaped(value: str) -> str:
    """Java's properties take a backslash as the beginning of an escape."""
    return value.replace("\\", "\\\\")
