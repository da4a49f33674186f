"""Feeds a store as the sink does, and says what it took: of this process, and of PostgreSQL's."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from schemas import ArticleEvents
from services.sink.process import Record, apply, read_message, tell_due
from services.sink.store import repository
from services.sink.store.models import AlertRow, IncidentRow, ReportRow

BATCH = 200
"""As many as the consumer applies at once."""
WINDOW = dt.timedelta(seconds=60)
ALONE = 500
"""Reports that are applied one by one at the end, for the slowest in a hundred."""
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Span:
    """Some of the reports in a row."""

    reports: int
    wall: float = 0.0
    sink: float = 0.0
    server: float = 0.0

    @property
    def speed(self) -> float:
        """Reports a second of the sink's processor time: what one core does."""
        return self.reports / max(self.sink, 1e-9)


@dataclass
class Measured:
    """A run."""

    spans: list[Span] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    """Seconds of each report that was applied by itself."""
    megabytes: int = 0
    incidents: int = 0
    reports: int = 0
    alerts: int = 0

    def p99(self) -> float:
        """Seconds that 99 of 100 reports need less than, each a transaction of its own."""
        return sorted(self.alone)[int(len(self.alone) * 0.99)]

    def whole(self) -> Span:
        """All spans together."""
        return Span(
            *(sum(getattr(span, name) for span in self.spans) for name in ("reports", "wall", "sink", "server"))
        )


class Feeding:
    """One store being fed; `server` is PostgreSQL's first process, None for SQLite."""

    def __init__(self, engine: Engine, server: int | None) -> None:
        self._engine, self._server, self._offset = engine, server, 0

    def run(self, coming: Iterator[ArticleEvents], span: int) -> Iterator[Span]:
        """Apply all, and give a span each time that so many are done."""
        while values := [one.to_bytes() for one in islice(coming, span)]:
            done = Span(len(values))
            began = self._clocks()
            for first in range(0, len(values), BATCH):
                self._apply(values[first : first + BATCH])
                if first // BATCH % 5 == 4:
                    self._tell()
            self._tell()
            done.wall, done.sink, done.server = (now - then for now, then in zip(self._clocks(), began, strict=True))
            yield done

    def alone(self, coming: Iterator[ArticleEvents], count: int) -> Iterator[float]:
        """Apply reports one by one, and give the seconds of each."""
        for one in islice(coming, count):
            value = one.to_bytes()
            began = time.perf_counter()
            self._apply([value])
            yield time.perf_counter() - began

    def _apply(self, values: Sequence[bytes]) -> None:
        records = [
            Record("cluster", "conflict-events", 0, self._offset + n, read_message(value))
            for n, value in enumerate(values)
        ]
        self._offset += len(values)
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            apply(session, records, dt.datetime.now(dt.UTC), WINDOW)

    def _tell(self) -> None:
        """What the update ticker and the publisher do meanwhile."""
        now = dt.datetime.now(dt.UTC)
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            tell_due(session, now, WINDOW)
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            if waiting := repository.waiting(session, 1000):
                repository.mark_published(session, waiting[-1].position, now)

    def _clocks(self) -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), server_seconds(self._server)


def count(engine: Engine, measured: Measured) -> None:
    """What the store holds."""
    with Session(engine) as session:
        for name, model in (("incidents", IncidentRow), ("reports", ReportRow), ("alerts", AlertRow)):
            setattr(measured, name, session.scalar(sa.select(sa.func.count()).select_from(model)))


def server_seconds(first: int | None) -> float:
    """Processor seconds of PostgreSQL's processes, those that ended too; 0 where the system does not tell."""
    if first is None or not Path("/proc/self/stat").exists():
        return 0.0
    ticks = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(entry.name) == first:
                ticks += sum(int(number) for number in fields[11:15])
            elif int(fields[1]) == first:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK
