"""Which ports `up` uses; one that is taken is told before anything is started."""

from __future__ import annotations

import time
from dataclasses import dataclass

from deploy.kafka.errors import BrokerError
from deploy.kafka.ports import free_ports, is_free
from services.common.errors import Fatal
from services.common.settings import Settings
from services.up.folder import PATIENCE

SERVICES = ("ingest", "extractor", "sink")
_TICK = 0.1


@dataclass(frozen=True)
class Wanted:
    """A port, what it is for, and how to choose another."""

    port: int
    what: str
    otherwise: str


def settled(settings: Settings) -> Settings:
    """The settings with a free port for each 0, so that we know where to ask."""
    free = free_ports(len(SERVICES))
    chosen = {f"{name}_port": getattr(settings, f"{name}_port") or free[i] for i, name in enumerate(SERVICES)}
    return settings.model_copy(update=chosen)


def of_services(settings: Settings) -> list[Wanted]:
    """What the services listen on."""
    return [
        Wanted(getattr(settings, f"{name}_port"), name, f"set TOCSIN_{name.upper()}_PORT to another (0: any free one)")
        for name in SERVICES
    ]


def of_broker(port: int) -> Wanted:
    """What the broker listens on."""
    return Wanted(
        port,
        "Kafka",
        "give another with --kafka-port or TOCSIN_KAFKA_PORT (0: any free one), or, if a Kafka listens there, use it "
        f"with --bootstrap localhost:{port} (make run BOOTSTRAP=localhost:{port})",
    )


def require(wanted: list[Wanted], *, patient: bool) -> None:
    """Raises Fatal, with a sentence that says what to do, when a port is taken, or two things want the same one.

    `patient`: blocks some seconds for a port that is about to be given back.
    """
    deadline = time.monotonic() + (PATIENCE if patient else 0)
    seen: dict[int, str] = {}
    for each in wanted:
        if not each.port:
            continue
        if each.port in seen:
            raise Fatal(f"port {each.port} is to serve both {seen[each.port]} and {each.what}: {each.otherwise}")
        seen[each.port] = each.what
        while not _free(each):
            if time.monotonic() >= deadline:
                raise Fatal(
                    f"port {each.port}, which {each.what} needs, is in use: stop what listens there, or "
                    f"{each.otherwise}"
                )
            time.sleep(_TICK)


def _free(wanted: Wanted) -> bool:
    try:
        return is_free(wanted.port)
    except BrokerError as refused:
        raise Fatal(f"{refused} It is for {wanted.what}: {wanted.otherwise}.") from refused
