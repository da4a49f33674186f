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


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Police arrested two men in Jos. They killed four traders in a market.", "killed", "historical"),
        ("Police arrested two men in Jos. Meanwhile, gunmen killed four traders.", "killed", "actual"),
        ("Gunmen killed four traders in Jos. Police arrested two men.", "killed", "actual"),
        ("Guards were doubled in Jos following the ambush at the bridge.", "ambush", "historical"),
        ("Guards in Jos were hurt in the ambush at the bridge.", "ambush", "actual"),
        ("Ten traders abducted by bandits near Jos were rescued on Monday.", "abducted", "historical"),
        ("Police in Jos secured the release of two nurses who were abducted by bandits.", "abducted", "historical"),
        ("Police rescued ten traders near Jos. They were abducted by bandits.", "abducted", "historical"),
        ("Ten traders were abducted by bandits near Jos.", "abducted", "actual"),
        ("Ten traders who were abducted by bandits near Jos are farmers too.", "abducted", "actual"),
        ("Police in Jos have yet to find the motive behind the ambush on a convoy.", "ambush", "historical"),
        ("A man who is believed to have led an ambush near Jos was arrested on Monday.", "ambush", "historical"),
        ("He was involved in crimes like looting and also killing villagers in Jos.", "killing", "historical"),
    ],
)
def test_arrests_releases_and_inquiries_leave_the_deed_behind_them(text: str, trigger: str, expected: str) -> None:
    assert _happened(text, trigger) == expected


def test_a_day_long_past_holds_until_another_is_told() -> None:
    opening = "The president visited Kano on May 3. Bandits shelled a camp on July 9, 1998. "
    assert _happened(opening + "Rebels shot dead two guards.", "shot dead") == "historical"
    assert _happened(opening + "Rebels shot dead two guards on May 2.", "shot dead") == "actual"


def test_the_name_of_a_paper_makes_no_history() -> None:
    assert _happened("Gunmen killed a farmer near Kano, reports Daily Trust.", "killed") == "actual"
    assert _happened("Rebels shot dead villagers near Kano daily.", "shot dead") == "historical"


_SPEECH = "The governor told reporters in Kano on May 3 that schools would reopen. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_SPEECH + "Bandits killed two guards.", "historical"),
        (_SPEECH + "Bandits killed two guards on May 2.", "actual"),
        (_SPEECH + "Elsewhere, bandits killed two guards.", "actual"),
        ("A bench in Jos adjourned the hearing. Bandits killed two guards.", "historical"),
        ("Panic spread in Jos on May 3. Bandits killed two guards.", "actual"),
        ("The market was busy, traders said. Bandits killed two guards.", "actual"),
        ("Police broke up a camp after a brief gun battle near Jos. Bandits killed two guards.", "actual"),
        ("Police recovered two bodies near Jos on May 3. Bandits had killed the guards.", "actual"),
    ],
)
def test_after_a_lead_of_other_news_a_deed_needs_a_day_of_its_own(text: str, expected: str) -> None:
    assert _happened(text, "killed") == expected
