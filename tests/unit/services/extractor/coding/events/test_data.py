"""The data of the event stages names classes and codes that there are."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from services.extractor.coding.events.classify import ARMED
from services.extractor.coding.events.codes import Code
from services.extractor.coding.events.confidence import _BASE, _WEIGHTS
from services.extractor.coding.events.draft import families
from services.extractor.coding.lexicon.triggers import classes


def test_families_are_over_all_classes_and_only_them() -> None:
    assert set(families()) == set(classes())


def test_a_code_takes_no_other_fields() -> None:
    with pytest.raises(ValidationError):
        Code.model_validate({"plover": "ASSAULT", "mode": None, "cameo": "190", "weight": 1})


def test_armed_kinds_leave_out_crowds_and_civilians() -> None:
    assert not ARMED & {"Civilians", "Protesters", "Rioters"}


def test_confidence_grows_with_what_the_text_tells_and_stays_a_share() -> None:
    assert 0 < _BASE < 1
    assert all(weight > 0 for weight in _WEIGHTS.values())
