"""Many rows at once, in the way that is cheapest on each kind of database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session

from services.sink.store.locks import is_shared

Row = dict[str, Any]


def insert(session: Session, model: type[DeclarativeBase], rows: Sequence[Row]) -> None:
    """Insert rows, in their order; all have the same columns. By COPY where the database has it."""
    if not rows:
        return
    table = table_of(model)
    if is_shared(session):
        _copy(session, table, rows)
    else:
        session.connection().execute(sa.insert(table), rows)


def table_of(model: type[DeclarativeBase]) -> sa.Table:
    """The table of a model."""
    return cast("sa.Table", model.__table__)


def update(session: Session, model: type[DeclarativeBase], rows: Sequence[Row], key: str) -> None:
    """Write the other columns of each row where `key` is its own; all have the same columns."""
    if not rows:
        return
    table = table_of(model)
    changed: dict[str, Any] = {name: sa.bindparam(f"b_{name}") for name in rows[0] if name != key}
    statement = sa.update(table).where(table.c[key] == sa.bindparam(f"b_{key}")).values(changed)
    session.connection().execute(statement, [{f"b_{name}": value for name, value in row.items()} for row in rows])


def among(session: Session, column: Any, values: Collection[Any]) -> sa.ColumnElement[bool]:
    """True of rows whose column is one of the values, of which there may be any number, as one parameter."""
    if is_shared(session):
        kind = postgresql.ARRAY(column.type.dialect_impl(session.get_bind().dialect))
        return column == sa.func.any(sa.bindparam(None, list(values), type_=kind))  # type: ignore[no-any-return]  # SQLAlchemy
    listed = sa.func.json_each(sa.bindparam(None, list(values), type_=sa.JSON)).table_valued("value")
    return column.in_(sa.select(listed.c.value))  # type: ignore[no-any-return]  # SQLAlchemy


def _copy(session: Session, table: sa.Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    statement = f"COPY {table.name} ({', '.join(names)}) FROM STDIN"
    raw = session.connection().connection.cursor()
    try:
        with raw.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except psycopg.Error as wrong:
        # Past SQLAlchemy, and named as it names what comes by it.
        raise DBAPIError.instance(statement, None, wrong, psycopg.Error, hide_parameters=True) from wrong
    finally:
        raw.close()
