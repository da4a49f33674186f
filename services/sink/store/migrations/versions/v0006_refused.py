"""An alert that the brokers refuse for good waits no longer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INDEX = "ix_outbox_waiting"


def upgrade() -> None:
    """Apply."""
    op.add_column("outbox", sa.Column("refused", sa.Text(), nullable=True))
    _index("published_at IS NULL AND refused IS NULL")


def downgrade() -> None:
    """Take back. What was refused waits again, and holds up what stands behind it."""
    _index("published_at IS NULL")
    op.drop_column("outbox", "refused")


def _index(waiting: str) -> None:
    op.drop_index(_INDEX, table_name="outbox")
    where = sa.text(waiting)
    op.create_index(_INDEX, "outbox", ["position"], sqlite_where=where, postgresql_where=where)
