from __future__ import annotations

import datetime as dt
from typing import Any

from schemas import Alert, ArticleEvents, Sentence, Source, ids
from services.sink.alerts import MAX_ALERT, fitting, next_alert
from services.sink.merging.report import ArticleReport, sentences_of
from tests.messages import ARRIVED, SENT, event, killed, message

LATER = SENT + dt.timedelta(hours=1)


def report(article: ArticleEvents | None = None, **changes: Any) -> ArticleReport:
    article = article or message()
    told = event(article.article_id, **changes)
    return ArticleReport(article, told, sentences_of(told, article.sentences))


def first(*reports: ArticleReport) -> Alert:
    alert = next_alert("i1", reports or [report()], None, SENT)
    assert alert is not None
    return alert


def test_the_first_alert_carries_facts_reports_and_sentences() -> None:
    alert = first()
    assert (alert.id, alert.sequence, alert.message_type, alert.references) == (ids.alert_id("i1", 0), 0, "alert", [])
    assert (alert.severity, alert.urgency, alert.certainty) == ("severe", "past", "likely")
    (told,) = alert.reports
    assert [s.text for s in told.sentences] == [
        "Raiders attacked the village of Ost on Monday.",
        "At least 7 people were killed.",
    ]
    assert (told.source, told.url, told.article_id) == ("The Paper", "https://paper.example/ost", "a1")
    assert alert.event.casualties.killed is not None
    assert not hasattr(alert.event, "rank")


def test_the_same_again_is_told_the_same_but_for_the_time() -> None:
    again = next_alert("i1", [report()], None, LATER)
    assert again is not None
    assert again.model_copy(update={"sent": SENT}).to_bytes() == first().to_bytes()


def test_nothing_new_is_not_told() -> None:
    other_spans = report(start=20, confidence=0.81)
    assert next_alert("i1", [other_spans], first(), LATER) is None


def test_a_changed_fact_is_an_update_that_says_what() -> None:
    before = first()
    update = next_alert("i1", [report(casualties=killed(60))], before, LATER)
    assert update is not None
    assert (update.message_type, update.sequence, update.references) == ("update", 1, [before.id])
    assert {c.field: (c.before, c.after) for c in update.changes} == {
        "casualties.killed": ("at least 7", "60"),
        "severity": ("severe", "extreme"),
    }


def test_what_is_known_no_more_is_null() -> None:
    update = next_alert("i1", [report(place=None)], first(), LATER)
    assert update is not None
    assert {c.field: c.after for c in update.changes} == {"place": None, "place.point": None}


def test_without_reports_it_is_cancelled_once() -> None:
    before = first()
    cancel = next_alert("i1", [], before, LATER)
    assert cancel is not None
    assert (cancel.message_type, cancel.references, cancel.reports) == ("cancel", [before.id], [])
    assert cancel.event == before.event
    assert next_alert("i1", [], cancel, LATER) is None
    assert next_alert("i1", [], None, LATER) is None


def test_what_was_cancelled_and_is_told_again_is_alerted_again() -> None:
    cancel = next_alert("i1", [], first(), LATER)
    again = next_alert("i1", [report()], cancel, LATER)
    assert again is not None
    assert (again.message_type, again.sequence, again.references) == ("alert", 2, [])


def test_two_outlets_are_two_sources_and_two_articles_of_one_are_one() -> None:
    second = message("a2", source=Source(name="Agency"), article_time=ARRIVED + dt.timedelta(minutes=1))
    same = message("a3", source=Source(name="the paper "), article_time=ARRIVED + dt.timedelta(minutes=2))
    both = first(report(second), report())
    assert both.independent_sources == 2
    assert both.certainty == "observed"
    assert [r.article_id for r in both.reports] == ["a1", "a2"]
    assert first(report(), report(same)).independent_sources == 1


def test_the_status_is_carried() -> None:
    assert first(report(message(status="exercise"))).status == "exercise"


def test_an_alert_always_fits_its_topic() -> None:
    long = "x" * 2_000_000
    article = message(sentences=[Sentence(in_="text", start=0, end=len(long), text=long)])
    alert = first(report(article))
    assert len(alert.to_bytes()) <= MAX_ALERT
    assert alert.reports[0].evidence
    assert fitting(alert) == alert
