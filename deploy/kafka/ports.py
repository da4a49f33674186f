"""Ports on the loopback interface for brokers to listen on."""

import errno
import random
import socket

from deploy.kafka.errors import BrokerError

HOST = "127.0.0.1"
# Below the ports that systems hand out for outgoing connections (32768 and up), so that a port stays free between
# its choice and the broker's start, and while a killed node waits for its restart.
_RANGE = range(20_000, 32_000)


def is_free(port: int) -> bool:
    """Whether a server could listen on the port of 127.0.0.1 now. Raises BrokerError where it may not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what a closed connection left does not count
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise BrokerError(f"Port {port} cannot be used ({error.strerror}): choose one of 1024 to 65535.") from error
    return True


def free_ports(count: int) -> list[int]:
    """`count` different ports of 127.0.0.1 on which nothing listens. Raises BrokerError if there are not so many."""
    order = random.SystemRandom().sample(_RANGE, len(_RANGE))
    free = [port for port, _ in zip((port for port in order if is_free(port)), range(count), strict=False)]
    if len(free) < count:
        raise BrokerError(f"No {count} ports from {_RANGE.start} to {_RANGE.stop - 1} are free on {HOST}: free some.")
    return free


def claim(port: int) -> int:
    """The port itself when nothing listens on it, else raises BrokerError."""
    if not is_free(port):
        raise BrokerError(f"Port {port} is in use: stop what listens there, or choose another port (0 for any).")
    return port
