"""A claim that names no deed belongs to what was told just before it."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import violence

DEED = "A car bomb killed twelve people in Mogadishu on Thursday. "


@pytest.mark.parametrize(
    "claim",
    [
        "Al-Shabaab claimed responsibility.",
        "Al-Shabaab has since claimed responsibility for it.",
        "Responsibility was claimed by al-Shabaab.",
        "A clinic was hit too. Al-Shabaab took responsibility in a statement.",
        "The mayor called for calm. Al-Shabaab, which claimed responsibility, said that more would follow.",
    ],
)
def test_who_claims_it_did_it(claim: str) -> None:
    (event,) = violence(DEED + claim)
    assert event.claimed_by == "Al-Shabaab"
    assert [a.name for a in event.actors if a.role == "perpetrator"] == ["Al-Shabaab"]
    (shown,) = [e for e in event.evidence if e.field == "claimed_by"]
    assert shown.text.lower() == "al-shabaab"


@pytest.mark.parametrize(
    "claim",
    [
        "No group claimed responsibility.",
        "Al-Shabaab has not claimed responsibility.",
        "Al-Shabaab denied claiming responsibility.",
        "Al-Shabaab often claims responsibility for such attacks.",
        "Al-Shabaab has claimed responsibility in the past.",
        "Al-Shabaab has yet to claim responsibility.",
        "The minister accepted responsibility for the delays.",
        "The bank opened a new credit line and took applications from al-Shabaab's victims.",
    ],
)
def test_no_claim_is_made_of_what_is_none(claim: str) -> None:
    assert [event.claimed_by for event in violence(DEED + claim)] == [None]


def test_a_claim_without_a_deed_is_nothing() -> None:
    assert violence("Al-Shabaab claimed responsibility.") == ()
