"""Articles are found by their age."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_articles_article_time", "articles", ["article_time"])


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_articles_article_time", table_name="articles")
