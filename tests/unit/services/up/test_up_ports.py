import socket
import threading
from collections.abc import Iterator

import pytest

from services.common.errors import Fatal
from services.common.settings import Settings
from services.up import ports


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_zero_becomes_a_port_that_is_free_and_known() -> None:
    settings = ports.settled(Settings(ingest_port=0, extractor_port=0, sink_port=4321))
    assert settings.sink_port == 4321
    assert len({settings.ingest_port, settings.extractor_port, 0}) == 3
    ports.require(ports.of_services(settings)[:2], patient=False)


def test_a_taken_port_is_told_with_what_to_do(taken: int) -> None:
    wanted = ports.of_services(Settings(sink_port=taken))[2:]
    with pytest.raises(Fatal, match=f"port {taken}, which sink needs, is in use.*TOCSIN_SINK_PORT"):
        ports.require(wanted, patient=False)


def test_a_taken_port_of_kafka_is_told_with_both_ways_out(taken: int) -> None:
    with pytest.raises(Fatal, match=f"--kafka-port.*make run BOOTSTRAP=localhost:{taken}"):
        ports.require([ports.of_broker(taken)], patient=False)


def test_two_things_on_one_port_are_told() -> None:
    settings = ports.settled(Settings(ingest_port=0, extractor_port=0, sink_port=0))
    same = settings.model_copy(update={"sink_port": settings.ingest_port})
    with pytest.raises(Fatal, match=r"both ingest and sink"):
        ports.require(ports.of_services(same), patient=False)


def test_a_port_below_those_that_users_may_have_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_port: int) -> bool:
        raise ports.BrokerError("Port 80 cannot be used (Permission denied): choose one of 1024 to 65535.")

    monkeypatch.setattr(ports, "is_free", refused)
    with pytest.raises(Fatal, match=r"Port 80 cannot be used.*TOCSIN_INGEST_PORT"):
        ports.require(ports.of_services(Settings(ingest_port=80))[:1], patient=False)


def test_after_a_crash_one_waits_for_a_port_to_be_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PATIENCE", 60)
    server = socket.create_server(("127.0.0.1", 0))
    wanted = ports.of_services(Settings(ingest_port=server.getsockname()[1]))[:1]
    looked = threading.Event()
    free = ports.is_free

    def look(port: int) -> bool:
        looked.set()
        return free(port)

    monkeypatch.setattr(ports, "is_free", look)
    threading.Thread(target=lambda: (looked.wait(), server.close())).start()
    ports.require(wanted, patient=True)
    assert looked.is_set()
