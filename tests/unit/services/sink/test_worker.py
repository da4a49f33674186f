from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.common.errors import Rejected
from services.sink.worker import StoreWorker, now, until_done


async def test_a_store_that_fails_rejects_and_works_again(tmp_path: Path) -> None:
    worker = StoreWorker(sa.create_engine(f"sqlite:///{tmp_path / 'x'}"))

    def full(_session: Session) -> None:
        raise OperationalError("INSERT", None, Exception("disk is full"))

    with pytest.raises(Rejected, match="disk is full"):
        await worker.run(full)
    assert not worker.works
    assert await worker.run(lambda _session, number: number + 1, 1) == 2
    assert worker.works
    worker.close()


async def test_a_function_that_raises_is_rolled_back(tmp_path: Path) -> None:
    worker = StoreWorker(sa.create_engine(f"sqlite:///{tmp_path / 'x'}"))
    await worker.run(lambda session: session.execute(sa.text("CREATE TABLE t (n int)")))

    def fail(session: Session) -> None:
        session.execute(sa.text("INSERT INTO t VALUES (1)"))
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  it has no words
        await worker.run(fail)
    assert await worker.run(lambda session: session.scalar(sa.text("SELECT count(*) FROM t"))) == 0
    worker.close()


async def test_work_is_tried_until_it_is_done_or_no_longer_wanted() -> None:
    stop = asyncio.Event()
    tries = 0

    async def work() -> str:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise Rejected("not now", 0.0)
        return "done"

    assert await until_done(work, stop, "waiting") == "done"
    stop.set()
    assert await until_done(work, stop, "waiting") is None
    assert tries == 3


def test_moments_are_whole_milliseconds() -> None:
    assert now().microsecond % 1000 == 0
