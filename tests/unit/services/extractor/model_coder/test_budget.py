"""The bounds on requests and tokens hold for all processes together, over rolling windows."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.extractor.model_coder.budget import Budget, SpentError


class Now:
    def __init__(self) -> None:
        self.at = 10_000.0

    def __call__(self) -> float:
        return self.at


def test_requests_a_minute(tmp_path: Path) -> None:
    now = Now()
    budget = Budget(tmp_path / "b", 2, None, now)
    budget.reserve(1)
    now.at += 20
    budget.reserve(1)
    with pytest.raises(SpentError) as spent:
        budget.reserve(1)
    assert spent.value.wait == 40
    now.at += 40
    budget.reserve(1)
    with pytest.raises(SpentError) as spent:
        budget.reserve(1)
    assert spent.value.wait == 20


def test_tokens_a_day_are_those_really_used(tmp_path: Path) -> None:
    now = Now()
    budget = Budget(tmp_path / "b", None, 100, now)
    first = budget.reserve(90)
    with pytest.raises(SpentError):
        budget.reserve(11)
    budget.settle(first, 30)
    budget.reserve(70)
    now.at += 3600
    with pytest.raises(SpentError) as spent:
        budget.reserve(1)
    assert spent.value.wait == 23 * 3600
    now.at += spent.value.wait
    budget.reserve(100)


def test_a_request_larger_than_the_day_never_fits(tmp_path: Path) -> None:
    with pytest.raises(SpentError):
        Budget(tmp_path / "b", None, 100, Now()).reserve(101)


def test_what_is_refused_is_not_counted(tmp_path: Path) -> None:
    budget = Budget(tmp_path / "b", None, 100, Now())
    with pytest.raises(SpentError):
        budget.reserve(101)
    budget.reserve(100)


def test_a_file_is_shared_and_outlives_its_process(tmp_path: Path) -> None:
    now = Now()
    file = tmp_path / "new folder" / "b"
    Budget(file, 1, None, now).reserve(1)
    with pytest.raises(SpentError):
        Budget(file, 1, None, now).reserve(1)


def test_no_more_than_the_bound_at_the_same_time(tmp_path: Path) -> None:
    now = Now()

    def one(_: int) -> bool:
        try:
            Budget(tmp_path / "b", 5, None, now).reserve(1)
        except SpentError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(16))) == 5
