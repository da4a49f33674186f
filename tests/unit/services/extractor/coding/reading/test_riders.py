"""Who rides is the subject of the verb that follows the vehicle, and the tree has the text's own words."""

from __future__ import annotations

import pytest

from services.extractor.coding.reading.parse import parse
from services.extractor.coding.reading.riders import reworded

ACTIVE = [
    ("Two men on a motorcycle shot three bakers dead in Popayan.", "men", "shot", "bakers"),
    ("Gunmen on a motorbike shot dead a police constable in Khuzdar.", "Gunmen", "shot", "constable"),
    ("Attackers in a pickup truck gunned down the mayor of Zamora.", "Attackers", "gunned", "mayor"),
    ("Men on horseback shot and wounded nine traders in Kutum.", "Men", "shot", None),
    ("Men on motorbikes gun down lawyer in Multan", "Men", "gun", "lawyer"),
]
LEFT = [
    "A man on a motorcycle was shot dead in Cali.",
    "A man in a car shot two days earlier has died.",
    "Two women in a car shot dead near Naivasha were nurses.",
    "The man in the car shot by police survived.",
    "Soldiers shot dead a man on a motorcycle.",
]


@pytest.mark.parametrize(("text", "doer", "verb", "sufferer"), ACTIVE)
def test_the_rider_shoots(text: str, doer: str, verb: str, sufferer: str | None) -> None:
    (doc,) = parse([text])
    assert doc.text == text
    (root,) = [t for t in doc if t.dep_ == "ROOT"]
    assert root.text == verb
    assert doer in [t.text for t in root.children if t.dep_ == "nsubj"]
    assert sufferer is None or sufferer in [t.text for t in root.children if t.dep_ == "dobj"]


@pytest.mark.parametrize("text", LEFT)
def test_a_rider_who_was_shot_stays_so(text: str) -> None:
    assert reworded(text) == (text, None)
