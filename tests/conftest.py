"""What all tests share: one real Kafka a run, and names of topics that no two tests have in common."""

import os
import uuid
from collections.abc import Callable, Iterator

import pytest

from deploy.kafka import SetupError, start_broker


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


@pytest.fixture
def topic() -> Callable[[str], str]:
    """Makes names of topics (and groups) that nothing else has: topic("articles") -> "articles-3f2a…"."""
    return lambda name="topic": f"{name}-{uuid.uuid4().hex[:12]}"
