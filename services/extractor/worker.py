"""The process that codes articles: one at a time, as they come through a pipe, and gone when its parent is gone."""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import multiprocessing
import os
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Protocol

from schemas import Article, ArticleEvents, Coder


class CodeArticle(Protocol):
    """What a coder is: pure, and filling `timings` with the seconds of each of its steps."""

    def __call__(
        self, article: Article, *, article_time: dt.datetime, timings: dict[str, float] | None = None
    ) -> ArticleEvents:
        """The events of `article`."""


@dataclass(frozen=True)
class Coded:
    """What a worker says of an article; bytes rather than models, so that the event loop need not read them."""

    value: bytes
    """The ArticleEvents as they go on the topic."""
    language: str | None
    kinds: list[tuple[str, str]]
    """ACLED's event type (`none` without one) and modality of each event."""
    timings: dict[str, float]
    """Seconds by step of coding, and `total`."""


@dataclass(frozen=True)
class Failed:
    """The coder raised an exception."""

    error: str
    """Its type and message."""
    trace: str


def find_coder(path: str) -> tuple[CodeArticle, Coder]:
    """The function that `package.module:function` names, and its module's `CODER`.

    Raises ImportError, AttributeError, ValueError or whatever the module raises when imported.
    """
    module_name, function = path.split(":")
    module = importlib.import_module(module_name)
    code: CodeArticle = getattr(module, function)
    coder: Coder = module.CODER
    return code, coder


def main(pipe: Connection, coder_path: str) -> None:
    """Say which coder it is, then answer each (article, article_time) with Coded or Failed until the pipe closes.

    A coder that cannot be loaded is told as Failed. Stopping is the parent's business: signals that a
    terminal or a supervisor sends to the whole process group are ignored.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        code, coder = find_coder(coder_path)
    except Exception as broken:  # noqa: BLE001  told to the parent, which stops the service
        pipe.send(_failed(broken))
        return
    pipe.send(coder)
    settled = False
    while True:
        try:
            article, article_time = pipe.recv()
        except EOFError:
            return
        answer = _code(code, article, article_time)
        pipe.send(answer)
        if not settled and isinstance(answer, Coded) and answer.kinds:
            settled = True
            _settle()


def _settle() -> None:
    """Let the garbage collector leave alone what is loaded, as it is once an article gave an event: it stays.

    To go through it again took a tenth of a second each time, and a fiftieth of all time.
    """
    gc.collect()
    gc.freeze()


def _code(code: CodeArticle, article: Article, article_time: dt.datetime) -> Coded | Failed:
    timings: dict[str, float] = {}
    start = time.perf_counter()
    try:
        found = code(article, article_time=article_time, timings=timings)
        value = found.to_bytes()
    except Exception as failure:  # noqa: BLE001  told to the parent, which decides
        return _failed(failure)
    timings["total"] = time.perf_counter() - start
    kinds = [(event.event_type or "none", event.modality) for event in found.events]
    return Coded(value, found.language, kinds, timings)


def _failed(error: Exception) -> Failed:
    return Failed(
        f"{type(error).__name__}: {error}"[:1000], "".join(traceback.format_exception(error, limit=-5))[:4000]
    )


def _end_with_parent() -> None:
    """Else a service that is killed with kill -9 leaves its workers behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
