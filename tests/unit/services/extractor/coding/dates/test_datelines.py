"""Datelines and dates of publication."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.dates import find_publication_date, strip_dateline

DATELINES = [
    ("KABUL, Jan 18 (Reuters) - Three men died.", "Three", ("KABUL",)),
    ("KABUL, Afghanistan (AP) — Three men died.", "Three", ("KABUL", "Afghanistan")),
    ("Islamabad: Following the strike, it spoke.", "Following", ("Islamabad",)),
    ("DAMASCUS — The army fired.", "The army", ("DAMASCUS",)),
    ("(CNN) -- A bomb went off.", "A bomb", ()),
    ("San Salvador, 12 Apr 89 (ACAN-EFE) -- [Text] The front said.", "The front", ("San Salvador",)),
    ("(Juba, 18 February 2020) The envoy spoke.", "The envoy", ("Juba",)),
    ("Goma, DR Congo (AFP) - Two men died.", "Two", ("Goma", "DR Congo")),
    ("Port-au-Prince, Haiti \u2013 Gangs fought.", "Gangs", ("Port-au-Prince", "Haiti")),
    ("AL-HASAKAH, Syria \u2013 A car blew up.", "A car", ("AL-HASAKAH", "Syria")),
    ("PESHAWAR, Pakistan, March 3 (Xinhua) -- At least two died.", "At least", ("PESHAWAR", "Pakistan")),
    ("  BEIRUT: A car blew up.", "A car", ("BEIRUT",)),
    ("BOR - 8 Dec 2020\nPolice said so.", "Police", ("BOR",)),
    ("30 April 2016 Aleppo: Rebels fired.", "Rebels", ("Aleppo",)),
    ("BOSASO     Two men died.", "Two", ("BOSASO",)),
    ("Gao, Mali     Two men died.", "Two", ("Gao", "Mali")),
]


@pytest.mark.parametrize(("text", "body", "places"), DATELINES)
def test_the_dateline_ends_where_the_story_starts(text: str, body: str, places: tuple[str, ...]) -> None:
    found = strip_dateline(text)
    assert found is not None
    assert text[found.body_start :].startswith(body)
    assert found.places == places
    assert all(place in text[slice(*found.span)] for place in places)


@pytest.mark.parametrize(
    "text",
    [
        "Update: three men died.",
        "He said: we fight on.",
        "The army said - on Monday - that it won.",
        "Rebels shelled the town.",
        "Gunmen killed three people (two of them children) - police said",
        "",
        "KABUL, Jan 18 (Reuters) -",
        "- - -",
        "10:30: men came",
        "The army    Soldiers fired.",
    ],
)
def test_a_story_without_a_dateline_keeps_its_head(text: str) -> None:
    assert strip_dateline(text) is None


PUBLISHED = [
    ("KABUL, Jan 18, 2024 (Reuters) - Three men died.", "2024-01-18"),
    ("Wed 05 Apr 2017 Gas used in town, envoy says.", "2017-04-05"),
    ("Posted: Sunday, March 29th 2015\nRebels enter city", "2015-03-29"),
    ("Car bomb kills 15 AFP Thursday 6 Mar 2014 At least 15 died.", "2014-03-06"),
    (" date 2024-01-18 Army Hits Hideouts", "2024-01-18"),
    ("BOR - 8 Dec 2020\nPolice said so.", "2020-12-08"),
    ("Published: Sun 10 Sep 2023, 2:16 PM\nA drone fell.", "2023-09-10"),
    ("23-02-2015 Twin blasts hit a post.", "2015-02-23"),
    ("Army takes hill\n14 May 2016\nThe army took a hill.", "2016-05-14"),
    ("San Salvador, 12 Apr 89 (ACAN-EFE) -- The front said.", "1989-04-12"),
    ("(Juba, 18 February 2020) The envoy spoke.", "2020-02-18"),
    ("Army takes hill. Last updated: 3 June 2017. The army took a hill.", "2017-06-03"),
]


@pytest.mark.parametrize(("text", "day"), PUBLISHED)
def test_a_full_date_at_the_head_is_the_day_of_publication(text: str, day: str) -> None:
    found = find_publication_date(text)
    assert found is not None
    assert found[0] == dt.date.fromisoformat(day)
    assert text[found[1] : found[2]].strip() == text[found[1] : found[2]] != ""


@pytest.mark.parametrize(
    "text",
    [
        "On 22 April 2022, armed men came.",
        "KABUL, Jan 18 (Reuters) - Three died.",
        "Since January 3, 2020 the town is held.",
        "The army, founded on 3 May 1990, fired.",
        "The 11 September 2001 attacks changed it.",
        "11 September 2001 was a Tuesday.",
        "",
        "Rebels fired. " * 60 + "Posted: 3 May 2020",
    ],
)
def test_a_date_in_the_story_is_not(text: str) -> None:
    assert find_publication_date(text) is None


_PIECES = st.sampled_from(["KABUL", ", ", "Jan 18", " 2024", " (AP)", " - ", ": ", "\u2014", "\n", "A"])


@given(st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=20).map("".join)))
def test_spans_lie_in_the_text(text: str) -> None:
    line, day = strip_dateline(text), find_publication_date(text)
    if line is not None:
        assert 0 <= line.span[0] < line.span[1] <= line.body_start < len(text)
    if day is not None:
        assert 0 <= day[1] < day[2] <= len(text)
