"""`tocsin extract`: codes articles without Kafka, for archives, for measuring and for a first look."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import BinaryIO, TypeVar

import click

from schemas import Article, ArticleEvents
from services.common.article_input import read_article
from services.common.errors import Invalid
from services.extractor.show import show
from services.extractor.worker import find_coder

CODERS = {"rules": "services.extractor.coding:code_article", "model": "services.extractor.model_coder:code_article"}

T = TypeVar("T")

_CHUNK = 16
_FEW = 32
"""Up to so many articles one process is quicker than starting several."""
# An archive is coded as if read when it was published: no clock decides what comes out.
_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NO_LIMIT = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)


def _article_time(article: Article) -> dt.datetime:
    day = article.published_on()
    return dt.datetime.combine(day, dt.time(), dt.UTC) if day else _LONG_AGO


def _code(article: Article, coder: str) -> ArticleEvents:
    code, _ = find_coder(CODERS[coder])
    return code(article, article_time=_article_time(article))


@dataclass(frozen=True)
class Refused:
    """A line that is no Article."""

    article_id: str | None
    """The id that it gives, if any."""
    why: str
    """What to mend."""


def _read_and_code(raw: bytes, coder: str) -> ArticleEvents | Refused:
    try:
        article, _ = read_article(raw, None, _NO_LIMIT)
    except Invalid as wrong:
        return Refused(_claimed_id(raw), wrong.detail)
    return _code(article, coder)


def _line(raw: bytes, coder: str) -> str:
    """The answer line for one Article line; one that is invalid is answered too, with the reason."""
    found = _read_and_code(raw, coder)
    if isinstance(found, Refused):
        return json.dumps({"article_id": found.article_id, "events": [], "error": found.why}, ensure_ascii=False)
    answer = found.model_dump(mode="json", include={"article_id", "events"}, by_alias=True)
    return json.dumps(answer, ensure_ascii=False)


def _claimed_id(raw: bytes) -> str | None:
    try:
        claimed = json.loads(raw)
    except ValueError:
        return None
    value = claimed.get("id") if isinstance(claimed, dict) else None
    return value if isinstance(value, str) else None


def code_lines(lines: Iterable[bytes], workers: int, coder: str = "rules") -> Iterator[str]:
    """One answer line for each Article line that is not blank, in order. Blocks for the time of coding."""
    yield from _spread(partial(_line, coder=coder), lines, workers)


def code_messages(lines: Iterable[bytes], workers: int, coder: str = "rules") -> Iterator[ArticleEvents | Refused]:
    """As `code_lines`, but what `conflict-events` would carry of each line."""
    yield from _spread(partial(_read_and_code, coder=coder), lines, workers)


def _spread(work: Callable[[bytes], T], lines: Iterable[bytes], workers: int) -> Iterator[T]:
    """`work` of each line that is not blank, in order, by several processes where there are many lines."""
    wanted = [line for line in lines if line.strip()]
    if workers < 2 or len(wanted) <= _FEW:
        yield from map(work, wanted)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, wanted, chunksize=_CHUNK)


def code_text(name: str, text: str, published: str | None, coder: str = "rules") -> ArticleEvents:
    """The events of a plain text. Raises Invalid for what is no article."""
    raw = json.dumps({"id": name, "text": text, "published_at": published}).encode()
    article, _ = read_article(raw, None, _NO_LIMIT)
    return _code(article, coder)


@click.command()
@click.argument("files", nargs=-1, type=click.File("rb"))
@click.option("--jsonl", is_flag=True, help="Article lines in, {article_id, events} lines out, one for each line in.")
@click.option("--published", metavar="DATE", help="Day of publication of plain texts, such as 2024-01-18.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes.")
@click.option(
    "--coder",
    type=click.Choice(list(CODERS)),
    default="rules",
    show_default=True,
    help="Who reads: the rules, or the language model of TOCSIN_MODEL_...",
)
def extract(files: tuple[BinaryIO, ...], *, jsonl: bool, published: str | None, workers: int, coder: str) -> None:
    """Code articles without Kafka: what happened, who did it to whom, where, when, with what toll.

    Example: tocsin extract --published 2024-01-18 article.txt
    """
    sources = files or (sys.stdin.buffer,)
    for source in sources:
        if jsonl:
            for line in code_lines(source, workers, coder):
                click.echo(line)
            continue
        try:
            show(code_text(getattr(source, "name", "-"), source.read().decode("utf-8", "replace"), published, coder))
        except Invalid as wrong:
            raise click.ClickException(wrong.detail) from None
