import pytest
from pydantic import ValidationError

from schemas import Cameo, Casualties, ConflictEvent, EventDate, Evidence, Place, Plover, Toll, TollGroup

DAY = '{"start": "2024-01-16", "end": "2024-01-18", "precision": "day", "basis": "text"}'


def event(**fields: object) -> ConflictEvent:
    return ConflictEvent.model_validate({"id": "e", "rank": 0, **fields})


def test_an_event_claims_nothing_by_itself() -> None:
    bare = event()
    assert (bare.disorder_type, bare.event_type, bare.sub_event_type) == (None, None, None)
    assert (bare.plover, bare.cameo, bare.date, bare.place) == (None, None, None, None)
    assert (bare.claimed_by, bare.reported_by) == (None, None)
    assert (bare.actors, bare.weapons, bare.evidence, bare.inferred) == ([], [], [], [])
    assert bare.casualties == Casualties()
    assert all(toll is None for _, toll in bare.casualties)
    assert bare.modality == "actual"


@pytest.mark.parametrize(
    ("fields", "makes"),
    [
        ({"event_type": "Battles"}, True),
        ({"event_type": "Protests", "modality": "attempted"}, True),
        ({"event_type": "Battles", "modality": "historical"}, False),
        ({"event_type": "Battles", "modality": "threatened"}, False),
        ({"plover": Plover(event="ASSAULT")}, True),
        ({"plover": Plover(event="ASSAULT"), "modality": "negated"}, False),
        ({"plover": Plover(event="SANCTION")}, False),
        ({}, False),
    ],
)
def test_what_makes_incidents(fields: dict[str, object], makes: bool) -> None:  # noqa: FBT001  a table's column
    assert event(**fields).makes_incident() is makes


@pytest.mark.parametrize(
    "fields",
    [
        {"event_type": "War"},
        {"sub_event_type": "Air strike"},
        {"disorder_type": "Disorder"},
        {"modality": "sure"},
        {"confidence": 1.1},
        {"confidence": -0.1},
        {"confidence": float("nan")},
        {"confidence": "0.5"},
        {"rank": -1},
        {"weapons": "missile"},
        {"actors": [{"role": "target", "name": "Police"}]},
        {"actors": [{"role": "target", "name": "Police", "mention": "police", "kind": "Army"}]},
        {"actors": [{"role": "target", "name": "Police", "mention": "police", "country": "PK"}]},
        {"plover": {"event": "MAKE STATEMENT"}},
        {"plover": {"event": "ASSAULT", "mode": "nuclear"}},
        {"cameo": {"code": 190, "root": "19", "quad_class": 4, "goldstein": -10.0}},
        {"cameo": {"code": "199", "root": "19", "quad_class": 4, "goldstein": -10.0}},
        {"cameo": {"code": "190", "root": "21", "quad_class": 4, "goldstein": -10.0}},
        {"cameo": {"code": "190", "root": "19", "quad_class": 4, "goldstein": -10.1}},
        {"cameo": {"code": "190", "root": "19", "quad_class": 4, "goldstein": float("nan")}},
        {"cameo": {"code": "190", "root": "19", "quad_class": 5, "goldstein": -10.0}},
    ],
)
def test_words_types_and_bounds_are_checked(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        event(**fields)


def test_a_cameo_code_keeps_its_leading_zero() -> None:
    cameo = Cameo(code="057", root="05", quad_class=1, goldstein=8.0)
    assert Cameo.read(cameo.to_bytes()).code == "057"


def test_a_date_is_a_span_of_days_in_order() -> None:
    assert EventDate.read(DAY.encode()).text is None
    with pytest.raises(ValidationError, match="`end` is before `start`"):
        EventDate.read(DAY.replace("2024-01-18", "2024-01-15").encode())
    with pytest.raises(ValidationError):
        EventDate.read(DAY.replace("2024-01-18", "2024-01-18T10:00:00Z").encode())


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"precision": 1, "latitude": 27.0}, "a point has both"),
        ({"precision": 1, "longitude": 60.0}, "a point has both"),
        ({"precision": 4, "latitude": 27.0, "longitude": 60.0}, "a country has no point"),
        ({"precision": 1, "latitude": 90.1, "longitude": 60.0}, "latitude"),
        ({"precision": 1, "latitude": 27.0, "longitude": -180.1}, "longitude"),
        ({"precision": 1, "latitude": float("nan"), "longitude": 0.0}, "latitude"),
        ({"precision": 0}, "precision"),
        ({"precision": 5}, "precision"),
    ],
)
def test_a_place_has_an_honest_point_or_none(fields: dict[str, object], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Place.model_validate({"name": "Saravan", "mention": "Saravan", **fields})


@pytest.mark.parametrize("precision", [1, 2, 3])
def test_a_place_may_have_a_point_or_none_below_a_country(precision: int) -> None:
    assert Place(name="Saravan", mention="Saravan", precision=precision).latitude is None
    point = Place(name="Saravan", mention="Saravan", precision=precision, latitude=27.4, longitude=62.3)
    assert Place.read(point.to_bytes()) == point


@pytest.mark.parametrize(
    "numbers", [(7, 7, None), (7, None, None), (None, None, 12), (7, 8, 9), (None, 7, None), (0, 0, 0)]
)
def test_a_toll_may_leave_out_what_is_not_told(numbers: tuple[int | None, ...]) -> None:
    low, best, high = numbers
    assert Toll.read(Toll(low=low, best=best, high=high).to_bytes()) == Toll(low=low, best=best, high=high)


@pytest.mark.parametrize("numbers", [(8, 7, None), (None, 8, 7), (8, None, 7), (-1, None, None)])
def test_a_toll_is_in_order_and_never_negative(numbers: tuple[int | None, ...]) -> None:
    low, best, high = numbers
    with pytest.raises(ValidationError):
        Toll(low=low, best=best, high=high)


def test_a_part_of_a_toll_may_have_no_number_and_never_a_negative_one() -> None:
    assert TollGroup(who="militants").count is None
    with pytest.raises(ValidationError):
        TollGroup(who="militants", count=-1)


def test_evidence_spans_exactly_its_text() -> None:
    raw = '{"field": "date", "in": "text", "start": 3, "end": 11, "text": "Thursday"}'
    assert Evidence.read(raw.encode()).in_ == "text"
    for wrong in (raw.replace("11", "12"), raw.replace("Thursday", "Thurs"), raw.replace('"text",', '"body",', 1)):
        with pytest.raises(ValidationError):
            Evidence.read(wrong.encode())


def test_evidence_counts_characters() -> None:
    assert Evidence(field="place", in_="title", start=0, end=2, text="\U0001f600é").end == 2


def test_evidence_is_written_with_the_name_in() -> None:
    written = Evidence(field="date", in_="text", start=0, end=1, text="a").to_bytes()
    assert written == b'{"field":"date","in":"text","start":0,"end":1,"text":"a"}'
