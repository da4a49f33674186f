"""Reports can be found by country and day and are linked to those like them; incidents wait for their updates."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DUE = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    """Apply."""
    op.add_column("incidents", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("incidents", sa.Column("merged_into", sa.String(length=36), nullable=True))
    op.create_index("ix_incidents_due", "incidents", ["due_at"], sqlite_where=_DUE, postgresql_where=_DUE)
    op.drop_index("ix_reports_incident_id", table_name="reports")
    op.rename_table("reports", "reports_0001")
    reports = op.create_table(
        "reports",
        sa.Column("number", _POSITION, autoincrement=True, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.String(length=36), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("seen_day", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.article_id"], name="fk_reports_article_id_0002"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.incident_id"], name="fk_reports_incident_id_0002"),
        sa.PrimaryKeyConstraint("number", name="pk_reports_0002"),
        sa.UniqueConstraint("article_id", "event_id", name="uq_reports_article_id_event_id"),
        sqlite_autoincrement=True,
    )
    connection = op.get_bind()
    for row in _moved(connection):
        connection.execute(sa.insert(reports).values(**row))
    op.drop_table("reports_0001")
    op.create_index("ix_reports_incident_id", "reports", ["incident_id"])
    op.create_index("ix_reports_country_last_day", "reports", ["country", "last_day"])
    op.create_table(
        "links",
        sa.Column("low", _POSITION, nullable=False),
        sa.Column("high", _POSITION, nullable=False),
        sa.ForeignKeyConstraint(["low"], ["reports.number"], name="fk_links_low", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["high"], ["reports.number"], name="fk_links_high", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("low", "high", name="pk_links"),
    )
    op.create_index("ix_links_high", "links", ["high"])


def _moved(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """The reports that there are, with what they are now found by."""
    rows = connection.execute(
        sa.text(
            "SELECT r.article_id, r.event_id, r.incident_id, r.rank, r.event, r.sentences, a.article_time "
            "FROM reports_0001 r JOIN articles a ON a.article_id = r.article_id ORDER BY r.article_id, r.rank"
        )
    ).mappings()
    seen: set[str] = set()
    for row in rows.all():
        event = json.loads(row["event"])
        date, place = event.get("date") or {}, event.get("place") or {}
        seen_day = dt.date.fromisoformat(str(row["article_time"])[:10]).toordinal()
        yield {
            **{name: row[name] for name in ("article_id", "event_id", "incident_id", "rank", "event", "sentences")},
            "main": row["article_id"] not in seen,
            "country": place.get("country"),
            "first_day": dt.date.fromisoformat(date["start"]).toordinal() if date else seen_day,
            "last_day": dt.date.fromisoformat(date["end"]).toordinal() if date else seen_day,
            "seen_day": seen_day,
        }
        seen.add(row["article_id"])


def downgrade() -> None:
    """Take back: not offered, for merged incidents cannot be told apart again."""
    raise NotImplementedError("a store that merges incidents cannot go back: keep a copy of the file before upgrading")
