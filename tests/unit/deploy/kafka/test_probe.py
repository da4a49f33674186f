import socket
import struct
import threading

from hypothesis import given
from hypothesis import strategies as st

from deploy.kafka.ports import HOST, free_ports
from deploy.kafka.probe import live_brokers, parse


def serve(*chunks: bytes) -> int:
    """A server on a free port that answers one request with these chunks and closes."""
    server = socket.create_server((HOST, 0))

    def answer() -> None:
        with server, server.accept()[0] as connection:
            (size,) = struct.unpack(">i", connection.recv(4))
            connection.recv(size)
            for chunk in chunks:
                connection.sendall(chunk)

    threading.Thread(target=answer, daemon=True).start()
    return int(server.getsockname()[1])


def test_the_brokers_of_an_answer_are_counted_however_it_is_cut() -> None:
    body = struct.pack(">iii", 7, 0, 3) + b"the rest"
    framed = struct.pack(">i", len(body)) + body
    assert live_brokers(HOST, serve(framed)) == 3
    assert live_brokers(HOST, serve(framed[:2], framed[2:9], framed[9:])) == 3


def test_who_does_not_answer_as_a_broker_counts_as_none() -> None:
    assert live_brokers(HOST, free_ports(1)[0]) == 0
    assert live_brokers(HOST, serve()) == 0
    assert live_brokers(HOST, serve(b"HTTP/1.1 400 Bad Request\r\n\r\n")) == 0
    assert live_brokers(HOST, serve(struct.pack(">i", 100) + b"short")) == 0


@given(st.binary(max_size=64))
def test_whatever_bytes_come_a_count_comes_out(answer: bytes) -> None:
    assert parse(answer) >= 0


@given(st.integers(0, 1000), st.binary(max_size=20))
def test_only_the_answer_to_our_request_counts(brokers: int, rest: bytes) -> None:
    assert parse(struct.pack(">iii", 7, 0, brokers) + rest) == brokers
    assert parse(struct.pack(">iii", 8, 0, brokers) + rest) == 0
