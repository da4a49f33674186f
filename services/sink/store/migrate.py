"""Brings a store to the newest migration, one transaction a step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from sqlalchemy import Connection, Engine

from services.common.errors import Fatal

_FOLDER = Path(__file__).parent / "migrations"


def migrate(engine: Engine, say: Callable[[str], None]) -> None:
    """Apply what is missing, and tell `say` each step; a store that is up to date is left alone.

    Blocks. Raises Fatal for a store that a newer version of Tocsin made, DBAPIError when it cannot be written.
    """
    try:
        with engine.connect() as connection:
            steps = _missing(connection)
            connection.rollback()  # looking began a transaction; Alembic begins its own
            if steps:
                config = _config(connection, _teller(steps, say))
                command.upgrade(config, "head")
    except RevisionError as unknown:
        raise Fatal(
            f"the store {engine.url.database} was made by a newer version of Tocsin: upgrade Tocsin, or choose "
            f"another store by TOCSIN_DATA_DIR or TOCSIN_DATABASE_URL ({unknown})"
        ) from unknown


def newest() -> str | None:
    """The migration that a store of this version has."""
    return ScriptDirectory.from_config(_config(None, lambda **_: None)).get_current_head()


def _config(connection: Connection | None, told: Callable[..., None]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["on_version_apply"] = told
    return config


def _missing(connection: Connection) -> list[str]:
    """Revisions to come, first to last."""
    now = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(_config(None, lambda **_: None))
    return [step.revision for step in script.iterate_revisions("head", now)][::-1]


def _teller(steps: list[str], say: Callable[[str], None]) -> Callable[..., None]:
    def told(*, step: Any, **_: Any) -> None:
        revision = step.up_revision_id
        say(f"store migrated to {revision} ({steps.index(revision) + 1} of {len(steps)}): {step.up_revision.doc}")

    return told
