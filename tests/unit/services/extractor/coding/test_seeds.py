"""The seed articles give the events that people agreed they hold, field by field, with evidence."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from schemas import Article, ConflictEvent
from services.extractor.coding import code_article
from services.ingest.files import Found, read_path

ROOT = Path(__file__).parents[5]
SEEDS = ROOT / "seeds"
TIME = dt.datetime(2024, 1, 18, tzinfo=dt.UTC)


def _articles() -> list[Article]:
    found = list(read_path(SEEDS))
    assert all(isinstance(f, Found) for f in found)
    return [f.article for f in found if isinstance(f, Found)]


ARTICLES = _articles()


def _events(article: Article) -> list[ConflictEvent]:
    return code_article(article, article_time=TIME).events


def _plain(event: ConflictEvent) -> dict[str, Any]:
    fields = event.model_dump(mode="json", by_alias=True, exclude={"id", "confidence"})
    fields["casualties"] = {kind: toll for kind, toll in fields["casualties"].items() if toll is not None}
    return fields


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)
def test_gives_the_expected_events_field_by_field(article: Article) -> None:
    expected = json.loads((SEEDS / "expected" / f"{article.id}.json").read_text(encoding="utf-8"))["events"]
    found = [_plain(event) for event in _events(article)]
    assert len(found) == len(expected)
    for got, wanted in zip(found, expected, strict=True):
        for field, value in wanted.items():
            assert got[field] == value, f"event {wanted['rank']}: {field}"
        assert got.keys() == wanted.keys()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)
def test_evidence_reads_what_the_article_reads(article: Article) -> None:
    parts = {"text": article.text or "", "title": article.title or ""}
    for event in _events(article):
        for evidence in event.evidence:
            assert parts[evidence.in_][evidence.start : evidence.end] == evidence.text


@pytest.fixture(scope="module")
def border_strikes() -> list[ConflictEvent]:
    """The first seed: Pakistan strikes in Iran, after Iran struck in Pakistan, after it struck in Iraq and Syria."""
    return _events(next(a for a in ARTICLES if a.id is not None and a.id.startswith("000_")))


def _violent(events: list[ConflictEvent]) -> list[ConflictEvent]:
    return [e for e in events if e.modality == "actual" and e.event_type is not None]


def _names(event: ConflictEvent, role: str) -> set[str]:
    return {actor.name for actor in event.actors if actor.role == role}


def test_exactly_four_events_are_actual_violence(border_strikes: list[ConflictEvent]) -> None:
    told = {
        (str(e.date.start), e.place.country, e.place.admin1, e.place.precision, e.sub_event_type)
        for e in _violent(border_strikes)
        if e.date is not None and e.place is not None
    }
    assert len(_violent(border_strikes)) == 4
    assert told == {
        ("2024-01-18", "IRN", "Sistan and Baluchestan", 3, "Air/drone strike"),
        ("2024-01-16", "PAK", "Balochistan", 3, "Air/drone strike"),
        ("2024-01-15", "IRQ", None, 4, "Shelling/artillery/missile attack"),
        ("2024-01-15", "SYR", None, 4, "Shelling/artillery/missile attack"),
    }


def test_the_news_ranks_first_with_its_toll(border_strikes: list[ConflictEvent]) -> None:
    main = border_strikes[0]
    killed = main.casualties.killed
    assert main.place is not None
    assert main.place.country == "IRN"
    assert _names(main, "perpetrator") == {"Military Forces of Pakistan"}
    assert {a.kind for a in main.actors if a.role == "target"} == {"Rebel group", "Civilians"}
    assert killed is not None
    assert (killed.low, killed.best, killed.high) == (7, 7, None)
    assert {(group.who, group.count) for group in killed.groups} == {("women", 3), ("children", 4)}


def test_the_strike_before_it_is_one_event_on_the_day_that_the_text_names(border_strikes: list[ConflictEvent]) -> None:
    (strike,) = [e for e in _violent(border_strikes) if e.place is not None and e.place.country == "PAK"]
    killed = strike.casualties.killed
    assert _names(strike, "perpetrator") == {"Military Forces of Iran"}
    assert _names(strike, "target") == {"Jaish al-Adl"}
    assert {"missile", "drone"} <= set(strike.weapons)
    assert killed is not None
    assert (killed.low, killed.best, killed.high) == (1, None, None)


def test_strikes_on_two_countries_are_two_events_of_one_trigger(border_strikes: list[ConflictEvent]) -> None:
    pair = [e for e in _violent(border_strikes) if e.place is not None and e.place.country in {"IRQ", "SYR"}]
    triggers = {(v.in_, v.start, v.end) for e in pair for v in e.evidence if v.field == "event_type"}
    assert len(pair) == 2
    assert len({e.id for e in pair}) == 2
    assert len(triggers) == 1
    for event in pair:
        assert _names(event, "perpetrator") == {"Islamic Revolutionary Guard Corps"}
        assert _names(event, "target") == set()
        assert event.place is not None
        assert event.place.latitude is None


def test_diplomacy_is_told_without_an_acled_type(border_strikes: list[ConflictEvent]) -> None:
    (recall,) = [e for e in border_strikes if e.plover is not None and e.plover.event == "SANCTION"]
    (threat,) = [e for e in border_strikes if e.plover is not None and e.plover.event == "THREATEN"]
    assert recall.cameo is not None
    assert recall.cameo.code == "161"
    assert threat.modality == "threatened"
    for event in (recall, threat):
        assert event.event_type is None
        assert event.date is not None
        assert event.date.start == dt.date(2024, 1, 17)


def test_background_and_speculation_are_no_actual_events(border_strikes: list[ConflictEvent]) -> None:
    actual = {
        evidence.text
        for event in border_strikes
        if event.modality in {"actual", "attempted"}
        for evidence in event.evidence
        if evidence.field == "event_type"
    }
    assert not actual & {"fought", "missile-and-drone attack", "founded", "protect", "defend"}
