"""What all tests share: one real Kafka a run, and names of topics that no two tests have in common."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from deploy.kafka import SetupError, start_broker
from services.common.settings import Settings
from services.sink.store.engine import open_store
from tests import postgres
from tests.postgres import Postgres

# How long an example takes says more of what else the machine does than of the code.
hypothesis.settings.register_profile("tocsin", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("tocsin")


@pytest.fixture(scope="session")
def bootstrap() -> Iterator[str]:
    """host:port of the Kafka that all tests share: TOCSIN_TEST_BOOTSTRAP's, else one started for this run.

    Without a Kafka the test is skipped, or fails where TOCSIN_REQUIRE_KAFKA=1 (CI) says that it must not be.
    A Kafka that is there but does not start is a fault, and fails everywhere.
    """
    if given := os.environ.get("TOCSIN_TEST_BOOTSTRAP"):
        yield given
        return
    try:
        broker = start_broker()
    except SetupError as error:
        if os.environ.get("TOCSIN_REQUIRE_KAFKA") == "1":
            pytest.fail(f"no Kafka to test with: {error}")
        pytest.skip(f"no Kafka to test with: {error}")
    with broker:
        yield broker.bootstrap


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL for this run, empty.

    Where it is not installed the test is skipped, or fails where TOCSIN_REQUIRE_POSTGRES=1 (CI) says that it must not.
    """
    if postgres.programs() is None:
        if os.environ.get("TOCSIN_REQUIRE_POSTGRES") == "1":
            pytest.fail(postgres.MISSING)
        pytest.skip(postgres.MISSING)
    with postgres.running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> Iterator[str]:
    """A database of the test's own."""
    url = postgres_server.database()
    yield url
    postgres_server.drop(url)


@pytest.fixture(scope="session")
def migrated(postgres_server: Postgres) -> str:
    """The name of a database that holds an empty store, to be copied."""
    postgres_server.run("CREATE DATABASE migrated TEMPLATE template0")
    with open_store(Settings(database_url=postgres_server.url("migrated")), lambda _: None):
        return "migrated"


@pytest.fixture(params=["sqlite", "postgresql"])
def new_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a store that no sink has made yet: what asks for it runs once on each kind of database."""
    if request.param == "sqlite":
        return Settings(data_dir=tmp_path / "odd #%? name")
    return Settings(data_dir=tmp_path, database_url=request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def store_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an empty store: what asks for it runs once on each kind of database."""
    if request.param == "sqlite":
        yield Settings(data_dir=tmp_path / "odd #%? name")
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    url = server.database(like=request.getfixturevalue("migrated"))
    yield Settings(data_dir=tmp_path, database_url=url)
    server.drop(url)


@pytest.fixture
def topic() -> Callable[[str], str]:
    """Makes names of topics (and groups) that nothing else has: topic("articles") -> "articles-3f2a…"."""
    return lambda name="topic": f"{name}-{uuid.uuid4().hex[:12]}"
