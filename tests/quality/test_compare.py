"""The comparison says yes to what a case states, and no to anything else."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas.article_events import ArticleEvents, Coder
from schemas.event import Actor, Casualties, ConflictEvent, EventDate, Place, Plover, Toll
from tests.quality.case import Case
from tests.quality.compare import compare

DAY = dt.date(2024, 3, 10)
ATTACK = ConflictEvent(
    id="1",
    rank=0,
    event_type="Violence against civilians",
    sub_event_type="Attack",
    plover=Plover(event="ASSAULT", mode="firearms"),
    date=EventDate(start=DAY, end=DAY, precision="day", text="on Sunday", basis="text"),
    actors=[
        Actor(role="perpetrator", name="Unidentified Armed Group (Nigeria)", mention="gunmen"),
        Actor(role="target", name="Military Forces of Israel", mention="Israeli soldiers"),
    ],
    place=Place(name="Damboa", mention="Dambòa town", admin1="Borno State", country="NGA", precision=1),
    casualties=Casualties(killed=Toll(low=7, best=7)),
    weapons=["small arms"],
    claimed_by="Islamic State",
)
TALKS = ConflictEvent(id="2", rank=1, plover=Plover(event="CONSULT"))


def failing(events: object, *answer: ConflictEvent, **case: object) -> list[str]:
    wanted = Case.model_validate({"text": "x", **({} if events is None else {"events": events}), **case})
    time = dt.datetime(2024, 3, 12, tzinfo=dt.UTC)
    coded = ArticleEvents(
        article_id="a", article_time=time, coder=Coder(name="rules", version="1"), language="en", events=list(answer)
    )
    return [check.field for check in compare(wanted, coded) if not check.ok]


@pytest.mark.parametrize(
    "stated",
    [
        {"type": "Attack", "plover": "ASSAULT", "mode": "firearms", "modality": "actual"},
        {"type": ["Attack", "Armed clash"], "modality": ["actual", "attempted"]},
        {"date": "2024-03-10"},
        {"date": ["2024-03-09", "2024-03-10"]},
        {"date": {"within": ["2024-03-04", "2024-03-10"]}},
        {"place": {"name": "Damboa", "admin1": "borno", "country": "NGA", "precision": 1}},
        {"place": {"mention": "damboa"}},
        {"place": {"name": ["Maiduguri", "Damboa"]}},
        {"by": ["Gunmen"], "to": ["Israel"]},
        {"killed": 7, "injured": "none"},
        {"killed": {"low": 7, "best": 7, "high": "none"}},
        {"weapons": ["arms"], "claimed_by": "Islamic State", "reported_by": "none"},
    ],
)
def test_what_is_so_passes(stated: dict[str, object]) -> None:
    assert failing([stated], ATTACK) == []


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("type", "Armed clash"),
        ("type", "none"),
        ("plover", "COERCE"),
        ("mode", "beat"),
        ("modality", "historical"),
        ("date", "2024-03-11"),
        ("date", "none"),
        ("date", ["2024-03-01", "2024-03-31"]),
        ("date", {"within": ["2024-03-11", "2024-03-12"]}),
        ("place", {"name": "Maiduguri"}),
        ("place", {"country": "CMR"}),
        ("place", {"precision": 2}),
        ("place", "none"),
        ("by", []),
        ("by", ["soldiers"]),
        ("to", ["raeli"]),
        ("killed", 6),
        ("killed", "none"),
        ("killed", {"high": 7}),
        ("injured", 1),
        ("weapons", []),
        ("weapons", ["mortar"]),
        ("claimed_by", "none"),
        ("reported_by", "police"),
    ],
)
def test_what_is_not_so_fails(field: str, wanted: object) -> None:
    assert failing([{field: wanted}], ATTACK) == [field]


def test_the_modality_is_actual_where_none_is_stated() -> None:
    assert failing([{"type": "Attack"}], ATTACK.model_copy(update={"modality": "historical"})) == ["modality"]


def test_the_first_event_is_the_main_one_and_the_others_come_in_any_order() -> None:
    more = ATTACK.model_copy(update={"sub_event_type": "Armed clash"})
    wanted = [{"type": "Attack"}, {"type": "Armed clash"}, {"plover": "CONSULT"}]
    assert failing(wanted, ATTACK, TALKS, more) == []
    assert failing([{"plover": "CONSULT"}], ATTACK, TALKS) == ["plover"]


def test_every_field_of_an_event_that_was_not_told_fails() -> None:
    assert failing([{"type": "none", "killed": "none"}]) == ["type", "modality", "killed"]
    assert failing([{"type": "Attack"}, {"killed": 7}], ATTACK) == ["modality", "killed"]


def test_a_toll_of_nought_is_no_toll() -> None:
    unhurt = ATTACK.model_copy(update={"casualties": Casualties(injured=Toll(low=0, best=0, high=0))})
    assert failing([{"injured": "none"}], unhurt) == []


def test_no_incident_is_not_the_same_as_no_event() -> None:
    assert failing("none", TALKS) == []
    assert failing(None, TALKS, nothing=True) == ["nothing"]
    assert failing("none", ATTACK) == ["incidents"]


def test_incidents_are_counted() -> None:
    assert failing([{"type": "Attack"}], ATTACK, TALKS, incidents=1) == []
    assert failing([{"type": "Attack"}], ATTACK, TALKS, incidents=2) == ["incidents"]


def test_the_language_is_compared_without_its_region() -> None:
    assert failing(None, nothing=True, language="en") == []
    assert failing(None, nothing=True, language="fr") == ["language"]
