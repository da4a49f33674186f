"""Apache Kafka on this machine, from packages alone: `start_broker` for one node, `start_cluster` for more."""

from deploy.kafka.broker import Broker, Cluster, start_broker, start_cluster
from deploy.kafka.errors import BrokerError, SetupError

__all__ = ["Broker", "BrokerError", "Cluster", "SetupError", "start_broker", "start_cluster"]
