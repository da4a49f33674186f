"""Of articles that print one text the first stands for all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. What is there stands for itself until its article comes again."""
    op.add_column("articles", sa.Column("story", sa.BigInteger(), nullable=True))
    op.add_column("articles", sa.Column("copy_of", sa.Text(), nullable=True))
    op.create_index("ix_articles_story", "articles", ["story", "article_time"])


def downgrade() -> None:
    """Take back. Copies are found by nothing until `reindex.py` has made their cells."""
    op.drop_index("ix_articles_story", table_name="articles")
    op.execute("UPDATE store_info SET found_by = NULL")
    op.drop_column("articles", "copy_of")
    op.drop_column("articles", "story")
