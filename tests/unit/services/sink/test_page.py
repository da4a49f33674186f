"""The page and its JSON: whole, escaped, and under a strict policy."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from schemas import ArticleEvents, Casualties, Evidence, Report, Sentence, Source, Toll
from schemas.event import TollGroup
from services.common.settings import Settings
from services.sink.alerts import next_alert
from services.sink.merging.report import reports_of
from services.sink.page.app import page_app
from services.sink.page.marks import marked
from services.sink.page.view import _report, safe_link
from services.sink.page.view import page as page_of
from services.sink.process import Record, apply
from services.sink.store import pages
from services.sink.store.engine import open_reader, open_store
from tests.messages import SENT, event, killed, message

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


class Page:
    def __init__(self, engine: Any, client: TestClient[Any, Any]) -> None:
        self.engine, self.client, self._offset = engine, client, 0

    def put(self, *messages: ArticleEvents) -> None:
        with Session(self.engine) as session, session.begin():
            for one in messages:
                apply(session, [Record("c", "t", 0, self._offset, one)], SENT)
                self._offset += 1

    async def text(self, path: str, status: int = 200) -> str:
        answer = await self.client.get(path)
        assert answer.status == status
        return await answer.text()


@pytest.fixture
async def page(store_settings: Settings) -> AsyncIterator[Page]:
    with open_store(store_settings, print) as engine:
        reader = open_reader(store_settings)
        async with TestClient(TestServer(page_app(reader, lambda: {"store": True}))) as client:
            yield Page(engine, client)
        reader.dispose()


async def test_an_empty_page_says_so(page: Page) -> None:
    assert "No alerts yet" in await page.text("/")
    assert json.loads(await page.text("/v1/alerts")) == {"alerts": [], "next": None}


async def test_an_alert_stands_with_facts_and_marked_sentences(page: Page) -> None:
    page.put(message())
    html = await page.text("/")
    assert "<h2>Attack by Raiders of the North on Civilians in Ost, Iran: at least 7 killed</h2>" in html
    assert "<blockquote>Raiders <mark>attacked</mark> the village of Ost on Monday.</blockquote>" in html
    assert 'href="https://paper.example/ost"' in html
    for fact in ("Raiders of the North", "15 January 2024", "severe", "likely", "80%"):
        assert fact in html


async def test_strangers_text_is_escaped_everywhere(page: Page) -> None:
    sentence = Sentence(in_="text", start=0, end=len(HOSTILE), text=HOSTILE)
    evidence = [Evidence(field="place", in_="text", start=1, end=7, text="script")]
    base = event("a1")
    hostile = event(
        "a1",
        actors=[a.model_copy(update={"name": HOSTILE}) for a in base.actors],
        place=base.place.model_copy(update={"name": HOSTILE, "country": None}) if base.place else None,
        weapons=[HOSTILE],
        claimed_by=HOSTILE,
        reported_by=HOSTILE,
        inferred=[HOSTILE],
        evidence=evidence,
    )
    source = Source(name=HOSTILE, url="javascript:alert(1)")
    page.put(message(article_id=HOSTILE, events=[hostile], sentences=[sentence], title=HOSTILE, source=source))
    html = await page.text("/")
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert "&lt;<mark>script</mark>&gt;" in html


class Elements(HTMLParser):
    """What a browser would make of a page: its elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


ELEMENTS = """
html head meta title link body header h1 p a main article span time h2 dl div dt dd ul li del ins section h3
blockquote mark footer
"""
strangers = st.one_of(
    st.sampled_from([HOSTILE, "{{ 7 * 7 }}", "&lt;", "\u202e\u0000x".replace("\x00", ""), "]]>", "<!--", "</article>"]),
    st.text(st.sampled_from("<>\"'&/=;:{}%\u2028 aonclick"), max_size=60),
)


@given(strangers, st.one_of(st.sampled_from(["javascript:alert(1)", 'https://x.example/"onclick="a']), strangers))
def test_whatever_an_article_says_the_page_has_no_other_elements(text: str, url: str) -> None:
    base = event("a1")
    hostile = event(
        "a1",
        actors=[a.model_copy(update={"name": text, "mention": text}) for a in base.actors],
        place=base.place.model_copy(update={"name": text, "admin1": text}) if base.place else None,
        casualties=Casualties(killed=Toll(low=1, text=text, groups=[TollGroup(who=text)])),
        weapons=[text],
        claimed_by=text,
        reported_by=text,
        inferred=[text],
    )
    source = Source(name=text, url=url)
    one = next_alert("i", reports_of(message("a1", [hostile], title=text, source=source)), None, SENT)
    assert one is not None
    for tag, attributes in Elements(page_of([one.to_bytes().decode()], None, newest=True)).found:
        assert tag in ELEMENTS.split()
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        if tag == "a":
            assert re.match(r"https?://|/", attributes["href"] or "")


async def test_every_answer_carries_the_policy(page: Page) -> None:
    for path in ("/", "/style.css", "/v1/alerts", "/nowhere", "/healthz"):
        headers = (await page.client.get(path)).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
    html = await page.text("/")
    assert "style=" not in html
    assert "<script" not in html


async def test_the_page_shows_incidents_and_the_list_shows_alerts(page: Page) -> None:
    update = message("a1", version=1, events=[event("a1", casualties=killed(60))])
    page.put(message("a1"), message("a2"), update, message("a2", version=1, withdrawn=True, events=[]))
    html = await page.text("/")
    assert html.count("<article") == 2
    assert "Cancelled: Attack" in html
    assert "<del>at least 7</del> <ins>60</ins>" in html
    listed = json.loads(await page.text("/v1/alerts"))["alerts"]
    assert [a["message_type"] for a in listed] == ["cancel", "update", "alert", "alert"]


async def test_cursors_walk_through_all_alerts_once(page: Page) -> None:
    page.put(*(message(f"a{n}") for n in range(7)))
    seen, path = [], "/v1/alerts?limit=3"
    while path:
        answer = json.loads(await page.text(path))
        seen += [alert["reports"][0]["article_id"] for alert in answer["alerts"]]
        path = f"/v1/alerts?limit=3&cursor={answer['next']}" if answer["next"] else ""
    assert seen == [f"a{n}" for n in reversed(range(7))]


async def test_long_alerts_end_a_page_early_and_none_is_left_out(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.put(*(message(f"a{n}") for n in range(7)))
    whole = json.loads(await page.text("/v1/alerts"))
    monkeypatch.setattr(pages, "MAX_PAGE", 3 * len(json.dumps(whole["alerts"][0])))
    seen, path = [], "/v1/alerts?limit=200"
    while path:
        answer = json.loads(await page.text(path))
        assert len(answer["alerts"]) <= 4
        seen += answer["alerts"]
        path = f"/v1/alerts?limit=200&cursor={answer['next']}" if answer["next"] else ""
    assert seen == whole["alerts"]
    html = await page.text("/")
    assert html.count("<article") <= 4
    assert "before=" in html


async def test_older_pages_are_linked(page: Page) -> None:
    page.put(*(message(f"a{n}") for n in range(31)))
    html = await page.text("/")
    assert html.count("<article") == 30
    older = html.split('href="/?before=')[1].split('"')[0]
    last = await page.text(f"/?before={older}")
    assert last.count("<article") == 1
    assert "before=" not in last


async def test_one_alert_by_id_is_what_was_published(page: Page) -> None:
    page.put(message())
    (alert,) = json.loads(await page.text("/v1/alerts"))["alerts"]
    assert json.loads(await page.text(f"/v1/alerts/{alert['id']}")) == alert


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/alerts/none", 404),
        ("GET", "/v1/alerts?limit=0", 400),
        ("GET", "/v1/alerts?limit=201", 400),
        ("GET", "/v1/alerts?cursor=-1", 400),
        ("GET", "/?before=99999999999999999999", 400),
        ("POST", "/v1/alerts", 405),
    ],
)
async def test_errors_are_problem_documents(page: Page, method: str, path: str, status: int) -> None:
    answer = await page.client.request(method, path)
    assert answer.status == status
    assert answer.content_type == "application/problem+json"
    assert (await answer.json())["status"] == status
    assert ("Allow" in answer.headers) == (status == 405)


async def test_head_is_answered(page: Page) -> None:
    answer = await page.client.head("/")
    assert answer.status == 200
    assert await answer.read() == b""


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://paper.example/a", True),
        ("HTTP://paper.example", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//paper.example", False),
        ("https:", False),
        ("http://[broken", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, safe: bool) -> None:  # noqa: FBT001
    assert safe_link(url) == (url if safe else None)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=6)


@given(st.text(min_size=1, max_size=40), st.integers(0, 20), spans)
def test_pieces_join_to_the_sentence_whatever_the_spans(
    text: str, start: int, given_spans: list[tuple[int, int]]
) -> None:
    whole = " " * start + text + " " * 50
    sentence = Sentence(in_="text", start=start, end=start + len(text), text=text)
    evidence = [
        Evidence(field="place", in_="text", start=a, end=min(a + n, len(whole)), text=whole[a : a + n])
        for a, n in given_spans
        if a < len(whole)
    ]
    pieces = marked(sentence, evidence)
    assert "".join(piece for piece, _ in pieces) == text
    covered = {i for e in evidence for i in range(e.start, e.end)}
    at = start
    for piece, is_evidence in pieces:
        assert all((at + i in covered) == is_evidence for i in range(len(piece)))
        at += len(piece)


def test_a_span_that_does_not_read_what_it_says_is_not_marked() -> None:
    sentence = Sentence(in_="text", start=0, end=5, text="Hello")
    wrong = Evidence(field="place", in_="text", start=0, end=4, text="Help")
    title = Evidence(field="place", in_="title", start=0, end=5, text="Hello")
    assert marked(sentence, [wrong, title]) == [("Hello", False)]


def test_dates_of_publication_may_be_days_or_moments() -> None:
    for published in (dt.date(2024, 1, 18), dt.datetime(2024, 1, 18, 9, tzinfo=dt.UTC)):
        assert _report(Report(article_id="a", event_id="e", published_at=published)).published == "2024-01-18"
