import pytest

from schemas.taxonomies import cameo, plover

ROOTS = [f"{number:02d}" for number in range(1, 21)]
# GDELT's scheme: 01-05 verbal and 06-08 material cooperation, 09-13 verbal and 14-20 material conflict.
QUAD_CLASS_OF = {root: 1 + sum(root > last for last in ("05", "08", "13")) for root in ROOTS}


def test_there_are_20_roots_and_296_codes_under_them() -> None:
    assert cameo.root_names() == ROOTS
    finer = [code for code in cameo.code_names() if len(code) > 2]
    assert len(finer) == 296
    assert all(code[:2] in ROOTS and len(code) in (3, 4) for code in finer)


def test_every_finer_code_has_its_base() -> None:
    codes = cameo.codes()
    assert {code for code in codes if len(code) > 2 and code[:-1] not in codes} == set()


def test_codes_are_strings_that_keep_their_leading_zero() -> None:
    assert cameo.codes()["010"].name == "Make statement"
    assert "10" in cameo.codes()
    assert cameo.codes()["10"].root == "10"


def test_each_code_has_the_quad_class_of_its_root() -> None:
    wrong = {code for code, row in cameo.codes().items() if row.quad_class != QUAD_CLASS_OF[row.root]}
    assert wrong == set()


def test_goldstein_scores_are_within_their_scale_and_filled_from_the_base_or_root_where_the_source_has_none() -> None:
    assert all(-10 <= row.goldstein <= 10 for row in cameo.codes().values())
    assert cameo.codes()["190"].goldstein == -10.0
    assert cameo.codes()["1951"].goldstein == cameo.codes()["195"].goldstein
    assert cameo.codes()["183"].goldstein == -10.0


def test_the_crosswalk_leads_to_events_and_modes_that_plover_has() -> None:
    for code, row in cameo.codes().items():
        if row.plover_event is None:
            assert row.plover_mode is None, code
        else:
            event = plover.events()[row.plover_event]
            assert row.plover_mode is None or row.plover_mode in event.modes, code


def test_only_statements_and_appeals_have_no_plover_event() -> None:
    without = {row.root for row in cameo.codes().values() if row.plover_event is None}
    assert without == {"01", "02"}
    assert {row.plover_event for row in cameo.codes().values() if row.root in without} == {None}


def test_all_plover_events_are_reached() -> None:
    assert {row.plover_event for row in cameo.codes().values()} - {None} == set(plover.event_names())


@pytest.mark.parametrize(
    ("code", "event", "mode"),
    [
        ("057", "SUPPORT", None),
        ("138", "THREATEN", "violence"),
        ("141", "PROTEST", "demo"),
        ("161", "SANCTION", "withdraw"),
        ("1831", "ASSAULT", "suicide-attack"),
        ("190", "ASSAULT", None),
    ],
)
def test_the_crosswalk_at_some_codes(code: str, event: str, mode: str | None) -> None:
    row = cameo.codes()[code]
    assert (row.plover_event, row.plover_mode) == (event, mode)
