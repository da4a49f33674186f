"""Coders that do to a worker what no article should, as the article's text bids them."""

import datetime as dt
import json
import os
import signal
import threading
import time
from pathlib import Path

from schemas import Article, ArticleEvents, Coder

CODER = Coder(name="stub", version="1.2")


def obedient(article: Article, *, article_time: dt.datetime, timings: dict[str, float] | None = None) -> ArticleEvents:
    """Does what the text's first word bids; without a bidding it codes well, in no time, and finds no events."""
    bidding, _, rest = (article.text or "").partition(" ")
    match bidding:
        case "SEGFAULT":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "HANG":
            threading.Event().wait()
        case "RAISE":
            raise ValueError("what a bug says")
        case "EXIT":
            os._exit(3)
        case "SLOW":
            time.sleep(float(rest.split()[0]))
        case "PID":  # tells the test which process it may look for
            Path(rest).write_text(json.dumps([os.getpid(), os.getppid()]))
            threading.Event().wait()
    if timings is not None:
        timings["parse"] = 0.001
    return ArticleEvents(
        article_id=str(article.id),
        version=article.version,
        language="fr" if bidding == "FRENCH" else "en",
        title=article.title,
        article_time=article_time,
        coder=CODER,
    )


def broken(article: Article, *, article_time: dt.datetime, timings: dict[str, float] | None = None) -> ArticleEvents:
    """A bad deploy: manages the plain sentence of the pool's check at best, as `TOCSIN_TEST_CANARY` says.

    Where the file `TOCSIN_TEST_CAUSE` is named, it is the cause: gone with it.
    """
    cause = os.environ.get("TOCSIN_TEST_CAUSE")
    if (cause and not Path(cause).exists()) or (article.id == "canary" and os.environ.get("TOCSIN_TEST_CANARY")):
        return obedient(article, article_time=article_time, timings=timings)
    raise RuntimeError("no model")
