"""The data of the event stages names classes and codes that there are."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from schemas.event import ConflictEvent, Plover
from services.extractor.coding.events.classify import ARMED
from services.extractor.coding.events.codes import Code
from services.extractor.coding.events.confidence import confidence, features, table
from services.extractor.coding.events.draft import families
from services.extractor.coding.lexicon.triggers import classes


def test_families_are_over_all_classes_and_only_them() -> None:
    assert set(families()) == set(classes())


def test_a_code_takes_no_other_fields() -> None:
    with pytest.raises(ValidationError):
        Code.model_validate({"plover": "ASSAULT", "mode": None, "cameo": "190", "weight": 1})


def test_armed_kinds_leave_out_crowds_and_civilians() -> None:
    assert not ARMED & {"Civilians", "Protesters", "Rioters"}


def test_confidence_weighs_every_feature_and_grows_with_what_the_text_tells() -> None:
    event = ConflictEvent(id="1", rank=0, plover=Plover(event="ASSAULT"))
    assert list(table().weights) == list(features(event))
    assert 0 < confidence(event) < confidence(event.model_copy(update={"weapons": ["rocket"]})) < 1
