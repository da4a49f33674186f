"""Batches: nothing is told before it is acknowledged, and a broken coder is not taken for bad articles."""

import datetime as dt
from collections.abc import Sequence

import pytest

from schemas import Article, ArticleEvents, Coder
from services.common.errors import Fatal, Invalid, Rejected
from services.common.metrics import REGISTRY
from services.extractor import batches
from services.extractor.batches import Batches
from services.extractor.limits import Route
from services.extractor.processing import Letter, Record
from services.extractor.worker import Coded


class StubPool:
    """Fails on articles whose text is BAD; `plain` says whether the check goes well."""

    coder = Coder(name="stub", version="1")

    def __init__(self, *, plain: bool = True) -> None:
        self.plain = plain
        self.mended = False

    async def code(self, article: Article, article_time: dt.datetime) -> Coded:
        if article.text == "BAD" and not self.mended:
            raise Invalid("coder_failed", "It failed.")
        events = ArticleEvents(article_id=str(article.id), article_time=article_time, coder=self.coder)
        return Coded(events.to_bytes(), "en", [("Battles", "actual")], {"total": 0.2})

    async def check(self) -> None:
        if not self.plain:
            raise Fatal("fails at a plain sentence")


class Wire:
    """Takes what is sent, after refusing it `refusals` times."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.sent: list[Letter] = []

    async def send(self, letters: Sequence[Letter]) -> None:
        if self.refusals:
            self.refusals -= 1
            raise Rejected("no broker")
        self.sent += letters


def records(*texts: str, start: int = 0) -> list[Record]:
    pairs = enumerate(texts, start)
    return [Record("articles", 0, n, f"k{n}".encode(), f'{{"text": "{text}"}}'.encode(), [], 1e9) for n, text in pairs]


def make(wire: Wire, *, plain: bool = True, failures: int = 10) -> Batches:
    return Batches(StubPool(plain=plain), wire.send, Route(), failures)  # type: ignore[arg-type]


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def test_outputs_keep_the_order_of_the_inputs() -> None:
    wire = Wire()
    await make(wire).work(records("one", "BAD", "three"))
    assert [(letter.topic, letter.key) for letter in wire.sent] == [
        ("conflict-events", b"k0"),
        ("articles.dlq", b"k1"),
        ("conflict-events", b"k2"),
    ]


async def test_it_tries_again_until_the_brokers_are_back_and_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    async def no_wait(seconds: float) -> None:
        seen.append((seconds, work.sent))

    monkeypatch.setattr(batches.asyncio, "sleep", no_wait)
    wire = Wire(refusals=3)
    work = make(wire)
    before = sample("tocsin_events_extracted_total", event_type="Battles", modality="actual")
    await work.work(records("one"))
    assert len(wire.sent) == 1
    assert [ready for _, ready in seen] == [False, False, False]
    assert seen[2][0] > seen[0][0], "it waits longer each time"
    assert work.sent
    assert sample("tocsin_events_extracted_total", event_type="Battles", modality="actual") == before + 1


async def test_a_single_bad_article_is_a_dead_letter_when_the_coder_manages_a_plain_sentence() -> None:
    wire = Wire()
    await make(wire).work(records("BAD"))
    assert [letter.topic for letter in wire.sent] == ["articles.dlq"]


class Mended:
    """Stands for the wait: at the third the cause is gone."""

    def __init__(self, pool: StubPool, work: Batches, wire: Wire) -> None:
        self.pool, self.work, self.wire = pool, work, wire
        self.seen: list[tuple[float, bool, int]] = []

    async def __call__(self, seconds: float) -> None:
        self.seen.append((seconds, self.work.coded, len(self.wire.sent)))
        if len(self.seen) == 3:
            self.pool.plain = self.pool.mended = True


async def test_while_the_coder_fails_at_a_plain_sentence_nothing_is_sent_and_then_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wire, pool = Wire(), StubPool(plain=False)
    work = Batches(pool, wire.send, Route(), 10)  # type: ignore[arg-type]
    mended = Mended(pool, work, wire)
    monkeypatch.setattr(batches.asyncio, "sleep", mended)
    await work.work(records("BAD", "BAD"))
    assert [(coded, sent) for _, coded, sent in mended.seen] == [(False, 0)] * 3
    assert mended.seen[2][0] > mended.seen[0][0], "it waits longer each time"
    assert [letter.topic for letter in wire.sent] == ["conflict-events"] * 2
    assert work.coded


async def test_failures_in_a_row_add_up_over_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    wire, pool = Wire(), StubPool()
    work = Batches(pool, wire.send, Route(), 4)  # type: ignore[arg-type]
    mended = Mended(pool, work, wire)
    monkeypatch.setattr(batches.asyncio, "sleep", mended)
    await work.work(records("BAD", "BAD"))
    await work.work(records("BAD", start=2))
    assert mended.seen == []
    await work.work(records("BAD", start=3))
    assert [(coded, sent) for _, coded, sent in mended.seen] == [(False, 3)] * 3
    assert [letter.topic for letter in wire.sent] == ["articles.dlq"] * 3 + ["conflict-events"]


async def test_where_one_of_a_batch_is_read_well_the_others_are_at_fault() -> None:
    wire = Wire()
    work = make(wire, failures=3)
    await work.work(records("BAD", "BAD"))
    await work.work(records("BAD", "BAD", "fine", start=2))
    assert len(wire.sent) == 5


async def test_an_article_that_is_read_well_starts_the_count_anew() -> None:
    wire = Wire()
    work = make(wire, failures=3)
    for start in range(0, 30, 3):
        await work.work(records("BAD", "BAD", "fine", start=start))
    assert len(wire.sent) == 30


async def test_one_article_that_comes_back_again_and_again_counts_once() -> None:
    work = make(Wire(), failures=3)
    for _ in range(5):
        await work.work(records("BAD"))


async def test_bad_input_says_nothing_about_the_coder() -> None:
    wire = Wire()
    work = make(wire, plain=False, failures=1)
    await work.work([Record("articles", 0, 1, None, b"not JSON", [], 1e9)] * 20)
    assert len(wire.sent) == 20
