"""Deeds that are no news: long past, or told in passing in an article that opens with something else."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import events

_OPENING = "The governor of Kano opened a school. Parents thanked him. "


def _happened(text: str, trigger: str) -> str:
    (found,) = {e.modality for e in events(text, None, None) for s in e.evidence if s.text == trigger}
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed a farmer near Kano on May 3.", "actual"),
        ("The army said on May 3 that gunmen killed a farmer near Kano on May 2.", "actual"),
        ("The army said on May 3 that gunmen killed a farmer near Kano on April 29.", "actual"),
        ("The army said on May 3 that gunmen killed a farmer near Kano on March 9.", "historical"),
        ("The army said on May 3 that gunmen killed a farmer near Kano in November.", "historical"),
        ("The army said on January 3 that gunmen killed a farmer near Kano on December 29.", "actual"),
        ("The army said on May 3 that gunmen killed a farmer near Kano last year.", "historical"),
    ],
)
def test_without_a_day_of_publication_the_first_day_told_stands_for_it(text: str, expected: str) -> None:
    assert _happened(text, "killed") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_OPENING + "Rebels attacked the old one.", "historical"),
        (_OPENING + "Elsewhere, rebels attacked a market.", "actual"),
        (_OPENING + "Rebels attacked the old one, killing four pupils.", "actual"),
        ("Rebels attacked a school. Parents wept. The governor came. Rebels attacked a market too.", "actual"),
    ],
)
def test_an_article_that_opens_with_other_news_tells_of_violence_as_past(text: str, expected: str) -> None:
    assert _happened(text, "attacked") == expected
