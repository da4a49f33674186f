"""Several sinks on one PostgreSQL share the work, and one goes on where another ends, freezes or loses the store."""

from __future__ import annotations

import asyncio
import signal

import aiohttp
import pytest

from schemas import Alert
from services.common.errors import Fatal
from services.sink.store import repository
from services.sink.store.lease import FROZEN_SECONDS
from tests import postgres
from tests.integration.sink.conftest import Sink, eventually
from tests.messages import event, killed, message
from tests.waiting import LONGEST

ARTICLES = 60


@pytest.fixture
def shared(sink: Sink) -> Sink:
    if not sink.settings.database_url:
        pytest.skip("a SQLite store serves one sink")
    return sink


async def send(sink: Sink, version: int) -> None:
    articles = [
        message(f"a{n}", version=version, events=[event(f"a{n}", casualties=killed(3 + version))])
        for n in range(ARTICLES)
    ]
    await asyncio.gather(sink.send(*articles[::2], partition=0), sink.send(*articles[1::2], partition=1))


def check(alerts: list[Alert], versions: int) -> None:
    """Each alert was told once, those of an incident in their order."""
    assert len({alert.id for alert in alerts}) == len(alerts) == versions * ARTICLES
    sequences: dict[str, list[int]] = {}
    for alert in alerts:
        sequences.setdefault(alert.incident_id, []).append(alert.sequence)
    assert all(told == sorted(told) for told in sequences.values())


def assigned(sink: Sink) -> int:
    return sink.log.read_text().count("partitions assigned")


async def test_they_share_the_partitions_and_one_of_them_publishes(shared: Sink) -> None:
    for started in (1, 2):
        shared.start()
        await eventually(lambda: asyncio.to_thread(assigned, shared), lambda seen, least=started: seen >= least)
    await eventually(lambda: asyncio.to_thread(shared.log.read_text), lambda log: '"partitions": [0]' in log)
    await send(shared, 0)
    check(await shared.until_published(ARTICLES), 1)
    for process in shared.processes:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait) == 0


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSTOP])
async def test_where_one_ends_or_freezes_the_other_goes_on(shared: Sink, end: signal.Signals) -> None:
    first = shared.start()
    await send(shared, 0)
    await shared.until_published(ARTICLES // 2)  # so the first one publishes
    shared.start()
    first.send_signal(end)
    await send(shared, 1)
    assert LONGEST > 2 * FROZEN_SECONDS
    check(await shared.until_published(2 * ARTICLES), 2)
    first.send_signal(signal.SIGCONT)
    await asyncio.sleep(1.0)  # it wakes, and must not tell anything again
    assert len(await shared.published()) == 2 * ARTICLES


async def test_while_the_store_is_away_it_waits_and_says_so(shared: Sink) -> None:
    with postgres.running() as server:
        shared.settings.database_url, shared.settings.sink_port = server.url("postgres"), 18_000
        async with shared.running(), aiohttp.ClientSession() as http:

            async def ready() -> bool:
                async with http.get(f"http://127.0.0.1:{shared.settings.sink_port}/readyz") as answer:
                    return bool((await answer.json())["store"])

            await shared.send(message())
            await shared.until_published(1)
            server.stop()
            await shared.send(message("a2"))
            await eventually(ready, lambda works: not works)
            server.start()
            await shared.until_published(2)
            await eventually(ready, bool)
    assert len(await shared.published()) == 2


async def test_a_record_that_the_sink_fails_at_takes_no_other_along(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.sink import process

    whole = process.reports_of

    def fail(one: object) -> object:
        if getattr(one, "article_id", "") == "a7":
            raise ArithmeticError("a fault of the sink")
        return whole(one)  # type: ignore[arg-type]

    monkeypatch.setattr(process, "reports_of", fail)
    await sink.send(*(message(f"a{n}") for n in range(20)), partition=0)
    async with sink.running():
        await sink.until_published(19)
    (letter,) = await sink.records(f"{sink.names.events}.dlq")
    assert dict(letter.headers)["error.type"] == b"not_applied"
    assert letter.key == b"a7"
    assert sink.stored(repository.waiting, 1) == []


@pytest.mark.parametrize("records", [1, 20])
async def test_what_a_person_must_look_at_stops_the_sink_and_blames_no_record(
    records: int, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.sink import process

    def fail(_: object) -> object:
        raise Fatal("the store is of another cluster: give it its own")

    monkeypatch.setattr(process, "reports_of", fail)
    await sink.send(*(message(f"a{n}") for n in range(records)), partition=0)
    with pytest.raises(Fatal, match="another cluster"):
        async with sink.running() as task:
            await asyncio.wait([task])
    assert await sink.records(f"{sink.names.events}.dlq") == []
