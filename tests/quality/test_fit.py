"""Confidence is fitted so that its mean is the share told, and no feature speaks against an event."""

from __future__ import annotations

import pytest

from schemas.event import ConflictEvent, Plover
from services.extractor.coding.events.confidence import features
from tests.quality.fit import fit

BARE = ConflictEvent(id="1", rank=0, plover=Plover(event="ASSAULT"))
ARMED = BARE.model_copy(update={"weapons": ["rocket"]})


def test_what_goes_with_right_events_weighs_and_what_goes_with_wrong_ones_does_not() -> None:
    told = [(ARMED, True)] * 9 + [(ARMED, False)] + [(BARE, True)] * 5 + [(BARE, False)] * 5
    base, weights = fit(told, 0.6)
    assert weights["armed"] > 0.5
    assert set(weights) == set(features(BARE))
    assert all(weight >= 0 for weight in weights.values())
    _, other = fit([(ARMED, False)] * 5 + [(BARE, True)] * 5, 0.6)
    assert other["armed"] == 0
    assert base < 1


@pytest.mark.parametrize("mean", [0.3, 0.8])
def test_the_mean_is_the_one_asked_for(mean: float) -> None:
    base, weights = fit([(BARE, True)] * 3 + [(BARE, False)], mean)
    odds = base + sum(weights[name] for name, holds in features(BARE).items() if holds)
    assert odds == pytest.approx({0.3: -0.847, 0.8: 1.386}[mean], abs=0.001)
