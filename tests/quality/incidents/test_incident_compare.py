"""The comparison of incidents says yes to what a case states, and no to anything else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from schemas.event import Casualties, EventDate, EventFacts, Place, Toll
from tests.quality.incidents import bcubed, ratchet
from tests.quality.incidents.case import IncidentCase
from tests.quality.incidents.compare import Comparison, compare
from tests.quality.incidents.run import IncidentResult
from tests.quality.incidents.table import failures, show

DAY = dt.date(2024, 3, 11)
BOMB = EventFacts(
    event_type="Explosions/Remote violence",
    sub_event_type="Suicide bomb",
    date=EventDate(start=DAY, end=DAY, precision="day", basis="text"),
    place=Place(name="Maiduguri", mention="Maiduguri", admin1="Borno", country="NGA", precision=1),
    casualties=Casualties(killed=Toll(low=9, best=12, high=14)),
    claimed_by="Boko Haram",
)
RAID = EventFacts(event_type="Violence against civilians", sub_event_type="Attack")
FACTS: dict[str, Any] = {"type": "Suicide bomb", "date": "2024-03-11", "place": "Maiduguri", "killed": 12, "sources": 2}


@dataclass(frozen=True)
class Told:
    article_id: str
    event_id: str
    main: bool


@dataclass(frozen=True)
class Found:
    event: EventFacts
    independent_sources: int
    reports: list[Told]


def found(*articles: str, event: EventFacts = BOMB, sources: int = 2) -> Found:
    """An incident of the main events of `articles`, or of a lesser one where a name ends in `*`."""
    told = [Told(name.strip("*"), f"{name}-{event.sub_event_type}", not name.endswith("*")) for name in articles]
    return Found(event, sources, told)


def case(*incidents: dict[str, object], nothing: tuple[str, ...] = ()) -> IncidentCase:
    named = {str(ref)[0] for incident in incidents for ref in list(incident["reports"])} | set(nothing)  # type: ignore[call-overload]
    articles = [{"id": name, "text": name} for name in sorted(named)]
    stated = {"about": "x", "phenomena": ["Rising toll"], "articles": articles}
    return IncidentCase.model_validate({**stated, "incidents": list(incidents), "nothing": list(nothing)})


def failing(compared: Comparison) -> list[str]:
    return [check.field for check in compared.checks() if not check.ok]


def test_a_group_with_its_facts_passes() -> None:
    compared = compare(case({"reports": ["a", "b"], **FACTS}), [found("b", "a")])
    assert compared.passed()
    assert (compared.exact(), len(compared.checks())) == (1, 5)


@pytest.mark.parametrize(
    "right",
    [
        {"type": ["Attack", "Suicide bomb"]},
        {"date": ["2024-03-10", "2024-03-11"]},
        {"place": ["Bama", "Maiduguri"]},
        {"admin1": "Borno"},
        {"country": "NGA"},
        {"killed": {"low": 9, "best": 12, "high": 14}},
        {"injured": "none"},
        {"claimed_by": "Boko"},
    ],
)
def test_what_is_so_passes(right: dict[str, object]) -> None:
    assert failing(compare(case({"reports": ["a", "b"], **right}), [found("a", "b")])) == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("type", "Attack"),
        ("type", "none"),
        ("date", "2024-03-12"),
        ("place", "Bama"),
        ("place", "none"),
        ("admin1", "Yobe"),
        ("country", "CMR"),
        ("killed", 9),
        ("injured", 1),
        ("claimed_by", "none"),
        ("sources", 1),
    ],
)
def test_what_is_not_so_fails(field: str, wrong: object) -> None:
    assert failing(compare(case({"reports": ["a", "b"], field: wrong}), [found("a", "b")])) == [field]


@pytest.mark.parametrize("answer", [[], [found("a")], [found("a", "b", "c")], [found("a"), found("b")]])
def test_every_fact_of_a_group_that_was_not_found_exactly_fails(answer: list[Found]) -> None:
    compared = compare(case({"reports": ["a", "b"], **FACTS}, nothing=("c",)), answer)
    assert (compared.exact(), failing(compared)) == (0, ["type", "date", "killed", "place", "sources"])


def test_an_incident_that_is_not_stated_is_counted() -> None:
    compared = compare(case({"reports": ["a", "b"]}, nothing=("c",)), [found("a", "b"), found("c")])
    assert (compared.exact(), len(compared.extra), compared.passed()) == (1, 1, False)


@pytest.mark.parametrize("answer", [("a", "b"), ("a", "b", "c*")])
def test_an_article_that_recalls_an_incident_may_be_among_its_reports(answer: tuple[str, ...]) -> None:
    stated = case({"reports": ["a", "b"], "mentioned_by": ["c"], "sources": 2}, {"reports": ["c"]})
    compared = compare(stated, [found(*answer, sources=len(answer)), found("c", event=RAID)])
    assert (compared.passed(), compared.mentions.f1) == (True, 1)


def test_an_article_that_recalls_an_incident_is_no_incident_by_that() -> None:
    stated = case({"reports": ["a", "b"], "mentioned_by": ["c"]}, {"reports": ["c"]})
    compared = compare(stated, [found("a", "b"), found("c", event=RAID), found("c*")])
    assert (compared.exact(), len(compared.extra)) == (2, 1)
    assert compared.mentions.precision == 0.75


def test_two_events_of_one_article_in_one_incident_are_one_report() -> None:
    assert compare(case({"reports": ["a", "b"]}), [found("a", "a*", "b")]).passed()


def test_two_incidents_of_the_same_articles_are_told_apart_by_their_facts() -> None:
    stated = case({"reports": ["a", "b"], "type": "Attack"}, {"reports": ["a/1", "b/1"], "type": "Suicide bomb"})
    assert compare(stated, [found("a", "b"), found("a*", "b*", event=RAID)]).passed()
    assert compare(stated, [found("a", "b")]).exact() == 1


def test_which_of_an_articles_events_is_the_main_one_does_not_matter() -> None:
    stated = case({"reports": ["a", "b"]}, {"reports": ["a/1", "c"]})
    assert compare(stated, [found("a", "c"), found("a*", "b")]).passed()


def test_b_cubed_of_a_right_answer_is_one() -> None:
    stated = case({"reports": ["a", "b"]}, {"reports": ["a/1", "c"]})
    assert compare(stated, [found("a", "c"), found("a*", "b")]).mentions.f1 == 1


def test_b_cubed_tells_merging_from_splitting() -> None:
    stated = case({"reports": ["a", "b"]}, {"reports": ["c", "d"]})
    merged = compare(stated, [found("a", "b", "c", "d")]).mentions
    assert (merged.precision, merged.recall) == (0.5, 1)
    split = compare(stated, [found("a"), found("b"), found("c"), found("d")]).mentions
    assert (split.precision, split.recall) == (1, 0.5)


def test_b_cubed_counts_what_only_one_side_has() -> None:
    missed = compare(case({"reports": ["a", "b"]}), [found("a")]).mentions
    assert (missed.precision, missed.recall) == (1, 0.25)
    invented = compare(case({"reports": ["a"]}, nothing=("b",)), [found("a"), found("b")]).mentions
    assert (invented.precision, invented.recall) == (0.5, 1)


def test_b_cubed_adds_up() -> None:
    one = bcubed.score([(0, 0), (0, 0)])
    other = bcubed.score([(0, None), (None, 0)])
    both = bcubed.total([one, other])
    assert (both.precision, both.recall) == (2 / 3, 2 / 3)
    assert bcubed.total([]).f1 == 1
    assert other.f1 == 0


def _result(*answer: Found) -> IncidentResult:
    stated = case({"reports": ["a", "b"], **FACTS}, {"reports": ["c"]})
    return IncidentResult("x", stated, compare(stated, answer))


def test_marks_go_up_and_what_is_lost_is_named(tmp_path: Path) -> None:
    good, bad = _result(found("a", "b"), found("c")), _result(found("a", "b", sources=3))
    marks = ratchet.raised([good], {})
    assert marks == {"one_incident": ratchet.Mark(), "look_alikes": ratchet.Mark(groups=2, fields=5)}
    assert ratchet.raised([bad], marks) == marks
    assert ratchet.fallen([good], marks) == []
    assert ratchet.fallen([bad], marks) == [
        "incidents, look_alikes: 1 groups are right, 2 were",
        "incidents, look_alikes: 4 fields are right, 5 were",
    ]
    ratchet.write(marks, tmp_path / "ratchet.yaml")
    assert ratchet.read(tmp_path / "ratchet.yaml") == marks
    assert ratchet.read(tmp_path / "none.yaml") == {}


def test_the_table_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    bad = _result(found("a", "b", sources=3), found("d", event=RAID))
    assert failures(bad) == [
        "[a, b] sources: wanted 2, got 3",
        "[c] not found; most like it is []",
        "not stated: [d] Attack",
    ]
    show([bad], cases=True)
    printed = capsys.readouterr().out
    assert "    1/2     1     4/5  x: x" in printed
    assert "B-cubed: precision 0.667, recall 0.667, F1 0.667" in printed
