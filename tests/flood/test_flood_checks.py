"""The checks after a flood can fail."""

from __future__ import annotations

import dataclasses
import datetime as dt

from tests.flood.articles import LONG, article, long_article, name_of
from tests.flood.checks import Found, lost, unworked

FOUND = Found(
    articles={(0, 0): "a", (0, 1): "b", (1, 0): "c"},
    committed={0: 2},
    coded={"a", "b"},
    messages={(0, 0): "a", (0, 1): "b"},
    applied={0: 1},
    stored={"a"},
)
RECEIPTS = [("a", 0, 0), ("b", 0, 1), ("c", 1, 0)]


def test_all_is_well() -> None:
    assert list(lost(RECEIPTS, FOUND)) == []
    assert list(unworked(FOUND)) == []


def test_an_accepted_article_that_is_not_there_is_told() -> None:
    assert len(list(lost([*RECEIPTS, ("d", 1, 1)], FOUND))) == 1
    assert len(list(lost([("a", 0, 1)], FOUND))) == 1


def test_an_offset_past_unfinished_work_is_told() -> None:
    (coding,) = unworked(dataclasses.replace(FOUND, coded={"a"}))
    assert coding.startswith("b at 0/1 of articles")
    (storing,) = unworked(dataclasses.replace(FOUND, applied={0: 2}))
    assert storing.startswith("b at 0/1 of conflict-events")


def test_articles_are_pure_and_new_names_come_with_each() -> None:
    today = dt.date(2024, 1, 18)
    assert article(7, 1, today) == article(7, 1, today) != article(8, 1, today)
    assert name_of(7).encode() in article(7, 1, today)
    assert LONG < len(long_article(0)) < 1_000_000
