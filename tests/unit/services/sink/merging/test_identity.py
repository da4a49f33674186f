from __future__ import annotations

from schemas import ids
from services.sink.merging.identity import identify
from services.sink.merging.report import ArticleReport
from tests.unit.services.sink.merging.build import report

A, B, C = (report(name, hours=hours) for hours, name in enumerate("abc"))


def named(incident: ArticleReport) -> str:
    return ids.incident_id(incident.event.id)


def test_a_new_incident_is_named_after_its_first_report() -> None:
    assert identify([[A, B]], {}).groups == [(named(A), [A, B])]


def test_what_joins_later_changes_no_name_though_it_was_reported_earlier() -> None:
    assert identify([[A, B]], {B.key: named(B)}).groups == [(named(B), [A, B])]


def test_of_two_that_turn_out_to_be_one_the_earlier_reported_stays() -> None:
    found = identify([[A, B, C]], {A.key: "first", C.key: "second"})
    assert found.groups == [("first", [A, B, C])]
    assert found.merged == {"second": "first"}


def test_of_one_that_turns_out_to_be_two_the_name_stays_with_the_earliest_report() -> None:
    found = identify([[A], [B, C]], {A.key: "old", B.key: "old", C.key: "old"})
    assert found.groups == [("old", [A]), (named(B), [B, C])]
    assert found.merged == {}


def test_a_name_that_another_incident_has_is_not_given_twice() -> None:
    found = identify([[A], [B]], {A.key: named(B)})
    assert next(name for name, _ in found.groups) == named(B)
    assert len({name for name, _ in found.groups}) == 2
