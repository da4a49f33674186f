from __future__ import annotations

import datetime as dt

from schemas import Toll
from services.sink.merging.tolls import Number, add_up, current

NOON = dt.datetime(2024, 3, 12, 12, tzinfo=dt.UTC)


def number(
    best: int | None, hours: float = 0, *, low: int | None = None, open_: bool = False, source: str = "x"
) -> Number:
    least = low if low is not None else best
    toll = Toll(low=least, best=best, high=None if open_ else best, text=str(best))
    return Number(source, toll, NOON + dt.timedelta(hours=hours))


def added(*numbers: Number) -> tuple[int | None, int | None, int | None] | None:
    toll = add_up(numbers)
    return (toll.low, toll.best, toll.high) if toll else None


def test_nothing_told_is_no_toll() -> None:
    assert added() is None


def test_one_number_stands_as_it_is() -> None:
    assert added(number(7)) == (7, 7, 7)


def test_at_the_same_time_the_range_is_shown_and_most_sources_decide() -> None:
    assert added(number(12), number(14, 1), number(12, 2)) == (12, 12, 14)


def test_a_toll_that_has_risen_overtakes_its_earlier_state() -> None:
    assert added(number(5), number(8, 10), number(12, 24)) == (12, 12, 12)


def test_a_lower_number_that_comes_later_contradicts_and_stands() -> None:
    assert added(number(12), number(9, 24)) == (9, 9, 12)


def test_a_firm_number_stands_before_a_vague_one() -> None:
    assert added(number(None, 5, low=12, open_=True), number(14, 4)) == (12, 14, None)


def test_at_least_leaves_the_top_open() -> None:
    assert added(number(7), number(7, open_=True)) == (7, 7, None)


def test_what_was_overtaken_does_not_stand() -> None:
    first, second = number(5), number(9, 7)
    assert current([first, second]) == [second]
