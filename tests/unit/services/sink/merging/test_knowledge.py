from __future__ import annotations

import pytest
from pydantic import ValidationError

from schemas.taxonomies import acled
from services.sink.merging.knowledge import Knowledge, kind_of, knowledge, mixing


def test_every_sub_event_type_is_of_a_kind() -> None:
    assert {kind_of(name) for name in acled.sub_event_types()} == set(knowledge().kinds)


def test_crime_is_violence() -> None:
    assert kind_of(None) == "violence"


def test_kinds_that_are_not_named_together_never_mix() -> None:
    assert mixing("violence", "politics") is None
    assert mixing("crowd", "violence") == mixing("violence", "crowd") != 0


def test_a_type_that_is_missing_is_an_error() -> None:
    data = knowledge().model_dump()
    data["kinds"]["law"] = []
    with pytest.raises(ValidationError, match="each sub-event type once"):
        Knowledge.model_validate(data)
