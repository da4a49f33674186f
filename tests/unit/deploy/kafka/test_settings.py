import re
from pathlib import Path

import pytest

from deploy.kafka.settings import Plan, Ports, server_properties


def settings(nodes: int, index: int = 0, **settings: str | int) -> dict[str, str]:
    named = {key.replace("_", "."): value for key, value in settings.items()}
    plan = Plan("id", [Ports(20_000 + i, 30_000 + i) for i in range(nodes)], "384m", named)
    lines = server_properties(plan, index, Path("/data")).splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_one_node_replicates_nothing() -> None:
    one = settings(1)
    assert {value for key, value in one.items() if "replication.factor" in key} == {"1"}
    assert {value for key, value in one.items() if re.search(r"min\.(insync|isr)", key)} == {"1"}
    assert one["auto.create.topics.enable"] == "false"
    assert one["group.initial.rebalance.delay.ms"] == "0"
    assert int(one["message.max.bytes"]) > 2 << 20


@pytest.mark.parametrize("nodes", [3, 5])
def test_a_cluster_keeps_three_replicas_of_which_two_in_sync(nodes: int) -> None:
    cluster = settings(nodes)
    assert {value for key, value in cluster.items() if "replication.factor" in key} == {"3"}
    assert {value for key, value in cluster.items() if re.search(r"min\.(insync|isr)", key)} == {"2"}


def test_every_node_listens_on_the_loopback_interface_only_and_knows_all_voters() -> None:
    second = settings(3, 1)
    assert second["node.id"] == "2"
    assert second["listeners"] == "PLAINTEXT://127.0.0.1:20001,CONTROLLER://127.0.0.1:30001"
    assert second["controller.quorum.voters"] == "1@127.0.0.1:30000,2@127.0.0.1:30001,3@127.0.0.1:30002"


def test_given_settings_win() -> None:
    assert settings(1, num_partitions=1)["num.partitions"] == "1"


def test_a_backslash_is_no_escape() -> None:
    plan = Plan("id", [Ports(1, 2)], "384m")
    assert "log.dirs=/a\\\\b\n" in server_properties(plan, 0, Path("/a\\b"))
