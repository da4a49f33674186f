"""Of an answer only what the article says becomes part of an event, and what it means is for our own modules to say."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import ConflictEvent
from schemas.taxonomies import acled, cameo, plover
from services.extractor.coding.reading.sentences import split
from services.extractor.model_coder.answer import Answer
from services.extractor.model_coder.events import MAX_EVENTS, events, spoken
from tests.unit.services.extractor.model_coder.told import actor, quote, told, toll

TITLE = "Blast in Kabul kills seven"
TEXT = (
    "At least 7 people were killed and dozens wounded in a suicide blast in Kabul on Monday, police said. "
    "The Islamic State group claimed responsibility for the blast. "
    "Taliban fighters clashed with Pakistani soldiers near Quetta. "
    "Iran denied that it had attacked the port of Zubrovka. "
    "Drones and a tin of paint were found."
)
DAY = dt.date(2024, 1, 18)


def code(*answered: dict[str, Any], published: dt.date | None = DAY) -> list[ConflictEvent]:
    return events("a-1", Answer.model_validate({"events": list(answered)}), split(TITLE, TEXT), published)


def one(trigger: str, sentence: int = 1, **fields: Any) -> ConflictEvent:
    (event,) = code(told(trigger, sentence, **fields))
    return event


def proofs(event: ConflictEvent) -> dict[str, str]:
    return {e.field: e.text for e in event.evidence}


def test_a_whole_event() -> None:
    event = one(
        "blast",
        sub_event_type="Suicide bomb",
        plover="ASSAULT",
        plover_mode="suicide-attack",
        cameo="1831",
        date=quote("on Monday", 1),
        place=quote("Kabul", 1),
        actors=[actor("perpetrator", "The Islamic State group", 2), actor("target", "people", 1)],
        tolls=[toll("killed", "At least 7 people", 1), toll("injured", "dozens wounded", 1)],
        claimed_by=quote("The Islamic State group", 2),
        reported_by=quote("police", 1),
    )
    assert (event.disorder_type, event.event_type) == ("Political violence", "Explosions/Remote violence")
    assert event.plover is not None
    assert (event.plover.event, event.plover.mode) == ("ASSAULT", "suicide-attack")
    assert event.cameo is not None
    assert (event.cameo.code, event.cameo.root, event.cameo.quad_class) == ("1831", "18", 4)
    assert event.date is not None
    assert (event.date.start, event.date.end, event.date.basis) == (dt.date(2024, 1, 15),) * 2 + ("text",)
    assert event.place is not None
    assert (event.place.name, event.place.country, event.place.precision) == ("Kabul", "AFG", 1)
    assert event.place.latitude == pytest.approx(34.5, abs=0.1)
    killed, injured = event.casualties.killed, event.casualties.injured
    assert killed is not None
    assert injured is not None
    assert (killed.low, killed.best, killed.high) == (7, 7, None)
    assert (injured.low, injured.best) == (12, None)
    assert event.actors[0].kind == "Rebel group"
    assert event.claimed_by == event.actors[0].name
    assert event.reported_by == "police"
    assert event.inferred == ["casualties.injured", "place.admin1", "place.country"]
    assert proofs(event).keys() == {
        *("event_type", "date", "place", "actors.0", "actors.1", "casualties.killed", "casualties.injured"),
        *("claimed_by", "reported_by"),
    }


def test_an_event_whose_trigger_is_not_in_the_article_is_dropped() -> None:
    (event,) = code(told("massacre", 1, sub_event_type="Attack"), told("blast", 1))
    assert proofs(event)["event_type"] == "blast"
    assert event.rank == 0


INVENTED = {
    "date": quote("on Friday", 1),
    "place": quote("Jalalabad", 1),
    "actors": [actor("perpetrator", "Boko Haram", 1)],
    "tolls": [toll("killed", "At least 70 people", 1)],
    "weapons": [quote("a nerve agent", 1)],
    "claimed_by": quote("Boko Haram", 1),
    "reported_by": quote("the prime minister", 1),
}


def test_what_is_not_in_the_article_drops_its_field_and_nothing_else() -> None:
    whole = one("blast", date=quote("Monday", 1), place=quote("Kabul", 1))
    assert whole.date is not None
    event = one("blast", **INVENTED)
    assert (event.date, event.place, event.actors, event.weapons) == (None, None, [], [])
    assert event.casualties.killed is None
    assert (event.claimed_by, event.reported_by) == (None, None)
    assert proofs(event) == {"event_type": "blast"}
    assert event.inferred == []


def test_words_that_are_no_date_place_or_number_fill_nothing() -> None:
    event = one("blast", date=quote("police", 1), place=quote("police", 1), tolls=[toll("killed", "police", 1)])
    assert (event.date, event.place, event.casualties.killed) == (None, None, None)


def test_names_outside_the_taxonomies_are_dropped_and_follow_from_the_type_where_it_is_known() -> None:
    event = one("blast", sub_event_type="Alien attack", plover="BOOM", plover_mode="loud", cameo="999")
    assert (event.sub_event_type, event.event_type, event.plover, event.cameo) == (None, None, None, None)
    event = one("blast", sub_event_type="Suicide bomb", plover="BOOM", cameo="999")
    assert event.plover is not None
    assert event.cameo is not None
    assert (event.plover.event, event.cameo.code) == ("ASSAULT", "1831")


def test_a_mode_of_another_event_is_dropped() -> None:
    event = one("blast", plover="PROTEST", plover_mode="suicide-attack")
    assert event.plover is not None
    assert (event.plover.event, event.plover.mode) == ("PROTEST", None)


def test_news_without_a_day_is_of_about_the_day_it_came_out() -> None:
    event = one("blast")
    assert event.date is not None
    assert (event.date.start, event.date.end, event.date.basis) == (dt.date(2024, 1, 17), DAY, "publication")
    assert event.inferred == ["date"]
    assert one("blast", modality="historical").date is None
    assert code(told("blast", 1), published=None)[0].date is None


def test_a_relative_date_without_a_day_of_publication_is_not_reckoned() -> None:
    assert code(told("blast", 1, date=quote("Monday", 1)), published=None)[0].date is None


def test_the_words_that_show_a_modality() -> None:
    event = one("attacked", 4, modality="negated", modality_cue=quote("denied", 4))
    assert (event.modality, proofs(event)["modality"], event.inferred) == ("negated", "denied", [])


def test_a_modality_without_words_stays_lest_it_raise_an_alarm() -> None:
    event = one("attacked", 4, modality="negated", modality_cue=quote("refuted", 4))
    assert event.modality == "negated"
    assert not event.makes_incident()
    assert event.inferred == ["modality"]
    assert "modality" not in proofs(event)


def test_actors_are_who_our_lists_say() -> None:
    event = one(
        "clashed",
        3,
        sub_event_type="Armed clash",
        place=quote("near Quetta", 3),
        actors=[
            actor("participant", "Taliban fighters", 3),
            actor("participant", "Pakistani soldiers", 3),
            actor("participant", "Pakistani soldiers", 3),
        ],
    )
    assert [(a.name, a.kind) for a in event.actors][1] == ("Military Forces of Pakistan", "State forces")
    assert len(event.actors) == 2
    assert event.place is not None
    assert (event.place.name, event.place.precision) == ("Quetta", 2)


def test_a_country_that_acts_is_its_forces_or_its_government() -> None:
    assert one("attacked", 4, plover="ASSAULT", actors=[actor("perpetrator", "Iran", 4)]).actors[0].name == (
        "Military Forces of Iran"
    )
    assert one("denied", 4, plover="REJECT", actors=[actor("perpetrator", "Iran", 4)]).actors[0].name == (
        "Government of Iran"
    )


def test_whom_no_list_knows_keeps_the_words_of_the_text_and_gets_no_kind() -> None:
    (party,) = one("attacked", 4, actors=[actor("target", "port of Zubrovka", 4)]).actors
    assert (party.name, party.kind, party.country, party.code) == ("port of Zubrovka", None, None, None)


def test_weapons_by_their_usual_names_else_by_their_words() -> None:
    event = one("found", 5, weapons=[quote("Drones", 5), quote("tin of paint", 5), quote("Drones", 5)])
    assert event.weapons == ["drone", "tin of paint"]
    assert proofs(event)["weapons.1"] == "tin of paint"


def test_ids_differ_for_two_events_of_one_trigger_and_the_same_event_comes_once() -> None:
    first = told("blast", 1, sub_event_type="Suicide bomb")
    found = code(first, told("blast", 1, sub_event_type="Attack"), first)
    assert [e.sub_event_type for e in found] == ["Suicide bomb", "Attack"]
    assert len({e.id for e in found}) == 2
    assert [e.rank for e in found] == [0, 1]


def test_no_article_gives_events_without_end() -> None:
    many = [told("blast", 1, cameo=str(number)) for number in range(5 * MAX_EVENTS)]
    assert len(code(*many)) == MAX_EVENTS


def test_the_sentences_that_evidence_stands_in() -> None:
    sentences = split(TITLE, TEXT)
    found = code(told("Blast", 0, claimed_by=quote("The Islamic State group", 2)))
    assert [s.index for s in spoken(found, sentences)] == [0, 2]


# Stretches of the article, near misses and rubbish, as a model may quote them.
_WORDS = f"{TITLE} {TEXT}".split()
QUOTES = st.builds(
    quote,
    st.one_of(
        st.builds(
            lambda start, size: " ".join(_WORDS[start : start + size]),
            st.integers(0, len(_WORDS) - 1),
            st.integers(1, 8),
        ),
        st.sampled_from(_WORDS).map(lambda word: word.strip(".,")),
        st.text(max_size=12),
    ),
    st.integers(-2, 9),
)
ANSWERS = st.lists(
    st.builds(
        lambda trigger, **fields: {**told(""), "trigger": trigger, **fields},
        QUOTES,
        sub_event_type=st.none() | st.sampled_from(acled.sub_event_types()) | st.text(max_size=5),
        plover=st.none() | st.sampled_from(plover.event_names()) | st.text(max_size=5),
        plover_mode=st.none() | st.sampled_from(plover.mode_names()),
        cameo=st.none() | st.sampled_from(cameo.code_names()) | st.text(max_size=5),
        modality=st.sampled_from(["actual", "threatened", "negated", "planned"]),
        modality_cue=st.none() | QUOTES,
        date=st.none() | QUOTES,
        place=st.none() | QUOTES,
        actors=st.lists(st.builds(lambda who: {"role": "target", "who": who}, QUOTES), max_size=3),
        tolls=st.lists(
            st.builds(lambda kind, said: {"kind": kind, "said": said}, st.sampled_from(["killed", "injured"]), QUOTES),
            max_size=3,
        ),
        weapons=st.lists(QUOTES, max_size=2),
        claimed_by=st.none() | QUOTES,
        reported_by=st.none() | QUOTES,
    ),
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_whatever_a_model_answers_every_filled_field_has_a_span_that_reads_its_words(answered: list[Any]) -> None:
    for event in code(*answered):
        filled = {"event_type", *(f"actors.{n}" for n in range(len(event.actors)))}
        filled |= {f"weapons.{n}" for n in range(len(event.weapons))}
        filled |= {f"casualties.{kind}" for kind, value in event.casualties if value is not None}
        filled |= {name for name in ("place", "claimed_by", "reported_by") if getattr(event, name) is not None}
        if event.date is not None and event.date.basis == "text":
            filled.add("date")
        if event.modality != "actual" and "modality" not in event.inferred:
            filled.add("modality")
        assert proofs(event).keys() == filled
        for proof in event.evidence:
            assert (TITLE if proof.in_ == "title" else TEXT)[proof.start : proof.end] == proof.text
        assert all(a.mention in TITLE or a.mention in TEXT for a in event.actors)
        assert event == ConflictEvent.model_validate_json(event.model_dump_json())
