from __future__ import annotations

import pytest

from services.extractor.coding.keywords import keywords
from services.extractor.coding.people import LEAD, people


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amadou Traore, 22, was shot.", [("Amadou", "Traore")]),
        ("Soldiers held Yusuf Garba Dauda, aged 41, on Monday.", [("Yusuf", "Dauda")]),
        ("Aminata Sow (44) and Fanta Sow (9) died.", [("Aminata", "Sow"), ("Fanta", "Sow")]),
        ("A court jailed 31-year-old farmer Pavlo Hrytsenko.", [("Pavlo", "Hrytsenko")]),
        ("The dead man was identified by police as Lucio J. Prado.", [("Lucio", "Prado")]),
        ('Marvin "Red" Coates Jr., 19, fell.', [("Marvin", "Coates")]),
        ("Omar Diallo, a 37-year-old driver, was hurt.", [("Omar", "Diallo")]),
        ("Inês Araújo, 30, survived.", [("Inês", "Araújo")]),
        ("Police named the victim as Pavel Jan Novak, a baker.", [("Pavel", "Novak")]),
        ("A man was charged in the shooting death of Deputy Carla Ruiz.", [("Carla", "Ruiz")]),
        ("Two were convicted of the murders of Tomas and of Ivo Krall, a judge said.", []),
        ("They were arrested for the killing of Salford County Sheriff's Deputy Al Roy.", [("Al", "Roy")]),
        ("The gunman Idris Bello fled; suspect Ayo Ojo was held.", [("Idris", "Bello"), ("Ayo", "Ojo")]),
        ("The dead were 23-year-old Ana Sofia Lima and 9-year-old Rui Lima.", [("Ana", "Lima"), ("Rui", "Lima")]),
    ],
)
def test_who_is_told_by_name_and_age_or_as_identified_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert people(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Police chief Garba Dauda spoke of 22 dead.",
        "Action News 5 reported it.",
        "A 25-year-old Corpus Christi man was hurt.",
        "On Monday, 12 people died.",
        "They identified the road as unsafe.",
        "In Kano, 30 shops burned.",
        "Traore, 22, was shot.",
        "A 29-year-old Cape Verde county deputy was hurt.",
        "He was held for the murder of Islamic Front members.",
        "They retaliated for the killing of Idris Bello.",
        "He was convicted of the murder of Salford County officials.",
        "In court in East Salford, 14-year-olds fought.",
    ],
)
def test_nobody_else_is(text: str) -> None:
    assert people(text) == []


def test_each_is_told_once_and_only_of_the_head() -> None:
    assert people("Amadou Traore, 22, died. Amadou Traore, 22, was a mason.") == [("Amadou", "Traore")]
    assert people("x" * LEAD + " Amadou Traore, 22, died.") == []


def test_people_are_keywords_by_their_last_names() -> None:
    assert keywords(None, "Gunmen shot Amadou Traore, 22, near Gao.")[-1] == "Traore, Amadou"
