"""Whatever the text: no crash, spans that read what the article reads, a span for each field, the same bytes twice."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import Article, ArticleEvents, ConflictEvent
from schemas.article import MAX_TEXT
from schemas.words import TOLL_KINDS
from services.extractor.coding import code_article
from tests.quality.case import load

TIME = dt.datetime(2024, 3, 14, 12, 0, tzinfo=dt.UTC)
DEV_DATA = os.environ.get("TOCSIN_DATA")
NEWS = (
    "KABUL, March 12 (Reuters) - Gunmen shot dead two police officers in Kandahar on Monday, officials said. "
    "A roadside bomb killed at least four civilians, including two children, near Ghazni hours later. "
    "The Taliban claimed responsibility for the attack."
)
ODD = {
    "one word": "killed",
    "one letter": "x",
    "only marks": "?!... --- ,,, ''' \"\"\"",
    "no punctuation": NEWS.replace(".", "").replace(",", ""),
    "all capitals": NEWS.upper(),
    "all small": NEWS.lower(),
    "no spaces": NEWS.replace(" ", ""),
    "a word a line": NEWS.replace(" ", "\n"),
    "lost full stops": NEWS.replace(". ", ".").replace(", ", ","),
    "scanned": NEWS.replace("l", "1").replace("o", "0").replace("rn", "m") + " ki1led k i l l e d bom-\nbing",
    "hyphened line ends": "Sol-\ndiers shel-\nled the vil-\nlage on Mon-\nday, kil-\nling five.",
    "HTML left over": "<p>Gunmen <b>killed</b> 5&nbsp;people &amp; wounded 6<br/>in <a href='x'>Goma</a> on Monday.</p>"
    * 5,
    "script left over": "var a = {killed: 5, bombed: [1,2]}; if (attack) { fire(); } // clashes\n" * 20,
    "Arabic": "\u0642\u062a\u0644 \u062e\u0645\u0633\u0629 killed 5 attack \u0628\u063a\u062f\u0627\u062f. " * 9,
    "Hebrew marks": "\u202eRebels killed 5 people in Goma on Monday.\u202c \u200f killed \u200f",
    "Chinese": "\u519b\u961f\u5728\u57ce\u91cc\u88ad\u51fb\u4e86\u53db\u519b\u3002 killed " * 30,
    "emoji": "\U0001f4a5 Rebels killed \U0001f468\u200d\U0001f469\u200d\U0001f467 5 people in Goma on Monday.",
    "letters that grow": "\u0130\u0130 killed \u0130stanbul\u0130 bombing \ufb01re \u1e9e. " * 20,
    "combining": "k\u0301illed a\u0308ttack bo\u0300mbing killed e\u0301 attack. " * 10,
    "control characters": "Rebels\x01 killed\x1f 5\x7f people\x85 in\u2028Goma\u2029 on\x0bMonday.",
    "lone surrogate's stand-in": "\ufffd\ufffd killed \ufffd 5 people \ufffd.",
    "brackets": "((((killed)))) [[[attack]]] {{{bombing}}} " * 20,
    "quotes": "\"\"'killed' \u201c\u2018attack\u2019\u201d \u00abbombing\u00bb " * 20,
    "many numbers": "killed 1 2 3 4 5,000 6.7 8-9 ten eleven twelve dozens hundreds 1e9 999999999999999999999 " * 20,
    "many dates": "killed on Monday Tuesday Jan 1 2024-01-01 31/31/9999 February 30 last year a century ago " * 20,
    "dates out of range": "They were killed on 1 January 0000, 99 December 99999, 9999 days after 1.",
    "a table": "Date\tPlace\tKilled\n" + "12 March\tGoma\t5 killed\n" * 12,
    "long word": "killed" + "a" * 5000 + " attack",
    "nested clauses": "The man who said that the man who " * 40 + "killed him fled.",
    "conjuncts": "Rebels killed " + ", ".join(["a man"] * 150) + " and a woman in Goma on Monday.",
    "tabs and spaces": "Rebels \t killed \u00a0\u2003 five\u200b people   in    Goma .",
}
LONG = {
    "killed": "killed ",
    "a strike": "air strike on Goma, ",
    "a gap": "fire a b ",
    "a number": "5 killed, ",
    "a quote": '"killed" ',
    "a line": "killed\n",
}


def _code(text: str, title: str | None = None, published: dt.date | None = dt.date(2024, 3, 14)) -> ArticleEvents:
    article = Article(id="a", title=title, text=text, published_at=published)
    return code_article(article, article_time=TIME)


def _filled(event: ConflictEvent) -> set[str]:
    """The fields that want a span of their own; a place and a date that are inferred have none."""
    fields = {"event_type"}
    fields |= {"modality"} if event.modality != "actual" else set()
    fields |= {f"actors.{n}" for n in range(len(event.actors))}
    fields |= {f"weapons.{n}" for n in range(len(event.weapons))}
    fields |= {f"casualties.{kind}" for kind in TOLL_KINDS if getattr(event.casualties, kind) is not None}
    fields |= {name for name in ("claimed_by", "reported_by") if getattr(event, name) is not None}
    if event.date is not None and event.date.basis == "text" and event.date.text is not None:
        fields.add("date")
    if event.place is not None:
        fields.add("place")
    return fields


def check(text: str, title: str | None, found: ArticleEvents) -> None:
    """Assert what holds of every coded article."""
    parts = {"text": text, "title": title or ""}
    assert [e.rank for e in found.events] == list(range(len(found.events)))
    assert max(Counter(e.id for e in found.events).values(), default=1) == 1
    for sentence in found.sentences:
        assert parts[sentence.in_][sentence.start : sentence.end] == sentence.text
    for event in found.events:
        for span in event.evidence:
            assert span.text
            assert parts[span.in_][span.start : span.end] == span.text, span.field
            assert any(s.in_ == span.in_ and s.start <= span.start and span.end <= s.end for s in found.sentences)
        shown = {span.field for span in event.evidence}
        assert shown == _filled(event)
        for number, actor in enumerate(event.actors):
            assert actor.mention in {s.text for s in event.evidence if s.field == f"actors.{number}"}
        _shows(event, "place", event.place and event.place.mention)
        _shows(event, "date", event.date and event.date.text)
        for kind in TOLL_KINDS:
            toll = getattr(event.casualties, kind)
            _shows(event, f"casualties.{kind}", toll and toll.text)
        assert event.date is None or event.date.start <= event.date.end
        assert 0 <= event.confidence <= 1 if event.confidence is not None else True
    assert ArticleEvents.read(found.to_bytes()) == found


def _shows(event: ConflictEvent, field: str, words: str | None) -> None:
    """Assert that what the field quotes of the text is what its evidence reads."""
    assert words is None or words in {span.text for span in event.evidence if span.field == field}, field


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_text_is_coded_as_honestly_as_any(text: str) -> None:
    found = _code(text)
    check(text, None, found)
    assert _code(text).to_bytes() == found.to_bytes()


@pytest.mark.parametrize(
    "text", [t for t in ODD.values() if len(t) <= 2000], ids=[n for n, t in ODD.items() if len(t) <= 2000]
)
def test_an_odd_title_is_coded_as_honestly_as_any(text: str) -> None:
    check(NEWS, text, _code(NEWS, text))


@pytest.mark.parametrize(
    "published",
    [
        None,
        pytest.param(dt.date(1, 1, 1)),
        dt.date(9999, 12, 31),
        dt.date(2024, 2, 29),
    ],
)
def test_a_day_of_publication_at_the_edge_of_the_calendar_breaks_nothing(published: dt.date | None) -> None:
    text = NEWS.replace("KABUL, March 12 (Reuters) - ", "") + (
        " A year ago rebels killed ten people. Troops shelled the town next week. A day after the attack he died."
        " In the last decade soldiers bombed it. Gunmen attacked Goma last night, this month and over the weekend."
    )
    title = "Bomb kills four a day after gunmen killed two police"
    check(text, title, _code(text, title, published))


def test_news_gives_events_with_evidence() -> None:
    """So that the checks above have something to check."""
    found = _code(NEWS)
    fields = {span.field for event in found.events for span in event.evidence}
    assert len(found.events) >= 2
    assert {
        "event_type",
        "date",
        "place",
        "actors.0",
        "casualties.killed",
        "weapons.0",
        "claimed_by",
        "reported_by",
    } <= fields


PIECES = st.sampled_from(
    [
        *(
            "killed",
            "attacked",
            "air strike",
            "gunmen",
            "the army",
            "Taliban",
            "Russia",
            "Goma",
            "in",
            "by",
            "on Monday",
        ),
        *("5", "at least", "dozens", "people", "children", "not", "will", "threatened to", "said", ".", ",", "\n", '"'),
        *(
            "claimed responsibility for",
            "rocket",
            "a day after",
            "protesters",
            "\u0130",
            "who",
            "and",
            "arrested",
            "US",
        ),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(st.none(), st.text(max_size=50)),
    st.lists(st.one_of(PIECES, PIECES, st.text(max_size=8)), min_size=1, max_size=60),
)
def test_any_string_of_words_is_coded_without_a_lie(title: str | None, pieces: list[str]) -> None:
    text = " ".join(pieces).replace("\x00", "")
    title = None if title is None else title.replace("\x00", "")
    if not text.strip():
        return
    check(text, title, _code(text, title))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_any_unicode_is_coded_without_a_lie(text: str) -> None:
    try:
        article = Article(id="a", text=text, published_at=dt.date(2024, 3, 14))
    except ValidationError:  # what the schema refuses never comes to the coder
        return
    check(text, None, code_article(article, article_time=TIME))


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_an_article_of_one_phrase_ends(piece: str) -> None:
    """Sentences without end, as tables and lost full stops make them; `test_work.py` says how their cost may grow."""
    text = (piece * (3_000 // len(piece) + 1))[:3_000]
    found = _code(text)
    check(text, None, found)
    assert len(found.events) <= 100


def test_200_000_characters_of_one_word_end() -> None:
    text = ("killed " * 30_000)[:200_000]
    check(text, None, _code(text))


def test_a_million_characters_end() -> None:
    """Longer than any article may be: the library codes what it is given."""
    text = ("The council met again and talked of the road to the sea.\n\n" * 20_000)[:1_000_000] + NEWS
    article = Article(id="a", text=NEWS, published_at=dt.date(2024, 3, 14)).model_copy(update={"text": text})
    found = code_article(article, article_time=TIME)
    assert {span.start >= 1_000_000 for event in found.events for span in event.evidence} == {True}


def test_every_case_of_our_own_is_coded_without_a_lie() -> None:
    for phenomenon in load().values():
        for case in phenomenon.cases:
            check(case.text, case.title, _code(case.text, case.title, case.published))


def test_withdrawn_and_foreign_articles_have_no_events() -> None:
    taken_back = Article(id="a", withdrawn=True, text=NEWS)
    foreign = Article(id="a", language="fr", text=NEWS)
    for article in (taken_back, foreign):
        assert code_article(article, article_time=TIME).events == []


def test_an_article_without_an_id_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="id"):
        code_article(Article(text=NEWS), article_time=TIME)


def _dev_articles(folder: str) -> Iterator[Article]:
    """An article for each row: its longest string is taken for the text, whatever the set calls it."""
    for path in sorted(Path(folder).rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            strings = [value for value in json.loads(line).values() if isinstance(value, str)]
            text = max(strings, key=len, default="").replace("\x00", "")[:MAX_TEXT]
            if text.strip():
                yield Article(id="a", text=text, published_at=dt.date(2024, 3, 14))


@pytest.mark.skipif(DEV_DATA is None, reason="TOCSIN_DATA names no folder with labelled articles (*.jsonl)")
def test_every_article_of_a_local_corpus_is_coded_without_a_lie() -> None:
    count = 0
    for article in _dev_articles(DEV_DATA or ""):
        check(article.text or "", article.title, code_article(article, article_time=TIME))
        count += 1
    assert count, f"no article in {DEV_DATA}"


def test_a_verb_is_evidence_for_the_type_and_no_weapon() -> None:
    (event,) = _code("Rebels might shell the airport in Goma on Monday.").events
    assert event.weapons == []


def test_an_actors_words_are_the_actors_and_not_the_triggers() -> None:
    (event,) = _code("Gunmen shot dead nine farmers near Gao on Tuesday.").events
    (target,) = [actor for actor in event.actors if actor.role == "target"]
    assert target.mention == "nine farmers"


@pytest.mark.parametrize("text", [NEWS, "Soldiers shelled Goma on Monday, killing two people, a doctor said."])
def test_no_two_fields_but_the_type_rest_on_one_and_the_same_actor_span(text: str) -> None:
    """A span that shows the place, the day or a weapon does not also show who did it."""
    for event in _code(text).events:
        actors = {(s.in_, s.start, s.end) for s in event.evidence if s.field.startswith("actors.")}
        others = {(s.in_, s.start, s.end) for s in event.evidence if s.field in {"place", "date", "event_type"}}
        assert not actors & others
