from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from services.sink.merging.cells import reach
from services.sink.merging.signature import Signature, signature
from services.sink.store.locks import needed
from tests.unit.services.sink.merging.build import DAY, on, report


def of_person(days: int, *, told: bool) -> Signature:
    words = {"keywords": ["Sani", "Traore, Amadou"] if told else ["Sani"]}
    return signature(report("a", about=words, date=on(DAY + dt.timedelta(days=days))))


@given(st.integers(-2000, 2000), st.booleans(), st.data())
def test_reports_that_may_be_alike_need_a_lock_in_common(day: int, told: bool, data: st.DataObject) -> None:  # noqa: FBT001  drawn
    one = of_person(day, told=told)
    other = of_person(day + data.draw(st.integers(-reach(one), reach(one))), told=told)
    alone = [{number for number, alone in needed([each]).items() if alone} for each in (one, other)]
    assert alone[0] & alone[1]
