"""Indexes the reports of a store anew where they are found by something else since this version."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.sink.merging.cells import RULE
from services.sink.store import bulk, kept, reports
from services.sink.store.models import CellRow, ReportRow, StoreInfo

STEP = 1000
"""Reports in one transaction."""


def reindex(engine: Engine, say: Callable[[str], None]) -> None:
    """Make the cells of all reports, unless those that are there are by this rule. Blocks; `say` is told each step."""
    with Session(engine) as session, session.begin():
        if session.scalars(sa.select(StoreInfo.found_by)).one() == RULE:
            return
        total = session.scalars(sa.select(sa.func.count()).select_from(ReportRow)).one()
    done = after = 0
    while numbers := _next(engine, after):
        done, after = done + len(numbers), numbers[-1]
        say(f"store: {done} of {total} reports indexed")
    with Session(engine) as session, session.begin():
        session.execute(sa.update(StoreInfo).values(found_by=RULE))


def _next(engine: Engine, after: int) -> list[int]:
    with Session(engine) as session, session.begin():
        query = sa.select(ReportRow.number).where(ReportRow.number > after).order_by(ReportRow.number).limit(STEP)
        numbers = list(session.scalars(query))
        if numbers:
            session.execute(sa.delete(CellRow).where(CellRow.number.between(numbers[0], numbers[-1])))
            found = [kept.make(s.number, s.report) for s in reports.by_number(session, numbers) if s.copy_of is None]
            rows = [row for one in found for row in reports.cell_rows(one.number, one.signature, one.cells)]
            bulk.insert(session, CellRow, rows)
        return numbers
