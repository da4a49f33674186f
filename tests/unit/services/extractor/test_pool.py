"""The pool with real processes: one that dies, hangs or fails is replaced, and only its own article suffers."""

import asyncio
import datetime as dt

import pytest

from schemas import Article, ArticleEvents
from services.common.errors import Fatal, Invalid
from services.extractor.limits import Limits
from services.extractor.pool import Pool
from tests.waiting import is_gone

TIME = dt.datetime(2024, 1, 18, tzinfo=dt.UTC)
CODERS = "tests.integration.extractor.coders"


def make(coder: str = f"{CODERS}:obedient", workers: int = 1, time_limit: float = 60.0) -> Pool:
    return Pool(Limits(coder=coder, time_limit=time_limit), workers)


def article(text: str = "Calm.", key: str = "a-1") -> Article:
    return Article(id=key, text=text)


async def test_it_knows_its_coder_and_codes() -> None:
    async with make() as pool:
        assert (pool.coder.name, pool.coder.version) == ("stub", "1.2")
        assert pool.alive()
        coded = await pool.code(article(), TIME)
        assert ArticleEvents.read(coded.value).article_id == "a-1"
        assert coded.timings.keys() == {"parse", "total"}
        assert coded.kinds == []


@pytest.mark.parametrize(
    ("bidding", "reason"),
    [("SEGFAULT", "coder_crashed"), ("EXIT", "coder_crashed"), ("HANG", "coder_timeout"), ("RAISE", "coder_failed")],
)
async def test_only_the_culprit_is_refused(bidding: str, reason: str) -> None:
    async with make(workers=2, time_limit=1.0 if bidding == "HANG" else 60.0) as pool:
        before = set(pool.pids())
        answers = await asyncio.gather(
            *(pool.code(article(bidding if key == "2" else "Calm.", key), TIME) for key in "012345"),
            return_exceptions=True,
        )
        assert [key for key, answer in zip("012345", answers, strict=True) if isinstance(answer, Invalid)] == ["2"]
        assert isinstance(answers[2], Invalid)
        assert answers[2].reason == reason
        assert pool.alive()
        assert set(pool.pids()) != before


async def test_a_failure_tells_what_was_raised() -> None:
    async with make() as pool:
        with pytest.raises(Invalid) as refused:
            await pool.code(article("RAISE"), TIME)
    assert "ValueError: what a bug says" in refused.value.detail


async def test_leaving_it_ends_its_processes_whatever_they_do() -> None:
    async with make(workers=2) as pool:
        hanging = asyncio.create_task(pool.code(article("HANG"), TIME))
        await pool.code(article(), TIME)
        pids = pool.pids()
        assert len(pids) == 2
    assert all(map(is_gone, pids))
    assert not pool.alive()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)


@pytest.mark.parametrize(
    ("coder", "told"),
    [
        (f"{CODERS}:broken", "plain sentence"),
        (f"{CODERS}:missing", "AttributeError"),
        ("tests.no_such_module:code", "ModuleNotFoundError"),
        ("no path", "ValueError"),
    ],
)
async def test_a_coder_that_cannot_work_is_fatal_before_anything_is_read(coder: str, told: str) -> None:
    with pytest.raises(Fatal, match=told):
        async with make(coder):
            pytest.fail("it was let in")
