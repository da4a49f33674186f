from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Actor, Casualties, EventDate, Place, Plover, Toll, TollGroup
from schemas.alert import Claim, Disagreement
from schemas.taxonomies import acled
from services.sink.wording import MAX_HEADLINE, count, date, description, differ, headline, listed, place, shortened
from tests.messages import event, killed


@pytest.mark.parametrize(
    ("toll", "inferred", "expected"),
    [
        (Toll(low=7, best=7), False, "at least 7"),
        (Toll(low=7, best=7, high=7), False, "7"),
        (Toll(best=7), False, "7"),
        (Toll(low=0, best=0, high=0), False, "none"),
        (Toll(low=5, best=7), False, "about 7 (at least 5)"),
        (Toll(low=5, best=7, high=9), False, "about 7 (at least 5, at most 9)"),
        (Toll(low=5, high=9), False, "between 5 and 9"),
        (Toll(high=1200), False, "up to 1,200"),
        (Toll(low=3), False, "at least 3"),
        (Toll(), False, "some"),
        (Toll(low=1, text="deadly"), True, "some"),
        (Toll(low=12, text="dozens of people"), True, "dozens"),
        (Toll(low=20000, text="tens of thousands"), True, "tens of thousands"),
        (Toll(low=7, best=7, text="three women and four children"), True, "at least 7"),
    ],
)
def test_a_count_is_told_no_more_exactly_than_it_is_known(toll: Toll, inferred: bool, expected: str) -> None:  # noqa: FBT001
    assert count(toll, inferred=inferred) == expected


numbers = st.one_of(st.none(), st.integers(0, 5000))


@given(numbers, numbers, numbers, st.booleans())
def test_no_number_is_told_that_is_not_in_the_data(
    low: int | None,
    best: int | None,
    high: int | None,
    inferred: bool,  # noqa: FBT001
) -> None:
    known = sorted(n for n in (low, best, high) if n is not None)
    ordered = iter(known)
    toll = Toll(
        **{
            name: None if given is None else next(ordered)
            for name, given in (("low", low), ("best", best), ("high", high))
        }
    )
    told = {int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", count(toll, inferred=inferred))}
    assert told <= set(known)


def test_a_headline_says_what_by_whom_on_whom_where_and_the_toll() -> None:
    assert headline(event("a1")) == "Attack by Raiders of the North on Civilians in Ost, Iran: at least 7 killed"


def test_a_clash_has_two_sides() -> None:
    sides = [Actor(role="participant", name=name, mention=name) for name in ("Army", "Rebels")]
    clash = event(
        "a1",
        sub_event_type="Armed clash",
        actors=sides,
        casualties=Casualties(injured=Toll(low=12, text="dozens")),
        inferred=["casualties.injured"],
    )
    assert headline(clash) == "Armed clash between Army and Rebels in Ost, Iran: dozens injured"


def test_what_was_near_a_town_was_not_in_it() -> None:
    beside = event("a1", place=Place(name="Ost", mention="Ost", country="IRN", precision=2))
    assert headline(beside) == "Attack by Raiders of the North on Civilians near Ost, Iran: at least 7 killed"
    assert " near Ost, Iran, on " in description(beside, [], 1)


def test_an_event_of_which_little_is_known_has_a_headline() -> None:
    bare = event(
        "a1",
        event_type=None,
        sub_event_type=None,
        plover=Plover(event="ASSAULT", mode="firearms"),
        actors=[],
        place=None,
        date=None,
        casualties=Casualties(),
        modality="attempted",
    )
    assert headline(bare) == "Attempted shooting"
    assert "on a day that is not told" in description(bare, [], 1)


@pytest.mark.parametrize("name", acled.sub_event_types())
def test_every_type_has_its_words(name: str) -> None:
    assert headline(event("a1", sub_event_type=name, actors=[])).endswith(" in Ost, Iran: at least 7 killed")


def test_long_names_are_cut() -> None:
    many = [Actor(role="target", name=f"{n} {'x' * 300}", mention="x") for n in range(9)]
    told = headline(event("a1", actors=many))
    assert len(told) <= MAX_HEADLINE
    assert shortened("one two three", 9) == "one two\N{HORIZONTAL ELLIPSIS}"


def test_the_description_tells_groups_and_what_is_inferred() -> None:
    toll = killed(7, groups=[TollGroup(who="women", count=3), TollGroup(who="children", count=4)])
    told = description(event("a1", casualties=toll, inferred=["place.country"], weapons=["missile"]), ["A", "B"], 2)
    assert "Toll: 7 killed (of them 3 women and 4 children)." in told
    assert "Means: missile." in told
    assert "Reported by A and B. 2 independent sources." in told
    assert "Inferred, not said outright: place.country." in told


def test_places_and_days() -> None:
    region = Place(
        name="Sistan and Baluchestan", mention="x", admin1="Sistan and Baluchestan", country="IRN", precision=3
    )
    assert place(region) == "Sistan and Baluchestan, Iran"
    assert place(region.model_copy(update={"precision": 2, "country": None})) == "near Sistan and Baluchestan"
    span = EventDate(start=dt.date(2024, 1, 1), end=dt.date(2024, 1, 31), precision="month", basis="text")
    assert date(span) == "January 2024"
    assert date(span.model_copy(update={"precision": "week", "end": dt.date(2024, 1, 7)})) == (
        "between 1 January 2024 and 7 January 2024"
    )
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B"], more=True) == "A, B and others"


def test_where_sources_differ_is_told_with_who_says_what() -> None:
    claims = [Claim(value="12", sources=["Agency", "Radio"]), Claim(value="14", sources=["The Post"])]
    differing = [Disagreement(field="casualties.killed", claims=claims)]
    assert differ(differing) == "killed: 12 (Agency and Radio), 14 (The Post)"
    assert "Sources differ: killed: 12" in description(event("a1"), ["Agency"], 2, differing)
