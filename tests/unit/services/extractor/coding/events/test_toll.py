"""One number from all that an article tells of an event, and the rule that chose it."""

from __future__ import annotations

import pytest

from services.extractor.coding.dates import find_dates
from services.extractor.coding.events.toll import Choice, choose
from services.extractor.coding.events.view import look
from services.extractor.coding.numbers import find_numbers
from services.extractor.coding.reading.parse import parse
from services.extractor.coding.reading.sentences import split
from services.extractor.coding.tolls import find_tolls
from tests.unit.services.extractor.coding.articles import violence


def choice(title: str | None, text: str) -> Choice:
    sentences = split(title, text)
    views = [look(s, d) for s, d in zip(sentences, parse(s.text for s in sentences), strict=True)]
    told = []
    for view in views:
        dates = [(d.start, d.end) for d in find_dates(view.sentence.text)]
        numbers = find_numbers(view.sentence.text, exclude=dates)
        told += [(view, toll) for toll in find_tolls(view.sentence.text, numbers) if toll.kind == "killed"]
    return choose(told)


FURTHER_DOWN = (
    "Gas was used in Goma. Tests were made. Experts met in the city. Envoys met in Geneva. Three men died of it later. "
    "At least 64 people, including 19 children, died in that raid."
)
TABLE = [
    (None, "Gunmen killed nine people in Kano. Nine people died there.", 9, "the first number"),
    (None, "Police spoke of 30 dead. The ministry later corrected the figure to 17.", 17, "corrected"),
    (None, "Gunmen killed nine people in Kano. The toll had risen to 13 by evening.", 13, "corrected"),
    (None, "A shell killed four in Goma. Two more died, bringing the death toll to six.", 6, "a sum told as such"),
    (None, "A blast killed 27 children in Goma. In all 80 people died in it.", 80, "the whole of a part"),
    (None, FURTHER_DOWN, 64, "the whole of a part"),
    ("Ten children killed in Goma", "Ten children were among 48 people killed in Goma.", 48, "the whole of a part"),
    ("Over 500 killed in Goma", "At least 545 people were killed in Goma.", 545, "the text's, not the headline's"),
    (None, "Troops killed ten militants near Goma. Two soldiers were killed.", 12, "both sides added"),
    (None, "Twelve people died in Goma. Four militants were killed.", 12, "the first number"),
    (None, "Two soldiers were killed in Goma. Three rebels died. In all five people died.", 5, "a sum of both sides"),
    (None, "Gunmen killed 16 people in Goma before three of the gunmen were killed.", 19, "both sides added"),
    (None, "Five medics were killed in Goma. Nine fighters were also killed.", 14, "both sides added"),
    (None, "Five medics were killed in Goma. The five medics were killed at dawn.", 5, "the first number"),
]


@pytest.mark.parametrize(("title", "text", "number", "rule"), TABLE)
def test_the_rules_in_their_order(title: str | None, text: str, number: int, rule: str) -> None:
    found = choice(title, text)
    assert (sum(toll.best or 0 for _, toll in found.told), found.rule) == (number, rule)


def test_a_sum_says_so_and_shows_each_of_its_numbers() -> None:
    (event,) = violence("Troops killed ten militants near Goma on Monday and lost two soldiers in the clash.")
    assert event.casualties.killed is not None
    assert event.casualties.killed.best == 12
    assert "casualties.killed" in event.inferred
    assert len([e for e in event.evidence if e.field == "casualties.killed"]) == 2
    assert [(g.who, g.count) for g in event.casualties.killed.groups] == [("militants", 10), ("soldiers", 2)]
