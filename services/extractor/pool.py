"""The pool of processes that code articles; it outlives whatever an article does to one of them."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import multiprocessing
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import resource_tracker
from types import TracebackType
from typing import Any, Self

from schemas import Article, Coder
from services.common.errors import Fatal, Invalid
from services.common.log import logger
from services.extractor import worker
from services.extractor.limits import Limits
from services.extractor.worker import Coded, Failed

CODER_REASONS = ("coder_crashed", "coder_timeout", "coder_failed")
"""The `reason` of every Invalid that `Pool.code` raises: the coder failed, which need not be the article's fault."""

_TRIES = 2
"""A worker may die of something else than its article, such as a lack of memory; so each gets a second one."""
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_CANARY = Article(
    id="canary",
    title="Two soldiers killed in bomb blast",
    text="A bomb killed two soldiers in Kabul on Monday, police said.",
    language="en",
    published_at=dt.date(2024, 1, 18),
)
_CANARY_TIME = dt.datetime(2024, 1, 18, 12, tzinfo=dt.UTC)


class _CrashedError(Exception):
    """The worker died with an article in hand."""


class _HungError(Exception):
    """The worker did not answer in time."""


class _Worker:
    """One process and the pipe to it. Its methods block; the constructor does not wait for the coder to load."""

    def __init__(self, context: multiprocessing.context.ForkServerContext, coder: str) -> None:
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=worker.main, args=(theirs, coder), name="tocsin-coder")
        with _blocked_signals():
            self._process.start()
        theirs.close()  # so that the worker's end is the last, and its death ends the pipe

    def hello(self, limit: float) -> Coder:
        """Wait until the coder is loaded. Raises Fatal when it cannot be, _CrashedError, _HungError."""
        answer = self._receive(limit)
        if isinstance(answer, Failed):
            raise Fatal(f"the coder cannot be loaded: {answer.error}")
        coder: Coder = answer
        return coder

    def code(self, article: Article, article_time: dt.datetime, limit: float) -> Coded | Failed:
        """Have one article coded. Raises _CrashedError, _HungError."""
        try:
            self._pipe.send((article, article_time))
        except OSError as gone:
            raise _CrashedError from gone
        answer: Coded | Failed = self._receive(limit)
        return answer

    def _receive(self, limit: float) -> Any:
        try:
            if not self._pipe.poll(limit):
                raise _HungError
            return self._pipe.recv()
        except (EOFError, OSError) as gone:
            raise _CrashedError from gone

    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        """End it at once, whatever it does: it ignores SIGTERM."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


class Pool:
    """`workers` processes, each with one article in hand, so that one that dies or hangs names its culprit.

    An async context: entering it waits until all can code (Fatal when they cannot), leaving it kills them.
    """

    def __init__(self, limits: Limits, workers: int) -> None:
        self._limits = limits
        self._count = workers
        self._context = multiprocessing.get_context("forkserver")
        # One model of the language in memory for all, and a fresh worker in no time, as far as importing loads it.
        self._context.set_forkserver_preload([limits.coder.split(":")[0], worker.__name__])
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="pool")
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._closed = threading.Event()
        self.coder: Coder
        """What the workers' coder is called; known once the context is entered."""

    async def __aenter__(self) -> Self:
        try:
            for one in await asyncio.gather(*(self._in_thread(self._start) for _ in range(self._count))):
                self._idle.put_nowait(one)
            # One for each worker: the first article makes a coder load its language model.
            await asyncio.gather(*(self.check() for _ in range(self._count)))
        except BaseException:
            self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill the workers; what they had in hand fails. Blocks some milliseconds."""
        self._closed.set()
        for one in list(self._all):
            self._discard(one)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def alive(self) -> bool:
        """True while there is a process for each place in the pool."""
        return len(self._all) == self._count and all(one.alive() for one in self._all)

    def pids(self) -> list[int]:
        """The workers' process ids."""
        return [pid for one in self._all if (pid := one._process.pid) is not None]  # noqa: SLF001  its own class

    async def code(self, article: Article, article_time: dt.datetime) -> Coded:
        """Have `article` (with its id) coded by the next worker that is free.

        A worker that dies, hangs or raises is replaced and the article tried once more. Raises Invalid with
        one of `CODER_REASONS` when that fails too, Fatal when no worker can be started.
        """
        tries = 0
        while True:
            one = await self._idle.get()
            try:
                answer = await self._try(one, article, article_time)
            except BaseException:  # cancelled while the thread waits on: nobody may use this worker again
                self._discard(one)
                raise
            if isinstance(answer, Coded):
                self._idle.put_nowait(one)
                return answer
            self._discard(one)
            self._idle.put_nowait(await self._in_thread(self._start))
            tries += 1
            if tries == _TRIES:
                raise answer

    async def check(self) -> None:
        """Code a plain sentence. Raises Fatal when even that fails: then the coder is broken, and no article is."""
        try:
            await self.code(_CANARY, _CANARY_TIME)
        except Invalid as failure:
            raise Fatal(f"the coder fails at a plain sentence, so nothing is read: {failure.detail}") from failure

    async def _try(self, one: _Worker, article: Article, article_time: dt.datetime) -> Coded | Invalid:
        limit = self._limits.time_limit
        try:
            answer = await self._in_thread(one.code, article, article_time, limit)
        except _CrashedError:
            reason, what = "coder_crashed", "The coder crashed on this article"
        except _HungError:
            reason, what = "coder_timeout", f"The coder did not finish this article in {limit:g} s"
        else:
            if isinstance(answer, Coded):
                return answer
            reason, what = "coder_failed", f"The coder failed on this article ({answer.error})"
            logger().warning("coder raised", article_id=article.id, error=answer.error, trace=answer.trace)
        logger().warning("worker replaced", article_id=article.id, reason=reason)
        detail = f"{what}: tell those who run Tocsin, and have it replayed once the coder is mended."
        return Invalid(reason, detail)

    def _start(self) -> _Worker:
        told = "the pool is closed"
        for _ in range(_TRIES):
            if self._closed.is_set():
                break
            try:
                one = _Worker(self._context, self._limits.coder)
            except (OSError, EOFError) as error:  # the server that forks the workers was killed, or died of an import
                told = f"{type(error).__name__} {error}"
                continue
            self._all.add(one)
            try:
                self.coder = one.hello(self._limits.start_limit)
            except Fatal:
                self._discard(one)
                raise
            except (_CrashedError, _HungError) as error:
                self._discard(one)
                told = "it died" if isinstance(error, _CrashedError) else "it hung"
            else:
                if self._closed.is_set():
                    self._discard(one)
                return one
        raise Fatal(f"no worker that codes articles can be started with {self._limits.coder}: {told}")

    def _discard(self, one: _Worker) -> None:
        self._all.discard(one)
        one.kill()

    async def _in_thread(self, call: Any, *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *args)


@contextlib.contextmanager
def _blocked_signals() -> Iterator[None]:
    """Children inherit the mask: signals to the whole process group leave the server of the pool alive.

    The tracker comes first: it unblocks the signals for its starter once it is up.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
