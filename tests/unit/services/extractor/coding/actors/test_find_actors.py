"""What is found in running text, and that offsets reproduce it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extractor.coding.actors import canonical_mention, find_actors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pakistani fighter jets struck a village", [("Pakistani fighter jets", "Military Forces of Pakistan")]),
        (
            "Syrian and Russian warplanes",
            [("Syrian", "Military Forces of Syria"), ("Russian warplanes", "Military Forces of Russia")],
        ),
        ("Hamas militants fired", [("Hamas militants", "Hamas")]),
        ("Jaish-ul-Adl and jaish al-adl", [("Jaish-ul-Adl", "Jaish al-Adl")]),
        ("What is left for us", []),
        ("IS claimed it", [("IS", "Islamic State")]),
        ("WHAT IS LEFT TO BE DONE", []),
        ("a Houthi-held town", []),
        ("Saudi-led coalition jets", [("Saudi-led coalition jets", "Saudi-led Coalition")]),
        (
            "Arms of the NSCN\u2013IM and NSCNIM",
            [(form, "National Socialist Council of Nagaland (Isak-Muivah)") for form in ("NSCN\u2013IM", "NSCNIM")],
        ),
        ("S\u00e9l\u00e9ka fighters", [("S\u00e9l\u00e9ka fighters", "Seleka")]),
        ("PKK KILLS TWO", [("PKK", "Kurdistan Workers' Party")]),
        ("WHO IS LEFT OF US", []),
        ("the Kivu Liberation Front struck", [("Kivu Liberation Front", "Kivu Liberation Front")]),
        (
            "the Front for the Liberation of Kivu",
            [("Front for the Liberation of Kivu", "Front for the Liberation of Kivu")],
        ),
        ("Liberation Day and the Front Page", []),
        ("the Jordan River and Latin America", []),
        ("Turkish-backed forces", [("forces", "Militia")]),
        ("U.S.-backed forces", [("forces", "Militia")]),
        ("Ukrainian drones", [("Ukrainian drones", "Military Forces of Ukraine")]),
        ("a drone was seen", []),
        ("Kenyan anti-riot police", [("Kenyan anti-riot police", "Police Forces of Kenya")]),
        ("pro-Iranian troops", [("troops", "Militia")]),
        ("Syrian Army of Islam", [("Syrian Army of Islam", "Jaysh al-Islam")]),
        ("Wagner played well", []),
        ("Wagner fighters", [("Wagner fighters", "Wagner Group")]),
        ("Iraqi Christians", [("Iraqi Christians", "Civilians (Iraq)")]),
        ("the government of Iran", [("government of Iran", "Government of Iran")]),
        (
            "U.S. and Soviet negotiators",
            [
                ("U.S.", "Government of the United States"),
                ("Soviet negotiators", "Government of Russia"),
            ],
        ),
        ("Putin met Merkel", [("Putin", "Government of Russia"), ("Merkel", "Government of Germany")]),
        ("Islamabad warned Tehran", [("Islamabad", "Pakistan"), ("Tehran", "Iran")]),
        (
            "Sudan's army fought the RSF",
            [("Sudan's army", "Military Forces of Sudan"), ("RSF", "Rapid Support Forces")],
        ),
    ],
)
def test_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.text, found.name) for found in find_actors(text)] == expected


def test_group_of_civilians_is_named() -> None:
    women, children = find_actors("three women and four children")
    assert (women.group, children.group) == ("women", "children")
    assert women.role == "civilians"


def test_mention_takes_the_country_of_the_event_only_when_it_has_none() -> None:
    ours, theirs, rebels = find_actors("the soldiers, Iranian police and Houthi rebels")
    assert canonical_mention(ours, "PAK").name == "Military Forces of Pakistan"
    assert canonical_mention(ours).name == "Military Forces"
    assert canonical_mention(theirs, "PAK").name == "Police Forces of Iran"
    assert canonical_mention(rebels, "PAK").country == "YEM"


def test_unidentified_men_are_armed_with_their_adjective() -> None:
    (mention,) = find_actors("Unidentified men shot at the gate")
    assert (mention.text, mention.kind) == ("Unidentified men", "Political militia")


WORDS = st.sampled_from(
    [
        "Syrian",
        "army",
        "\u0130ran",
        "U.S.",
        "IS",
        "'s",
        "and",
        "Boko Haram",
        "men",
        "unknown",
        "\u00e9",
        "-led",
        "of the",
        "\ud7ff",
        "Mai-Mai",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=30).map(" ".join)))
def test_offsets_reproduce_the_text(text: str) -> None:
    end = 0
    for found in find_actors(text):
        assert found.start >= end
        assert text[found.start : found.end] == found.text != ""
        assert found.name.isascii()
        end = found.end


@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_same_text_gives_the_same_mentions(text: str) -> None:
    assert find_actors(text) == find_actors(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The OPCW sent experts.", "Organisation for the Prohibition of Chemical Weapons", "External/Other forces"),
        ("Judges of the World Court ruled.", "International Court of Justice", "External/Other forces"),
        ("The G7 met in Elmau.", "Group of Seven", "External/Other forces"),
        ("Oxfam appealed for funds.", "Oxfam", "Civilians"),
        ("The regulator of the AfDB agreed.", "African Development Bank", "External/Other forces"),
    ],
)
def test_bodies_of_many_states_and_charities_are_named(text: str, name: str, kind: str) -> None:
    assert (name, kind) in {(a.name, a.kind) for a in find_actors(text)}
