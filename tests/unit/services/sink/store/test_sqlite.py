"""A store in a SQLite file: one writer, durable, refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.common.errors import Fatal
from services.common.settings import Settings
from services.sink.store.engine import open_store
from services.sink.store.models import LinkRow


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "odd #%? name")


def test_a_second_writer_is_refused_and_the_next_one_is_not(settings: Settings) -> None:
    with open_store(settings, print):
        with pytest.raises(Fatal, match="one at a time"), open_store(settings, print):
            pass
        with pytest.raises(Fatal, match="one at a time"), open_store(settings, print):
            pass
    with open_store(settings, print):
        pass


def test_sqlite_is_set_up_to_be_durable_and_to_keep_references(settings: Settings) -> None:
    with open_store(settings, print) as engine, Session(engine) as session:
        found = {
            name: session.scalar(sa.text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        session.add(LinkRow(low=1, high=2))
        with pytest.raises(IntegrityError):
            session.flush()


def test_what_is_no_database_is_refused(settings: Settings) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "tocsin.sqlite").write_bytes(b"not a database, but long enough to look like one" * 40)
    with pytest.raises(Fatal, match="cannot be used"), open_store(settings, print):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fatal, match="folder"), open_store(Settings(data_dir=tmp_path / "file" / "data"), print):
        pass
