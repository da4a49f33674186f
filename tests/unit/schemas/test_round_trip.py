"""Whatever the models can hold comes back from its bytes, and the published JSON Schemas accept those bytes."""

import datetime as dt
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from schemas import (
    Actor,
    Alert,
    Article,
    ArticleEvents,
    Cameo,
    Casualties,
    Coder,
    ConflictEvent,
    EventDate,
    EventFacts,
    Evidence,
    Place,
    Plover,
    Report,
    Sentence,
    Source,
    Toll,
    TollGroup,
    words,
)
from schemas.alert import Change
from schemas.generate import MODELS, json_schema
from schemas.taxonomies import acled, cameo, plover

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
FORMATS = FormatChecker(formats=["date"])


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value: object) -> bool:
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json_schema(name), format_checker=FORMATS)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def few(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=2)


STATUS = st.sampled_from(["actual", "exercise", "test"])
MODALITY = st.sampled_from(words.MODALITIES)
COUNTRY = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
TIMES = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=OFFSETS)  # noqa: DTZ001  made aware
PUBLISHED = maybe(st.dates(dt.date(1900, 1, 1)) | TIMES)
SOURCES = st.builds(Source, name=maybe(TEXT), url=maybe(TEXT), country=maybe(COUNTRY))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    withdrawn = draw(st.booleans())
    ids = st.text("abc-/", min_size=1, max_size=9)
    return Article(
        id=draw(ids if withdrawn else maybe(ids)),
        version=draw(st.integers(0, 2**31 - 1)),
        status=draw(STATUS),
        withdrawn=withdrawn,
        title=draw(maybe(TEXT)),
        text=draw(maybe(TEXT.filter(bool)) if withdrawn else TEXT.filter(str.strip)),
        language=draw(maybe(st.sampled_from(["en", "pt-BR"]))),
        published_at=draw(PUBLISHED),
        source=draw(SOURCES),
        tags=draw(few(TEXT)),
    )


@st.composite
def dates(draw: st.DrawFn) -> EventDate:
    start, end = sorted(draw(st.tuples(st.dates(dt.date(1900, 1, 1)), st.dates(dt.date(1900, 1, 1)))))
    return EventDate(
        start=start,
        end=end,
        precision=draw(st.sampled_from(words.DATE_PRECISIONS)),
        text=draw(maybe(TEXT)),
        basis=draw(st.sampled_from(words.DATE_BASES)),
    )


@st.composite
def places(draw: st.DrawFn) -> Place:
    precision = draw(st.integers(1, 4))
    point = precision < 4 and draw(st.booleans())
    return Place(
        name=draw(TEXT),
        mention=draw(TEXT),
        admin1=draw(maybe(TEXT)),
        country=draw(maybe(COUNTRY)),
        latitude=draw(st.floats(-90, 90)) if point else None,
        longitude=draw(st.floats(-180, 180)) if point else None,
        precision=precision,
        geonames_id=draw(maybe(st.integers(1, 10**8))),
    )


@st.composite
def tolls(draw: st.DrawFn) -> Toll:
    low, best, high = sorted(draw(st.tuples(*[st.integers(0, 10**6)] * 3)))
    told = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    numbers = [number if known else None for number, known in zip((low, best, high), told, strict=True)]
    groups = draw(few(st.builds(TollGroup, who=TEXT, count=maybe(st.integers(0, 99)))))
    return Toll(low=numbers[0], best=numbers[1], high=numbers[2], text=draw(maybe(TEXT)), groups=groups)


def spans(model: type[Evidence] | type[Sentence], **fields: Any) -> st.SearchStrategy[Any]:
    def make(where: str, start: int, text: str, **more: Any) -> Any:
        return model.model_validate({"in": where, "start": start, "end": start + len(text), "text": text, **more})

    return st.builds(make, st.sampled_from(["text", "title"]), st.integers(0, 999), TEXT, **fields)


CASUALTIES = st.builds(Casualties, **{kind: maybe(tolls()) for kind in words.TOLL_KINDS})
ACTORS = st.builds(
    Actor,
    role=st.sampled_from(words.ROLES),
    name=TEXT,
    mention=TEXT,
    kind=maybe(st.sampled_from(words.ACTOR_KINDS)),
    country=maybe(COUNTRY),
    code=maybe(st.just("PAKMIL")),
)
CAMEO = st.sampled_from(sorted(cameo.codes())).map(
    lambda code: Cameo(
        code=code,
        root=cameo.codes()[code].root,
        quad_class=cameo.codes()[code].quad_class,
        goldstein=cameo.codes()[code].goldstein,
    )
)
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "disorder_type": maybe(st.sampled_from(acled.disorder_types())),
    "event_type": maybe(st.sampled_from(acled.event_types())),
    "sub_event_type": maybe(st.sampled_from(acled.sub_event_types())),
    "plover": maybe(st.sampled_from(plover.event_names()).map(lambda name: Plover(event=name))),
    "cameo": maybe(CAMEO),
    "modality": MODALITY,
    "date": maybe(dates()),
    "actors": few(ACTORS),
    "place": maybe(places()),
    "casualties": CASUALTIES,
    "weapons": few(TEXT),
    "claimed_by": maybe(TEXT),
    "reported_by": maybe(TEXT),
    "confidence": st.floats(0, 1),
    "inferred": few(TEXT),
}
EVIDENCE = spans(Evidence, field=TEXT)
EVENTS = st.builds(ConflictEvent, id=TEXT, rank=st.integers(0, 99), evidence=few(EVIDENCE), **FACTS)
ARTICLE_EVENTS = st.builds(
    ArticleEvents,
    article_id=TEXT,
    version=st.integers(0, 9),
    status=STATUS,
    withdrawn=st.booleans(),
    language=maybe(TEXT),
    title=maybe(TEXT),
    source=SOURCES,
    published_at=PUBLISHED,
    article_time=TIMES,
    fingerprint=few(st.integers(0, 2**64 - 1)),
    keywords=few(TEXT),
    coder=st.builds(Coder, name=TEXT, version=st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{1,3}){0,2}\Z")),
    sentences=few(spans(Sentence)),
    events=few(EVENTS),
)
REPORTS = st.builds(
    Report,
    article_id=TEXT,
    event_id=TEXT,
    source=maybe(TEXT),
    url=maybe(TEXT),
    title=maybe(TEXT),
    published_at=PUBLISHED,
    casualties=CASUALTIES,
    evidence=few(EVIDENCE),
    sentences=few(spans(Sentence)),
)
ALERTS = st.builds(
    Alert,
    id=TEXT,
    incident_id=TEXT,
    sequence=st.integers(0, 99),
    message_type=st.sampled_from(words.MESSAGE_TYPES),
    references=few(TEXT),
    sent=TIMES,
    status=STATUS,
    severity=st.sampled_from(words.SEVERITIES),
    urgency=st.sampled_from(words.URGENCIES),
    certainty=st.sampled_from(words.CERTAINTIES),
    headline=TEXT,
    description=TEXT,
    event=st.builds(EventFacts, **FACTS),
    reports=few(REPORTS),
    independent_sources=st.integers(0, 9),
    rules=few(TEXT),
    changes=few(st.builds(Change, field=TEXT, before=maybe(TEXT), after=maybe(TEXT))),
)
BY_NAME = {"article": articles(), "article-events": ARTICLE_EVENTS, "conflict-event": EVENTS, "alert": ALERTS}


@pytest.mark.parametrize("name", sorted(MODELS))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_message_comes_back_from_its_bytes_and_its_schema_accepts_them(name: str, data: st.DataObject) -> None:
    message = data.draw(BY_NAME[name])
    raw = message.to_bytes()
    again = type(message).read(raw)
    assert again == message
    assert again.to_bytes() == raw
    validator(name).validate(json.loads(raw))


def test_the_strategies_fill_every_field() -> None:
    assert set(FACTS) == set(EventFacts.model_fields)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("article", {"text": 1}),
        ("article", {"text": ""}),
        ("article", {"text": " \n"}),
        ("article", {}),
        ("article", {"title": "a"}),
        ("article", {"withdrawn": True}),
        ("article", {"withdrawn": True, "id": None}),
        ("article", {"id": "a"}),
        ("article", {"text": "a", "version": -1}),
        ("article", {"text": "a", "published_at": "yesterday"}),
        ("article", {"text": "a", "source": {"country": "uk"}}),
        ("article-events", {"article_id": "a"}),
        ("conflict-event", {"id": "e", "rank": 0, "confidence": 2}),
        ("conflict-event", {"id": "e", "rank": 0, "evidence": [{"field": "date", "in": "body"}]}),
        ("alert", {"id": "a"}),
    ],
)
def test_the_schema_refuses_what_the_model_refuses(name: str, wrong: dict[str, Any]) -> None:
    assert not validator(name).is_valid(wrong)
    with pytest.raises(ValueError, match="validation error"):
        MODELS[name].model_validate_json(json.dumps(wrong))
