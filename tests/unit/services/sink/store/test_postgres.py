"""A store in PostgreSQL: what it is refused for, and what is only waited for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from services.common.errors import Fatal, Rejected
from services.common.settings import Settings
from services.sink.reader import stored_alerts
from services.sink.store import repository
from services.sink.store.engine import open_reader, open_store
from tests.postgres import Postgres


def opened(url: str) -> None:
    with open_store(Settings(database_url=url), print):
        pass


def test_a_server_that_does_not_answer_is_waited_for(tmp_path: object) -> None:
    url = f"postgresql://me:s3cret@/db?host={tmp_path}"
    for look in (opened, lambda url: stored_alerts(Settings(database_url=url), 1)):
        with pytest.raises(Rejected, match="cannot be used") as away:
            look(url)
        assert "s3cret" not in str(away.value)


def test_what_it_will_refuse_next_time_too_is_told(postgres_server: Postgres) -> None:
    for url in (postgres_server.url("nowhere"), postgres_server.url("postgres").replace("tocsin@", "nobody@")):
        with pytest.raises(Fatal, match="does not exist"):
            opened(url)
    with pytest.raises(Fatal, match="sslmod"):
        opened(postgres_server.url("postgres") + "&sslmod=require")


def test_a_database_that_cannot_hold_all_names_is_refused(postgres_server: Postgres) -> None:
    postgres_server.run("CREATE DATABASE narrow TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(Fatal, match="encoding LATIN1"):
        opened(postgres_server.url("narrow"))


def test_sinks_that_start_together_make_one_store(postgres_url: str) -> None:
    settings = Settings(database_url=postgres_url)
    told: list[str] = []

    def start(_: int) -> None:
        with open_store(settings, told.append):
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(4)))
    assert told
    assert len(told) == len(set(told))
    reader = open_reader(settings)
    with Session(reader) as session:
        assert repository.store_id(session)
    reader.dispose()
