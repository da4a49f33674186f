"""Whatever happens to the extractor, no article is lost; whatever an article does, it stops nothing but itself."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.integration.extractor.harness import Line, article
from tests.waiting import is_gone

SLOW = "SLOW 0.05"


async def keys(line: Line) -> list[str]:
    return [record.key.decode() for record in await line.read(line.events)]


async def letters(line: Line) -> dict[str, str]:
    """The reason of each dead letter, by its key."""
    found = await line.read(f"{line.articles}.dlq")
    return {record.key.decode(): dict(record.headers)["error.type"].decode() for record in found}


async def test_sigterm_with_work_in_flight_loses_and_repeats_nothing(line: Line) -> None:
    wanted = [f"a-{number}" for number in range(120)]
    await line.produce(article(key, SLOW) for key in wanted)
    with line.extractor() as running:
        running.until_decided(10)
        assert running.end() == 0
    before = len(await keys(line))
    assert 10 <= before < len(wanted), "it was stopped in the middle"
    assert sum((await line.committed()).values()) == before
    with line.extractor() as running:
        running.until_decided(len(wanted) - before)
        assert running.end() == 0
    assert sorted(await keys(line)) == sorted(wanted)
    assert await letters(line) == {}


async def test_kill_9_loses_nothing_and_repeats_at_most_what_was_not_committed(line: Line) -> None:
    wanted = [f"a-{number}" for number in range(120)]
    await line.produce(article(key, SLOW) for key in wanted)
    with line.extractor() as running:
        running.until_decided(40)
        running.end(signal.SIGKILL)
    done = sum((await line.committed()).values())
    with line.extractor(TOCSIN_WORKERS="2") as running:
        running.until_decided(len(wanted) - done)
        assert running.end() == 0
    found = await keys(line)
    assert set(found) == set(wanted)
    assert len(found) - len(wanted) <= 40 + 2 * 16, "half a second's work and the batch in hand"
    assert sum((await line.committed()).values()) == len(wanted)


async def test_a_member_with_a_name_of_its_own_has_its_partitions_at_once_after_kill_9(line: Line) -> None:
    # Another one would have to wait until the brokers have given the dead one up.
    given = {"TOCSIN_EXTRACTOR_MEMBER": "one", "TOCSIN_EXTRACTOR_SESSION_TIMEOUT": "300"}
    await line.produce(article(f"a-{number}", SLOW) for number in range(40))
    with line.extractor(**given) as running:
        running.until_decided(5)
        running.end(signal.SIGKILL)
    with line.extractor(**given) as running:
        running.until_decided(1)
        running.until_ready()
        assert running.end() == 0


async def test_members_come_and_go_and_nothing_is_lost(line: Line) -> None:
    wanted = [f"a-{number}" for number in range(160)]
    await line.produce(article(key, SLOW) for key in wanted)
    with line.extractor() as first, line.extractor() as second:
        second.until_ready()
        first.until_ready()
        first.until_decided(10)
        second.until_decided(10)
        assert first.end() == 0
        second.until(lambda: len(first.extracted() | second.extracted()) == len(wanted))
        assert second.end() == 0
        assert first.said("the reader crashed and starts anew") == []
        assert second.said("the reader crashed and starts anew") == []
    found = await keys(line)
    assert set(found) == set(wanted)
    assert len(found) - len(wanted) <= 2 * 16, "a batch in hand at each of the rebalances"
    assert sum((await line.committed()).values()) == len(wanted)


async def test_sigterm_while_it_starts_ends_it(line: Line) -> None:
    with line.extractor() as running:
        running.until(lambda: bool(running.said("extractor starts")))
        assert running.end() == 0


@pytest.mark.parametrize(
    ("bidding", "reason"),
    [
        ("SEGFAULT", "coder_crashed"),
        ("EXIT", "coder_crashed"),
        ("HANG", "coder_timeout"),
        ("RAISE", "coder_failed"),
    ],
)
async def test_a_poison_article_is_dead_lettered_and_all_others_are_delivered(
    line: Line, bidding: str, reason: str
) -> None:
    records = [article(f"a-{number}", bidding if number == 13 else "Calm.") for number in range(33)]
    with line.extractor(TOCSIN_EXTRACTOR_TIME_LIMIT="0.5", TOCSIN_WORKERS="2") as running:
        running.until_ready()
        await line.produce(records)
        running.until_decided(len(records))
        running.until_ready()
        assert running.end() == 0
    assert sorted(await keys(line)) == sorted(f"a-{number}" for number in range(33) if number != 13)
    assert await letters(line) == {"a-13": reason}


async def test_a_poison_article_alone_is_dead_lettered_too(line: Line) -> None:
    with line.extractor() as running:
        running.until_ready()
        await line.produce([article("a-1", "RAISE")])
        running.until_decided(1)
        assert running.end() == 0
    assert await letters(line) == {"a-1": "coder_failed"}


async def test_a_coder_that_fails_at_everything_is_never_let_loose_on_the_topic(line: Line) -> None:
    await line.produce(article(f"a-{number}") for number in range(5))
    with line.extractor("broken") as running:
        assert running.process.wait(60) == 1
        assert "fails at a plain sentence" in running._log.read_text()
    assert await letters(line) == {}
    assert await line.committed() == {}


async def test_while_a_coder_fails_at_all_articles_nothing_is_read_and_it_goes_on_when_the_cause_is_gone(
    line: Line, tmp_path: Path
) -> None:
    cause = tmp_path / "cause"
    cause.touch()
    await line.produce([article(f"a-{number}") for number in range(8)], partition=0)
    few = {"TOCSIN_EXTRACTOR_FAILURES": "3", "TOCSIN_EXTRACTOR_BATCH": "4", "TOCSIN_TEST_CAUSE": str(cause)}
    with line.extractor("broken", TOCSIN_TEST_CANARY="1", **few) as running:
        running.until(lambda: len(running.said("nothing is read, trying again")) >= 2)
        assert " articles in a row" in running._log.read_text()
        status, told = running.get("/readyz")
        assert (status, json.loads(told)["coder"]) == (503, False)
        assert await letters(line) == {}
        assert await keys(line) == []
        assert sum((await line.committed()).values()) <= 0
        cause.unlink()
        running.until_decided(8)
        running.until_ready()
        assert running.end() == 0
    assert await letters(line) == {}
    assert len(await keys(line)) == 8


async def test_an_article_that_takes_longer_than_the_session_costs_no_membership(line: Line) -> None:
    await line.produce([article("long", "SLOW 14"), *(article(f"a-{number}") for number in range(10))])
    with line.extractor(TOCSIN_EXTRACTOR_SESSION_TIMEOUT="6") as running:
        running.until_decided(11)
        running.until_ready()
        assert running.end() == 0
        assert running.said("the reader crashed and starts anew") == []
        assert "session expired" not in running._log.read_text()
    assert sorted(await keys(line)) == sorted(["long", *(f"a-{number}" for number in range(10))])
    assert sum((await line.committed()).values()) == 11


async def test_kill_9_leaves_no_process_behind_even_one_that_hangs(line: Line, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    with line.extractor() as running:
        running.until_ready()
        await line.produce([article("a-1", f"PID {note}")])
        running.until(lambda: note.exists() and bool(note.read_text()))
        pids = [*json.loads(note.read_text()), *_children(running.process.pid)]
        assert len(set(pids)) >= 3, "the worker, the server that forks workers, and its tracker"
        running.end(signal.SIGKILL)
        running.until(lambda: all(map(is_gone, pids)))


async def test_signals_to_the_whole_group_leave_the_pool_at_work(line: Line) -> None:
    await line.produce([article(f"a-{number}", SLOW) for number in range(60)])
    with line.extractor() as running:
        running.until_decided(5)
        os.killpg(running.process.pid, signal.SIGTERM)
        assert running.process.wait(30) == 0
        assert running.said("worker replaced") == []
    assert len(await keys(line)) == sum((await line.committed()).values()) >= 5


async def test_sigterm_ends_it_within_its_grace_even_with_a_batch_that_does_not_end(line: Line, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    with line.extractor(TOCSIN_EXTRACTOR_GRACE="0.5") as running:
        running.until_ready()
        await line.produce([article("a-1", f"PID {note}")])
        running.until(lambda: note.exists() and bool(note.read_text()))
        assert running.end() == 1
        pids = json.loads(note.read_text())
        running.until(lambda: all(map(is_gone, pids)))
    assert await line.committed() == {}
    assert await keys(line) == []


def _children(pid: int) -> list[int]:
    """The processes that the threads of `pid` started."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text().split()]
