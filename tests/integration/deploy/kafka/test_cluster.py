"""Three nodes: what is acknowledged outlives a killed node, and a node that comes back catches up."""

from collections.abc import Callable

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.kafka import BrokerError, Cluster, start_cluster
from deploy.kafka.ports import HOST
from deploy.kafka.probe import live_brokers
from tests.waiting import await_true

# Half the default, so that the tests' wait for a new leader is short; more than a pause on a busy machine.
QUICK = {"broker.session.timeout.ms": 4000, "broker.heartbeat.interval.ms": 500}


def live(cluster: Cluster, index: int) -> int:
    """How many nodes take requests, asked of node `index`."""
    return live_brokers(HOST, cluster.nodes[index].plan.ports[index].client)


async def test_nothing_acknowledged_is_lost_when_nodes_fail(topic: Callable[[str], str]) -> None:
    name = topic("replicated")
    with start_cluster(3, settings=QUICK) as cluster:
        assert len(cluster.bootstrap.split(",")) == 3
        admin = AIOKafkaAdminClient(bootstrap_servers=cluster.bootstrap)
        await admin.start()
        await admin.create_topics([NewTopic(name, 1, 3)])
        await admin.close()
        async with AIOKafkaProducer(bootstrap_servers=cluster.bootstrap, enable_idempotence=True) as producer:
            for value in (b"1", b"2"):
                await producer.send_and_wait(name, value)
            cluster.kill(0)
            with pytest.raises(BrokerError, match="does not run"):
                cluster.kill(0)
            await producer.send_and_wait(name, b"3")
            cluster.restart(0)
            cluster.freeze(1)
            assert live(cluster, 1) == 0
            assert await_true(lambda: live(cluster, 2) == 2)  # the others found out, and go on
            cluster.thaw(1)
            assert await_true(lambda: live(cluster, 1) == 3)
            await producer.send_and_wait(name, b"4")
        async with AIOKafkaConsumer(bootstrap_servers=cluster.bootstrap, auto_offset_reset="earliest") as consumer:
            consumer.assign([TopicPartition(name, 0)])
            assert [(await consumer.getone()).value for _ in range(4)] == [b"1", b"2", b"3", b"4"]
