"""Reports are found by cells; incidents know when they were told and how old they are."""

from __future__ import annotations

import datetime as dt
import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. The cells of the reports that are there come from `reindex.py`, since they hang on the merging's rules."""
    op.add_column("store_info", sa.Column("found_by", sa.Text(), nullable=True))
    op.add_column("incidents", sa.Column("last_type", sa.String(length=16), nullable=True))
    op.add_column("incidents", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("incidents", sa.Column("newest_day", sa.Integer(), nullable=True))
    op.drop_index("ix_reports_country_last_day", table_name="reports")
    op.create_table(
        "report_cells",
        sa.Column("cell", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("cell", "last_day", "number", name="pk_report_cells"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_report_cells_number", "report_cells", ["number"])
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "UPDATE incidents SET newest_day = coalesce((SELECT max(CASE WHEN r.last_day > r.seen_day THEN r.last_day "
            "ELSE r.seen_day END) FROM reports r WHERE r.incident_id = incidents.incident_id), 0)"
        )
    )
    _told(connection)
    op.create_index("ix_incidents_newest_day", "incidents", ["newest_day"])


def _told(connection: sa.Connection) -> None:
    """What the newest alert of each incident says of itself."""
    incidents = sa.table(
        "incidents",
        sa.column("incident_id", sa.String()),
        sa.column("last_type", sa.String()),
        sa.column("told_at", sa.DateTime(timezone=True)),
        sa.column("newest_day", sa.Integer()),
    )
    page = sa.text(
        "SELECT i.incident_id, i.newest_day, a.body FROM incidents i JOIN alerts a ON a.alert_id = i.last_alert_id "
        "WHERE i.incident_id > :after ORDER BY i.incident_id LIMIT 500"
    )
    after = ""
    while rows := connection.execute(page, {"after": after}).all():
        for incident_id, newest_day, body in rows:
            alert = json.loads(body)
            sent = dt.datetime.fromisoformat(alert["sent"]).astimezone(dt.UTC)
            connection.execute(
                sa.update(incidents)
                .where(incidents.c.incident_id == incident_id)
                .values(last_type=alert["message_type"], told_at=sent, newest_day=max(newest_day, sent.toordinal()))
            )
        after = rows[-1][0]


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_incidents_newest_day", table_name="incidents")
    op.drop_table("report_cells")
    op.create_index("ix_reports_country_last_day", "reports", ["country", "last_day"])
    for name in ("newest_day", "told_at", "last_type"):
        op.drop_column("incidents", name)
    op.drop_column("store_info", "found_by")
