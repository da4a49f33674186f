"""Run by Alembic: applies migrations on the connection that migrate.py hands over."""

from __future__ import annotations

from alembic import context

from services.sink.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    on_version_apply=context.config.attributes["on_version_apply"],
    # SQLite changes a column by writing the table anew.
    render_as_batch=True,
    # Each step is a transaction of its own: what is done stays done when a later one fails.
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
