import asyncio

import pytest

from services.common import watch


class Client:
    def __init__(self) -> None:
        self.answers: asyncio.Queue[bool] = asyncio.Queue()

    async def force_metadata_update(self) -> bool:
        return await self.answers.get()


async def test_it_tells_what_the_brokers_said_last(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = asyncio.Event()

    async def no_wait(_seconds: float) -> None:
        looked.set()
        await real_sleep(0)

    real_sleep = asyncio.sleep
    monkeypatch.setattr(watch.asyncio, "sleep", no_wait)
    client = Client()
    async with watch.watch_brokers(client) as reached:
        assert reached()
        for answer in (False, True, False):
            looked.clear()
            client.answers.put_nowait(answer)
            await looked.wait()  # the next look begins after the last was noted
            while not client.answers.empty():
                looked.clear()
                await looked.wait()
            assert reached() is answer
    assert not reached()
