"""The checks see what they are for: a run worked out in memory passes them all, and each loss or repeat fails one."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from schemas import Alert
from services.common.errors import Invalid
from services.common.settings import ARTICLES, CONFLICT_EVENTS, EVENT_ALERTS, Settings
from services.common.tracing import new
from services.extractor.coding import CODER
from services.extractor.processing import Record, process
from services.sink import process as sink
from services.sink.store import repository
from services.sink.store.engine import open_store
from tests.chaos import expected
from tests.chaos.checks import check_all
from tests.chaos.feed import KIND, Item, feed
from tests.chaos.final import Final, read_store
from tests.chaos.judge import DIFFERENCES, FINAL, keep, kept, tell_all
from tests.chaos.records import Rec
from tests.chaos.table import Result
from tests.chaos.watch import digest

TODAY = dt.date(2026, 5, 4)
NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
MS = int(NOW.timestamp() * 1000)


def fed(item: Item, topic: str, offset: int) -> Rec:
    headers = [("traceparent", new().encode())]
    if item.time is not None:
        headers.append(("ce_time", item.time.isoformat().encode()))
    if item.poison:
        headers.append((KIND, b"poison"))
    return Rec(topic, 0, offset, item.key.encode(), item.value, tuple(headers), MS)


async def coded(articles: list[Rec]) -> tuple[list[Rec], list[Rec]]:
    """What the extractor writes: messages and letters."""
    messages: list[Rec] = []
    letters: list[Rec] = []
    for rec in articles:
        record = Record(ARTICLES, 0, rec.offset, rec.key, rec.value, list(rec.headers), rec.timestamp / 1000)
        letter = (await process(record, expected._code, CODER, CONFLICT_EVENTS)).letter
        to = messages if letter.topic == CONFLICT_EVENTS else letters
        to.append(Rec(letter.topic, 0, len(to), letter.key, letter.value, tuple(letter.headers), MS))
    return messages, letters


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Final:
    return make(tmp_path_factory.mktemp("store"))


def make(folder: Path) -> Final:
    items = [item for item in feed(1, 300, TODAY) if item.way != "events"]
    articles = [fed(item, ARTICLES, offset) for offset, item in enumerate(items)]
    messages, letters = asyncio.run(coded(articles))
    with open_store(Settings(data_dir=folder, database_url=""), lambda _: None) as engine:
        with Session(engine) as session, session.begin():
            records = [sink.Record("c", CONFLICT_EVENTS, 0, r.offset, sink.read_message(r.value)) for r in messages]
            sink.apply(session, records, NOW)
        with Session(engine) as session, session.begin():
            repository.mark_published(session, 10_000, NOW)
        with Session(engine) as session:
            stored = read_store(session)
            bodies = [body for _, body in repository.alert_page(session, 10_000, None)][::-1]
    alerts = [
        Rec(EVENT_ALERTS, 0, n, Alert.read(body.encode()).incident_id.encode(), body.encode(), (), MS)
        for n, body in enumerate(bodies)
    ]
    seen = {rec.place: ("", digest(rec.value)) for rec in alerts}
    return Final(articles, messages, alerts, letters, stored, seen, {0: [(MS + 1, len(articles))]})


def wrong(final: Final) -> set[str]:
    """The checks that fail."""
    wanted = expected.expect(final.articles, 1)
    return {name for name, sentences in check_all(final, wanted).items() if sentences}


def test_a_run_without_faults_passes(undisturbed: Final) -> None:
    assert wrong(undisturbed) == set()
    assert len(undisturbed.alerts) > 50
    assert {Alert.read(rec.value or b"").message_type for rec in undisturbed.alerts} == {"alert", "update", "cancel"}


def without(recs: list[Rec], at: int) -> list[Rec]:
    return recs[:at] + recs[at + 1 :]


def update_of(final: Final) -> int:
    """The place of some update among the alerts."""
    types = [Alert.read(rec.value or b"").message_type for rec in final.alerts]
    return types.index("update")


def late(rec: Rec) -> Rec:
    return replace(rec, offset=rec.offset + 10_000)


def drop_article(final: Final) -> Final:
    name = next(message for message in final.messages if b'"withdrawn":true' not in (message.value or b"")).key
    return replace(final, messages=[rec for rec in final.messages if rec.key != name])


def early_commit(final: Final) -> Final:
    return replace(final, commits={0: [(MS - 1, 5)]})


def lose_alert(final: Final) -> Final:
    """The one before an update."""
    update = Alert.read(final.alerts[update_of(final)].value or b"")
    return replace(
        final, alerts=[rec for rec in final.alerts if Alert.read(rec.value or b"").id not in update.references]
    )


def repeat_late(final: Final) -> Final:
    """The alert that an update replaced comes again behind it: what a sink does that was frozen and is not fenced."""
    update = Alert.read(final.alerts[update_of(final)].value or b"")
    old = next(rec for rec in final.alerts if Alert.read(rec.value or b"").id == update.references[0])
    return replace(final, alerts=[*final.alerts, late(old)])


def repeat_differently(final: Final) -> Final:
    last = final.alerts[-1]
    other = Alert.read(last.value or b"").model_copy(update={"headline": "Another"}).to_bytes()
    return replace(final, alerts=[*final.alerts, replace(late(last), value=other)])


def repeat(final: Final) -> Final:
    return replace(final, alerts=[*final.alerts, late(final.alerts[-1])])


def blind(final: Final) -> Final:
    return replace(final, seen=dict(list(final.seen.items())[1:]))


def forget(final: Final) -> Final:
    return replace(final, stored=replace(final.stored, articles=dict(list(final.stored.articles.items())[1:])))


def untold(final: Final) -> Final:
    """The store and the topic agree, but an incident was never told: the outbox was not in the transaction."""
    gone = Alert.read(final.alerts[-1].value or b"")
    kept = {name: body for name, body in final.stored.alerts.items() if name != gone.id}
    return replace(final, alerts=final.alerts[:-1], stored=replace(final.stored, alerts=kept))


def merge_wrongly(final: Final) -> Final:
    (one, reports), (other, more), *rest = final.stored.reports.items()
    return replace(final, stored=replace(final.stored, reports={one: reports + more, other: [], **dict(rest)}))


def lose_letter(final: Final) -> Final:
    return replace(final, letters=without(final.letters, 3))


def good_letter(final: Final) -> Final:
    letter = final.letters[0]
    headers = tuple((k, b"0" if k == "error.offset" else v) for k, v in letter.headers)
    return replace(final, letters=[*final.letters, replace(letter, headers=headers)])


def lie(final: Final) -> Final:
    return replace(final, receipts=[("nobody", ARTICLES, 0, 0)])


@pytest.mark.parametrize(
    ("harm", "names"),
    [
        (drop_article, {"articles"}),
        (early_commit, {"offsets"}),
        (lose_alert, {"alerts", "store"}),
        (repeat_late, {"alerts"}),
        (repeat_differently, {"alerts"}),
        (repeat, {"alerts"}),
        (blind, {"subscriber"}),
        (forget, {"store"}),
        (untold, {"telling"}),
        (merge_wrongly, {"incidents"}),
        (lose_letter, {"letters"}),
        (good_letter, {"letters"}),
        (lie, {"receipts"}),
    ],
)
def test_every_harm_is_seen(undisturbed: Final, harm: Callable[[Final], Any], names: set[str]) -> None:
    assert names <= wrong(harm(undisturbed))


def test_poison_is_what_no_service_takes() -> None:
    for item in feed(2, 400, TODAY):
        if item.way == "events":
            with pytest.raises(Invalid):
                sink.read_message(item.value)


def test_what_was_judged_can_be_judged_again_and_every_difference_is_kept(undisturbed: Final, tmp_path: Path) -> None:
    keep(undisturbed, tmp_path)
    assert kept(tmp_path / FINAL) == undisturbed
    tell_all(Result(wrong={"articles": [f"a{n} is lost" for n in range(20)], "store": []}), tmp_path)
    told = (tmp_path / DIFFERENCES).read_text().splitlines()
    assert told == [f"articles: a{n} is lost" for n in range(20)]
