from __future__ import annotations

from services.sink.merging.report import reports_of
from tests.messages import event, message
from tests.unit.services.sink.merging.build import dead


def test_only_what_was_done_or_tried_is_reported() -> None:
    attack, threat = event("a1", 8), event("a1", 30, modality="threatened")
    denied = event("a1", 40, modality="negated")
    assert [report.event for report in reports_of(message(events=[threat, denied, attack]))] == [attack]


def test_the_lowest_ranked_of_those_is_the_main_one_also_where_a_threat_ranks_before_it() -> None:
    ranked = [
        event("a1", 8 + n, modality=m, casualties=dead(7 + n)).model_copy(update={"rank": n})
        for n, m in enumerate(("threatened", "actual", "attempted"))
    ]
    assert [(report.event.rank, report.main) for report in reports_of(message(events=ranked[::-1]))] == [
        (1, True),
        (2, False),
    ]


def test_an_article_is_carried_without_its_events_and_each_report_with_the_sentences_that_show_it() -> None:
    (report,) = reports_of(message())
    assert (report.article.events, report.article.sentences) == ([], [])
    assert [sentence.text[-7:] for sentence in report.sentences] == ["Monday.", "killed."]
