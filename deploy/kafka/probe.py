"""Asks a broker, as a client would, which brokers of its cluster take requests: what readiness means.

A Metadata request, version 4 (Kafka protocol guide, https://kafka.apache.org/protocol), by hand, because the
clients are asyncio's and a start has to work with and without a running loop.
"""

import socket
import struct

_METADATA, _VERSION, _CORRELATION = 3, 4, 7
_CLIENT = b"tocsin"
# no topics (an empty array), and none to be created
_BODY = struct.pack(">ib", 0, 0)
_LARGEST = 1 << 20


def live_brokers(host: str, port: int, timeout: float = 2.0) -> int:
    """How many brokers the one at host:port knows to take requests; 0 when it does not answer yet.

    Blocks for `timeout` seconds at each step at most.
    """
    header = struct.pack(f">hhih{len(_CLIENT)}s", _METADATA, _VERSION, _CORRELATION, len(_CLIENT), _CLIENT)
    request = header + _BODY
    try:
        with socket.create_connection((host, port), timeout) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            (size,) = struct.unpack(">i", _read(connection, 4))
            return parse(_read(connection, size)) if 0 < size < _LARGEST else 0
    except OSError:
        return 0


def parse(answer: bytes) -> int:
    """The length of the list of brokers in a Metadata answer: after correlation id and throttle time.

    0 for an answer to something else, or too short to be one.
    """
    if len(answer) < 12:
        return 0
    correlation, _throttle, brokers = struct.unpack_from(">iii", answer)
    return max(0, brokers) if correlation == _CORRELATION else 0


def _read(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise ConnectionResetError("the broker closed the connection")
        data += more
    return data
