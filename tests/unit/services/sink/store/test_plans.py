"""What a message causes is looked up by indexes, on both kinds of database, however large the store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.common.settings import Settings
from services.sink.store import bulk, reports
from services.sink.store.engine import open_store
from services.sink.store.models import CellRow

ROWS, CELLS = 20_000, 100


@pytest.fixture
def session(store_settings: Settings) -> Iterator[Session]:
    """Of a store with so many cells that a look at all of them would be dear."""
    with open_store(store_settings, print) as engine, Session(engine) as opened:
        rows = [{"cell": n % CELLS, "last_day": 738_000 + n % 60, "number": n} for n in range(ROWS)]
        bulk.insert(opened, CellRow, rows)
        opened.execute(sa.text("ANALYZE"))
        yield opened


def plan(session: Session, query: str, given: dict[str, object] | tuple[object, ...]) -> str:
    if isinstance(given, tuple):
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", given)
    else:
        rows = session.execute(sa.text(f"EXPLAIN {query}"), given)
    return "\n".join(str(tuple(row)) for row in rows)


def test_like_reports_are_found_by_the_index_alone(session: Session) -> None:
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    if bind.dialect.name == "sqlite":
        found = plan(session, reports.IN_CELL, (7, 738_000, 738_030, 50))
        assert "USING PRIMARY KEY (cell=? AND last_day>? AND last_day<?)" in found
        assert "SCAN" not in found
        assert "TEMP B-TREE" not in found
    else:
        given = {"cells": [7, 8], "low": [738_000] * 2, "high": [738_030] * 2, "most": 50}
        found = plan(session, reports.IN_CELLS.text, given)
        assert "Index Only Scan Backward using pk_report_cells" in found
        assert "Seq Scan" not in found
        assert "Sort" not in found


def test_no_more_of_a_cell_is_looked_at_than_a_bound(session: Session) -> None:
    all_days = (7, 0, 10**6)
    found = reports.in_windows(session, [all_days, (9999, 0, 10**6)])
    assert set(found) == {all_days}
    assert len(found[all_days]) == reports.MOST_IN_CELL < ROWS // CELLS
    assert found[all_days] == sorted(found[all_days], key=lambda n: (738_000 + n % 60, n), reverse=True)


def test_each_window_of_a_cell_is_looked_through_by_itself(session: Session) -> None:
    early, late = (7, 738_000, 738_009), (7, 738_040, 738_059)
    together, alone = reports.in_windows(session, [early, late]), reports.in_windows(session, [early])
    assert together[early] == alone[early]
    assert together[late]
    assert {738_000 + number % 60 for number in alone[early]} <= set(range(738_000, 738_010))
