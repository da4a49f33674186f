import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common import tracing

VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_a_child_keeps_the_trace_and_the_flags_and_has_its_own_span() -> None:
    child = tracing.child(VALID)
    assert tracing.is_valid(child)
    assert child.split("-")[1::2] == VALID.split("-")[1::2]
    assert child != VALID


@pytest.mark.parametrize(
    "invalid",
    [
        None,
        "",
        VALID.upper(),
        VALID + "-00",
        "ff" + VALID[2:],
        VALID.replace("b7ad6b7169203331", "0" * 16),
        VALID.replace("0af7651916cd43dd8448eb211c80319c", "0" * 32),
    ],
)
def test_an_invalid_parent_starts_a_new_trace(invalid: str | None) -> None:
    assert not tracing.is_valid(invalid)
    assert tracing.trace_id(invalid) == ""
    assert tracing.is_valid(tracing.child(invalid))


def test_a_later_version_may_carry_more() -> None:
    assert tracing.trace_id("01" + VALID[2:] + "-more") == tracing.trace_id(VALID) != ""
    assert not tracing.is_valid("01" + VALID[2:] + "more")


@given(st.text())
def test_any_text_gives_a_valid_child(text: str) -> None:
    assert tracing.is_valid(tracing.child(text))
