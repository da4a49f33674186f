"""Each limit at its edge: exactly so much goes through, one more does not; and deploy/limits.md says so much."""

from __future__ import annotations

import datetime as dt
import io
import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from schemas import Article, ArticleEvents, Coder, Place
from schemas.article import MAX_BYTES, MAX_ID, MAX_TEXT
from schemas.article_events import MAX_EVENTS, MAX_FINGERPRINT, MAX_KEYWORDS
from services.common import cloudevents, dlq, health
from services.common.article_input import read_article
from services.common.errors import Invalid
from services.common.settings import Settings
from services.extractor import processing
from services.extractor.worker import Coded
from services.ingest import http_api, keys, publisher, room
from services.ingest.files import Found, Refused, read_stream
from services.sink import alerts, bounds
from services.sink.alerts import next_alert
from services.sink.merging import cells
from services.sink.merging.report import reports_of
from services.sink.merging.signature import signature
from services.sink.page import app as page
from services.sink.process import Record, apply, read_message
from services.sink.store import kept, pages, reports
from services.sink.store.engine import open_store
from tests.messages import SENT, event, killed, message

NOW = dt.datetime(2024, 1, 18, tzinfo=dt.UTC)


def article(**fields: Any) -> Article:
    return read_article(json.dumps({"text": "a"} | fields).encode(), None, NOW)[0]


@pytest.mark.parametrize(
    ("most", "make", "reason"),
    [
        (MAX_TEXT, lambda n: {"text": "x" * n}, "text_too_long"),
        (MAX_ID, lambda n: {"id": "x" * n}, "schema"),
        (2000, lambda n: {"title": "x" * n}, "schema"),
        (300, lambda n: {"source": {"name": "x" * n}}, "schema"),
        (2048, lambda n: {"source": {"url": "x" * n}}, "schema"),
        (50, lambda n: {"tags": ["x"] * n}, "schema"),
        (100, lambda n: {"tags": ["x" * n]}, "schema"),
        (35, lambda n: {"language": "x" * n}, "schema"),
        (2**31 - 1, lambda n: {"version": n}, "schema"),
    ],
)
def test_an_articles_fields(most: int, make: Any, reason: str) -> None:
    article(**make(most))
    with pytest.raises(Invalid) as refused:
        article(**make(most + 1))
    assert refused.value.reason == reason


def test_an_articles_bytes() -> None:
    whole = b'{"text": "a"}'
    read_article(whole + b" " * (MAX_BYTES - len(whole)), None, NOW)
    with pytest.raises(Invalid, match="too_large"):
        read_article(whole + b" " * (MAX_BYTES + 1 - len(whole)), None, NOW)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n{}"])
def test_the_bytes_of_a_file_s_article(end: bytes) -> None:
    whole = b'{"text": "a"}'
    for more in (0, 1):
        line = whole + b" " * (MAX_BYTES - len(whole) + more)
        first = next(iter(read_stream(io.BytesIO(line + end))))
        if more:
            assert isinstance(first, Refused)
            assert first.invalid.reason == "too_large"
        else:
            assert isinstance(first, Found)


def test_a_file_s_text() -> None:
    (whole,) = read_stream(io.BytesIO("\U00010348".encode() * MAX_TEXT))
    assert isinstance(whole, Found)
    for text, reason in (("\U00010348" * (MAX_TEXT + 1), "text_too_long"), ("x" * (MAX_BYTES + 1), "too_large")):
        (one,) = read_stream(io.BytesIO(text.encode()))
        assert isinstance(one, Refused)
        assert one.invalid.reason == reason


@pytest.mark.parametrize(("opening", "closing", "most"), [(b"[", b"]", 200), (b'{"a":', b"}", 199)])
def test_how_deep_json_goes(opening: bytes, closing: bytes, most: int) -> None:
    def nested(depth: int) -> bytes:
        return b'{"text": "a", "x": ' + opening * depth + b"1" * (opening != b"[") + closing * depth + b"}"

    read_article(nested(most), None, NOW)
    with pytest.raises(Invalid, match="not_json"):
        read_article(nested(most + 1), None, NOW)


def events_message(**changes: Any) -> ArticleEvents:
    return read_message(message(**changes).to_bytes())


@pytest.mark.parametrize(
    ("most", "make"),
    [
        (MAX_EVENTS, lambda n: {"events": [event("a1", start=8 + k) for k in range(n)]}),
        (MAX_FINGERPRINT, lambda n: {"fingerprint": [1] * n}),
        (MAX_KEYWORDS, lambda n: {"keywords": ["x"] * n}),
        (bounds.MAX_NUMBER, lambda n: {"version": n}),
        (bounds.MAX_NUMBER, lambda n: {"events": [event("a1").model_copy(update={"rank": n})]}),
        (bounds.MAX_NUMBER, lambda n: {"events": [event("a1", casualties=killed(n))]}),
        (bounds.MAX_NUMBER, lambda n: {"events": [event("a1", place=place(n))]}),
    ],
)
def test_a_message_of_events(most: int, make: Any) -> None:
    events_message(**make(most))
    with pytest.raises(Invalid, match="at most"):
        events_message(**make(most + 1))


def place(geonames_id: int) -> Place:
    return Place(name="Ost", mention="Ost", precision=3, geonames_id=geonames_id)


@pytest.mark.parametrize("field", ["events", "sentences", "fingerprint", "keywords"])
def test_of_a_million_wrong_items_one_is_told(field: str) -> None:
    head = b'{"article_id": "a", "article_time": "2024-01-01T00:00:00Z", "coder": {"name": "r", "version": "1"}, '
    with pytest.raises(Invalid) as refused:
        read_message(head + f'"{field}": ['.encode() + b"[]," * 300_000 + b"[]]}")
    assert "more" not in refused.value.detail


def test_what_the_extractor_writes() -> None:
    def fits(events: int, size: int) -> bool:
        try:
            return bool(processing._fitting(Coded(b"x" * size, "en", [("none", "actual")] * events, {})))
        except Invalid:
            return False

    assert fits(MAX_EVENTS, processing.MAX_OUTPUT)
    assert not fits(MAX_EVENTS + 1, 1)
    assert not fits(1, processing.MAX_OUTPUT + 1)


def test_a_records_headers() -> None:
    def subject(before: int, size: int) -> str | None:
        headers = [("x", b"1")] * before + [("ce_subject", b"s" * size)]
        return cloudevents.read_headers(headers).subject

    assert subject(cloudevents.MAX_HEADERS - 1, cloudevents.MAX_VALUE)
    assert not subject(cloudevents.MAX_HEADERS, 1)
    assert not subject(0, cloudevents.MAX_VALUE + 1)


def test_a_report_is_compared_with_so_many_of_a_cell(store_settings: Settings) -> None:
    word = {"keywords": ["Ost"]}
    with open_store(store_settings, lambda _: None) as engine:
        for count in (reports.MOST_IN_CELL, 1):
            with Session(engine) as session, session.begin():
                before = 0 if count > 1 else reports.MOST_IN_CELL
                apply(
                    session,
                    [Record("c", "t", 0, before + n, message(f"a{before + n}", **word)) for n in range(count)],
                    SENT,
                )
                cell = cells._number("ost")
                window = (cell, 0, 2**31 - 1)
                assert len(reports.in_windows(session, [window])[window]) == reports.MOST_IN_CELL


def test_the_coder_s_version() -> None:
    for more in (0, 1):
        version = "1" * (bounds.MAX_CODER_VERSION + more)
        with pytest.raises(Invalid, match="at most") if more else nullcontext():
            events_message(coder=Coder(name="r", version=version))


def test_a_dead_letter() -> None:
    def letter(size: int) -> dlq.DeadLetter:
        refused = Invalid("not_json", "Send JSON.")
        return dlq.dead_letter(
            topic="t", partition=0, offset=0, key=None, value=b"v" * size, headers=[], invalid=refused, service="s"
        )

    most = next(size for size in range(dlq.MAX_LETTER, 0, -1) if len(letter(size).value or b"") == size)
    assert most > dlq.MAX_LETTER - 1000
    assert "error.truncated" not in dict(letter(most).headers)
    cut = letter(most + 1)
    assert dict(cut.headers)["error.truncated"] == b"value"
    assert len(cut.value or b"") <= most


def test_an_alert(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = next_alert("i", reports_of(message()), None, SENT)
    assert whole is not None
    assert whole.reports[0].sentences
    monkeypatch.setattr(alerts, "MAX_ALERT", len(whole.to_bytes()))
    assert alerts.fitting(whole) == whole
    monkeypatch.setattr(alerts, "MAX_ALERT", len(whole.to_bytes()) - 1)
    cut = alerts.fitting(whole)
    assert cut.reports[0].sentences == []
    assert cut.reports[0].evidence == whole.reports[0].evidence
    monkeypatch.setattr(alerts, "MAX_ALERT", len(cut.to_bytes()) - 1)
    assert alerts.fitting(whole).reports[0].evidence == []


def test_the_words_that_a_report_is_found_by() -> None:
    def found(words: int) -> int:
        (report,) = reports_of(message(keywords=[f"word{n}" for n in range(words)]))
        return len(cells.cells(signature(report)))

    beside = found(0)  # the town and the number of dead
    assert beside == 2
    assert found(cells.MOST) == found(cells.MOST + 1) == found(cells.MOST + 50) == cells.MOST + beside


def test_the_bytes_of_a_page_of_alerts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGE", 10)
    # Bytes, not characters.
    assert pages.fill([(3, "a" * 8), (2, "é")], 5) == pages.Page(["a" * 8, "é"], None)
    assert pages.fill([(3, "a" * 9), (2, "é")], 5) == pages.Page(["a" * 9], 3)
    assert pages.fill([(3, "a" * 11), (2, "a")], 5) == pages.Page(["a" * 11], 3)
    assert pages.fill([(3, "a" * 11)], 5) == pages.Page(["a" * 11], None)
    assert pages.fill([(3, "a"), (2, "a"), (1, "a")], 2) == pages.Page(["a", "a"], 2)
    assert pages.fill([(3, "a"), (2, "a")], 2) == pages.Page(["a", "a"], None)
    assert pages.fill([], 2) == pages.Page([], None)


def test_the_reports_that_the_sink_keeps_in_memory() -> None:
    made = [kept.make(n, reports_of(message(f"a{n}"))[0]) for n in range(4)]
    known = kept._Known(3 * kept._weight(made[0].report))
    known.keep(made[:3])
    assert [known.get(n) for n in (1, 2, 0)] == [made[1], made[2], made[0]]
    known.keep(made[3:])  # 1 was asked for longest ago
    assert [known.get(n) is None for n in range(4)] == [False, True, False, False]
    known.keep(made[3:])  # the same again takes no further room
    assert [known.get(n) is None for n in range(4)] == [False, True, False, False]


@pytest.mark.parametrize(
    "number",
    [
        MAX_BYTES,
        MAX_TEXT,
        MAX_ID,
        MAX_EVENTS,
        MAX_FINGERPRINT,
        MAX_KEYWORDS,
        bounds.MAX_NUMBER,
        processing.MAX_OUTPUT,
        cloudevents.MAX_HEADERS,
        cloudevents.MAX_VALUE,
        dlq.MAX_LETTER,
        alerts.MAX_ALERT,
        reports.MOST_IN_CELL,
        cells.MOST,
        http_api.MAX_LINES,
        http_api.MAX_BODY,
        http_api.MAX_UNKNOWN,
        round(http_api.BODY_PATIENCE),
        health.MAX_HEADERS,
        health.MAX_HEADER,
        health.MAX_CONNECTIONS,
        round(health.IDLE),
        publisher.MAX_HELD,
        room.MAX_READING,
        bounds.MAX_CODER_VERSION,
        keys.MAX_KEYS,
        page.MAX_LIMIT,
        pages.MAX_PAGE,
        kept.MOST,
    ],
)
def test_the_table_says_it(number: int) -> None:
    table = (Path(__file__).parents[2] / "deploy" / "limits.md").read_text("utf-8")
    assert f"{number:,}" in table
