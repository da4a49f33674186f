"""The chaos program can fail: each of three known bugs, built in one at a time, is reported."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka import SetupError
from tests.chaos.plan import Fault, Plan
from tests.chaos.planted import planted
from tests.chaos.run import chaos
from tests.chaos.table import Result, table


@pytest.fixture(autouse=True)
def silent_clients() -> Iterator[None]:
    """Three lines at each try while a broker is down on purpose would drown ours; other tests want theirs."""
    library = logging.getLogger("aiokafka")
    before = library.level
    library.setLevel(logging.CRITICAL)
    yield
    library.setLevel(before)


def run(bug: str, folder: Path, faults: list[Fault], sinks: int = 0) -> Result:
    """A small run, as broken as `bug` makes it."""
    articles = 80 * len(faults)
    plan = Plan(7, articles, faults, 12.0, folder, command=planted(bug), nodes=1, sinks=sinks)
    try:
        result = asyncio.run(chaos(plan, print))
    except SetupError as error:
        if os.environ.get("TOCSIN_REQUIRE_KAFKA") == "1":
            pytest.fail(f"no Kafka to test with: {error}")
        pytest.skip(f"no Kafka to test with: {error}")
    print("\n".join(table(result)))  # shown where the test fails
    return result


def test_an_offset_that_is_committed_before_the_work_is_reported(tmp_path: Path) -> None:
    result = run("early-commit", tmp_path, [Fault("kill -9", "extractor")] * 3)
    assert any("was committed before its output was sent" in told for told in result.wrong["offsets"])


def test_an_outbox_outside_the_transaction_is_reported(tmp_path: Path) -> None:
    result = run("apart-outbox", tmp_path, [Fault("kill -9", "sink")] * 3)
    assert any("is not the same in the store and on its topic" in told for told in result.wrong["store"])


def test_a_sink_that_is_frozen_and_not_fenced_is_reported(tmp_path: Path) -> None:
    result = run("unfenced", tmp_path, [Fault("freeze", "sink")] * 3, sinks=2)
    assert any("was told twice" in told for told in result.wrong["alerts"])
