"""The broker that the project starts, seen through a client: what it keeps, refuses and survives."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from deploy.kafka import BrokerError, datadir, start_broker
from tests.waiting import await_true, is_gone

ROOT = Path(__file__).parents[4]
Create = Callable[..., Awaitable[str]]


async def produce(bootstrap: str, topic: str, *values: bytes) -> None:
    limit = 4 << 20
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_request_size=limit) as producer:
        for value in values:
            await producer.send_and_wait(topic, value)


async def consume(bootstrap: str, topic: str, count: int) -> list[bytes]:
    partition = TopicPartition(topic, 0)
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest") as consumer:
        consumer.assign([partition])
        return [(await consumer.getone()).value for _ in range(count)]


async def create(bootstrap: str, topic: str, replicas: int = 1) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, 1, replicas)])
    finally:
        await admin.close()


STARTER = """
import json, signal, sys
from pathlib import Path
from deploy.kafka import start_broker
broker = start_broker(Path(sys.argv[1]) if sys.argv[1] else None)
print(json.dumps({"pid": broker.pid, "data": str(broker.data_dir), "bootstrap": broker.bootstrap}), flush=True)
signal.pause()
"""


def starter(data: Path | str = "") -> tuple["subprocess.Popen[str]", dict[str, str | int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


async def test_what_is_produced_is_consumed(bootstrap: str, create_topic: Create) -> None:
    name = await create_topic("round-trip")
    await produce(bootstrap, name, b"one", b"two")
    assert await consume(bootstrap, name, 2) == [b"one", b"two"]


async def test_a_message_of_2_mib_is_taken_and_one_of_3_mib_refused(bootstrap: str, create_topic: Create) -> None:
    name = await create_topic("large")
    await produce(bootstrap, name, b"x" * (2 << 20))
    assert [len(value) for value in await consume(bootstrap, name, 1)] == [2 << 20]
    with pytest.raises(MessageSizeTooLargeError):
        await produce(bootstrap, name, b"x" * (3 << 20))


async def test_no_topic_comes_into_being_by_itself(bootstrap: str, topic: Callable[[str], str]) -> None:
    name = topic("mistyped")
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, request_timeout_ms=1000) as producer:
        with pytest.raises(KafkaError):
            await producer.send_and_wait(name, b"x")
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap) as consumer:
        assert name not in await consumer.topics()


async def test_a_kept_folder_keeps_topics_messages_and_cluster_id(tmp_path: Path) -> None:
    with start_broker(tmp_path) as broker:
        await create(broker.bootstrap, "kept")
        await produce(broker.bootstrap, "kept", b"before")
        first = (tmp_path / "node-1/data/meta.properties").read_text(encoding="utf-8")
    with start_broker(tmp_path) as broker:  # on other ports
        await produce(broker.bootstrap, "kept", b"after")
        assert await consume(broker.bootstrap, "kept", 2) == [b"before", b"after"]
        # all but the date in the comment
        now = (tmp_path / "node-1/data/meta.properties").read_text(encoding="utf-8")
        assert "cluster.id" in now
        assert now.splitlines()[2:] == first.splitlines()[2:]


async def test_a_stop_is_clean_and_leaves_neither_process_nor_temporary_folder() -> None:
    broker = start_broker()
    pid, folder = broker.pid, broker.data_dir
    assert pid is not None
    assert folder.exists()
    keeper = broker.nodes[0]._kept._keeper
    assert keeper is not None
    broker.stop()
    broker.stop()  # a second time does nothing
    assert keeper.returncode == 256 - signal.SIGTERM or keeper.returncode == 128 + signal.SIGTERM  # not SIGKILL
    assert is_gone(pid)
    assert not folder.exists()


def test_java_and_the_temporary_folder_vanish_after_kill_9_of_the_starter() -> None:
    process, broker = starter()
    assert not is_gone(int(broker["pid"]))
    process.kill()
    process.wait()
    assert await_true(lambda: is_gone(int(broker["pid"])))
    assert await_true(lambda: not Path(str(broker["data"])).exists())


async def test_ctrl_c_at_the_terminal_reaches_the_starter_and_not_java() -> None:
    process, broker = starter()
    os.killpg(process.pid, signal.SIGSTOP)  # else the starter would end by it, and its broker for that reason
    os.killpg(process.pid, signal.SIGINT)
    name = "still-there"
    await create(str(broker["bootstrap"]), name)
    await produce(str(broker["bootstrap"]), name, b"x")
    os.killpg(process.pid, signal.SIGCONT)
    process.wait()
    assert await_true(lambda: is_gone(int(broker["pid"])))


async def test_a_folder_is_taken_over_after_kill_9_of_its_owner(tmp_path: Path) -> None:
    process, broker = starter(tmp_path)
    await create(str(broker["bootstrap"]), "kept")
    await produce(str(broker["bootstrap"]), "kept", b"before")
    process.kill()
    process.wait()
    with start_broker(tmp_path) as following:  # waits for the former Java to end
        assert await consume(following.bootstrap, "kept", 1) == [b"before"]


def test_a_folder_in_use_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datadir, "WAIT", 0.1)
    with start_broker(tmp_path), pytest.raises(BrokerError, match="Another broker uses"):
        start_broker(tmp_path)


def test_a_broker_that_does_not_start_tells_why() -> None:
    with pytest.raises(BrokerError, match="Not a number of type INT"):
        start_broker(settings={"log.retention.hours": "long"})
    with pytest.raises(BrokerError, match="heap size"):
        start_broker(heap="much")
