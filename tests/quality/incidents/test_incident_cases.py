"""The incident cases keep their promises: enough, of one format, a third of them look-alikes; and nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from pydantic import ValidationError

from tests.quality.incidents import ratchet
from tests.quality.incidents.case import PHENOMENA, IncidentCase, load
from tests.quality.incidents.run import articles, run_all
from tests.quality.incidents.table import failures

CASES = load()
WHOLE: dict[str, Any] = {
    "about": "x",
    "phenomena": ["Rising toll"],
    "articles": [{"id": "a", "text": "x", "published": "2024-03-12"}, {"id": "b", "same_text_as": "a"}],
    "incidents": [{"reports": ["a"], "type": "Attack"}, {"reports": ["a/1"]}],
    "nothing": ["b"],
}


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 45


def test_a_third_are_look_alikes() -> None:
    assert sum(case.apart() for case in CASES.values()) * 3 >= len(CASES)


def test_half_are_political_violence_outside_of_the_united_states() -> None:
    def political(case: IncidentCase) -> bool:
        return any(i.country != "USA" and i.type not in ("none", "Peaceful protest") for i in case.incidents)

    assert sum(map(political, CASES.values())) * 2 >= len(CASES)


def test_every_phenomenon_is_shown_by_several_cases() -> None:
    shown = Counter(phenomenon for case in CASES.values() for phenomenon in case.phenomena)
    assert [phenomenon for phenomenon in PHENOMENA if shown[phenomenon] < 2] == []


def test_no_case_and_no_text_stands_twice() -> None:
    abouts = Counter(case.about for case in CASES.values())
    texts = Counter(article.text for case in CASES.values() for article in case.articles if article.text)
    assert [words for words, times in (abouts + texts).items() if times > 1] == []


def test_no_incident_is_dated_after_the_first_report_of_it() -> None:
    days = {stem: {article.id: time.date() for article, time in articles(case)} for stem, case in CASES.items()}
    dated = [(stem, i.articles(), i.date) for stem, case in CASES.items() for i in case.incidents]
    assert [
        stem
        for stem, told, date in dated
        if isinstance(date, dt.date) and any(days[stem][article] < date for article in told)
    ] == []


def test_a_whole_case_is_taken() -> None:
    case = IncidentCase.model_validate(WHOLE)
    assert case.apart()
    assert [case.text(article) for article in case.articles] == ["x", "x"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"phenomena": ["Falling toll"]},
        {"subject": "x"},
        {"articles": [{"id": "a", "text": "x"}]},
        {"articles": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]},
        {"articles": [{"id": "a", "text": "x"}, {"id": "b"}]},
        {"articles": [{"id": "a", "text": "x"}, {"id": "b", "text": "x", "same_text_as": "a"}]},
        {"articles": [{"id": "a", "text": "x"}, {"id": "b", "same_text_as": "c"}]},
        {"articles": [{"id": "a", "text": "x"}, {"id": "b", "text": "x", "published": "yesterday"}]},
        {"articles": [{"id": "a", "text": "x"}, {"id": "b", "text": "x", "published": "2024-03-12T10:00:00"}]},
        {"nothing": []},
        {"nothing": ["b", "c"]},
        {"nothing": ["a", "b"]},
        {"incidents": [{"reports": ["a"], "type": "Atack"}]},
        {"incidents": [{"reports": ["a"], "town": "Damboa"}]},
        {"incidents": [{"reports": ["a"], "country": "Mali"}]},
        {"incidents": [{"reports": ["a"], "sources": 0}]},
        {"incidents": [{"reports": ["a"], "plover": "ASSAULT"}]},
        {"incidents": [{"reports": []}]},
        {"incidents": [{"reports": ["a", "a/1"]}]},
        {"incidents": [{"reports": ["a"]}, {"reports": ["a/2"]}]},
        {"incidents": [{"reports": ["a"], "mentioned_by": ["c"]}]},
        {"incidents": [{"reports": ["a"], "mentioned_by": ["a"]}]},
    ],
)
def test_a_case_that_breaks_the_format_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        IncidentCase.model_validate(WHOLE | wrong)


def test_an_article_without_a_date_comes_in_with_the_one_before_it() -> None:
    case = IncidentCase.model_validate(WHOLE)
    assert [time.isoformat() for _, time in articles(case)] == ["2024-03-12T00:00:00+00:00"] * 2
    assert [article.published_at for article, _ in articles(case)] == [dt.date(2024, 3, 12), None]


def test_the_incidents_are_found_at_least_as_well_as_before() -> None:
    results = run_all(CASES)
    failing = [f"{result.stem} {line}" for result in results for line in failures(result)]
    lost = ratchet.fallen(results, ratchet.read())
    assert not lost, "\n".join([*lost, "These fail now, some of which passed before:", *failing])
