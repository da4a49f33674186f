"""`python -m deploy.kafka` as far as no Kafka is needed for it."""

import pytest

from deploy.kafka import __main__ as command
from deploy.kafka import broker
from deploy.kafka.errors import BrokerError


def test_what_hinders_the_start_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise BrokerError("Port 1 is in use: stop what listens there.")

    monkeypatch.setattr(command, "start_cluster", fail)
    assert command.main(["--nodes", "2", "--port", "9000"]) == 1
    assert capsys.readouterr() == ("", "Port 1 is in use: stop what listens there.\n")


def test_ctrl_c_during_the_start_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "start_cluster", interrupted)
    assert command.main([]) == 0


def test_less_than_a_node_is_refused() -> None:
    with pytest.raises(BrokerError, match="at least 1 node"):
        broker.start_cluster(0)
