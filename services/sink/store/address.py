"""Where the store is, from the settings: a SQLite file, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from services.common.errors import Fatal
from services.common.settings import Settings

_DRIVER = "postgresql+psycopg"
_POSTGRES = ("postgresql", "postgres", _DRIVER)
_TRY = "try postgresql://user@host/database or sqlite:////path/to/file"


def address(settings: Settings) -> Path | URL:
    """The SQLite file or the PostgreSQL database.

    Raises Fatal, in one sentence without a password, for what is neither.
    """
    if not settings.database_url:
        return settings.data_dir / "tocsin.sqlite"  # not by way of a URL, where ? and # have a meaning
    try:
        url = make_url(settings.database_url)
    except (ArgumentError, ValueError):
        # `from None`: the cause would show the URL.
        raise Fatal(f"TOCSIN_DATABASE_URL is no database URL: {_TRY}") from None
    kind = url.drivername
    if kind in _POSTGRES:
        return _postgres(url)
    if kind.split("+")[0] in _POSTGRES:
        raise Fatal(f"TOCSIN_DATABASE_URL asks for the driver {kind.split('+')[1]}; leave it out: postgresql://…")
    if kind.split("+")[0] != "sqlite":
        raise Fatal(f"TOCSIN_DATABASE_URL names {kind}; the store is kept in PostgreSQL or SQLite: {_TRY}")
    if not url.database or url.database == ":memory:":
        raise Fatal("TOCSIN_DATABASE_URL must name a file: the store outlives the sink. Try sqlite:////path/to/file")
    return Path(url.database)


def told(place: Path | URL) -> str:
    """The address as people may read it in a log."""
    return place.render_as_string(hide_password=True) if isinstance(place, URL) else str(place)


def _postgres(url: URL) -> URL:
    if not url.database:
        raise Fatal(f"TOCSIN_DATABASE_URL names no database: {_TRY}")
    return url.set(drivername=_DRIVER)
