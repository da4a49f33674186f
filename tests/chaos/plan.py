"""How long a run is, what it breaks and in which order."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.cast import Command, product

ROLLING = "rolling restart"
KINDS = (
    "kill -9",
    "SIGTERM",
    "freeze",
    "broker kill -9",
    "database cut off",
    "dead letters shut",
    "restart of all",
    ROLLING,
)
_ROUND = (
    ("kill -9", "ingest"),
    ("kill -9", "extractor"),
    ("kill -9", "sink"),
    ("SIGTERM", "ingest"),
    ("SIGTERM", "extractor"),
    ("SIGTERM", "sink"),
    ("freeze", "extractor"),
    ("freeze", "sink"),
    ("broker kill -9", ""),
    ("database cut off", ""),
    ("dead letters shut", ""),
    ("restart of all", ""),
)
"""One of each; a longer run goes through it again and again, in another order each time."""
ROUND = len(_ROUND)


@dataclass(frozen=True)
class Fault:
    """What is to be broken; the victim is a kind of service, and empty where there is none."""

    kind: str
    victim: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.victim}".strip()


@dataclass(frozen=True)
class Plan:
    """One run."""

    seed: int
    articles: int
    faults: list[Fault]
    rate: float
    """Articles a second."""
    folder: Path
    """Data and logs."""
    store: str = "sqlite"
    today: dt.date = field(default_factory=lambda: dt.datetime.now(dt.UTC).date())
    session: int = 10
    """Seconds without a sign of life after which the brokers give a member up."""
    command: Command = product
    """The command line of each service."""
    nodes: int = 3
    """Brokers; fewer where no fault is about them."""
    sinks: int = 0
    """How many, where that is not what the store bears."""


def schedule(seed: int, count: int, only: str = "") -> list[Fault]:
    """So many faults in the seed's order; of one kind, with any victim that it has, where `only` names it."""
    chance = random.Random(f"faults {seed}")
    order: list[Fault] = []
    while len(order) < count:
        turn = [Fault(*one) for one in _ROUND if not only or one[0] == only] or [Fault(only)]
        chance.shuffle(turn)
        order += turn
    return order[:count]
