"""The store's history as Alembic migrations; applied when a sink starts (migrate.py)."""
