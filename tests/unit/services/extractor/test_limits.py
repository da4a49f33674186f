"""What may be set, and what is said of a wrong setting."""

import pytest
from click.testing import CliRunner

from services.common.errors import Fatal
from services.extractor.cli import serve_extractor
from services.extractor.limits import Route, load_limits


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_EXTRACTOR_TIME_LIMIT", "7.5")
    assert load_limits().time_limit == 7.5


def test_a_wrong_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_EXTRACTOR_BATCH", "many")
    with pytest.raises(Fatal, match="TOCSIN_EXTRACTOR_BATCH"):
        load_limits()


def test_the_command_says_it_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_EXTRACTOR_BATCH", "many")
    answer = CliRunner().invoke(serve_extractor, [])
    assert answer.exit_code == 1
    assert "TOCSIN_EXTRACTOR_BATCH" in answer.output
    assert "Traceback" not in answer.output


def test_help_has_an_example() -> None:
    assert "tocsin serve extractor --bootstrap" in CliRunner().invoke(serve_extractor, ["--help"]).output


def test_the_route_is_the_contract_s() -> None:
    assert Route() == Route("articles", "conflict-events", "tocsin-extractor")
