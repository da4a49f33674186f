"""What TOCSIN_DATABASE_URL may say, and the sentence for what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from services.common.errors import Fatal
from services.common.settings import Settings
from services.sink.store.address import address, told


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://host",
        "postgresql://u:s3cret@host:port/db",
        "postgresql+asyncpg://u:s3cret@host/db",
        "mysql://u:s3cret@host/db",
    ],
)
def test_another_kind_of_store_is_refused_without_telling_a_password(url: str) -> None:
    with pytest.raises(Fatal, match="TOCSIN_DATABASE_URL") as refused:
        address(Settings(database_url=url))
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_named_as_people_name_it(scheme: str) -> None:
    found = address(Settings(database_url=f"{scheme}://u:s3cret@host:5433/db?sslmode=require"))
    assert isinstance(found, URL)
    assert (found.drivername, found.host, found.port, found.database) == ("postgresql+psycopg", "host", 5433, "db")
    assert "s3cret" not in told(found)


def test_sqlite_is_in_the_data_folder_unless_it_is_named() -> None:
    assert address(Settings(data_dir=Path("d"))) == Path("d/tocsin.sqlite")
    assert address(Settings(database_url="sqlite:////a/b")) == Path("/a/b")
