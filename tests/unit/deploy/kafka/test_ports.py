import socket

import pytest

from deploy.kafka import BrokerError, ports


def test_free_ports_are_free_different_and_below_the_outgoing_ones() -> None:
    found = ports.free_ports(6)
    assert len(set(found)) == 6
    assert all(ports.is_free(port) and port < 32_768 for port in found)


def test_a_port_that_is_listened_on_is_refused_in_a_sentence() -> None:
    with socket.create_server((ports.HOST, 0)) as server:
        port = server.getsockname()[1]
        assert not ports.is_free(port)
        with pytest.raises(BrokerError, match=f"Port {port} is in use: stop what listens there"):
            ports.claim(port)
    assert ports.claim(port) == port


def test_too_few_free_ports_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "is_free", lambda port: port == 20_001)
    assert ports.free_ports(1) == [20_001]
    with pytest.raises(BrokerError, match="No 2 ports"):
        ports.free_ports(2)
