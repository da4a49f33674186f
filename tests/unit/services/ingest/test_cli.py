from collections.abc import Sequence

import pytest
from click.testing import CliRunner

from services.common.errors import Invalid, Rejected
from services.common.settings import Settings
from services.ingest import cli
from services.ingest.feeder import Progress, Summary
from services.ingest.publisher import Receipt


@pytest.fixture
def feeds(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """Replaces what would need a broker; each path is an article, `bad` a refused one, `away` ends it."""
    calls: list[tuple[str, list[str]]] = []

    async def fake(settings: Settings, paths: Sequence[str], progress: Progress) -> Summary:
        calls.append((settings.bootstrap, list(paths)))
        for path in paths:
            if path == "away":
                raise Rejected("no broker answers at kafka:1")
            bad = Invalid("not_json", "Send JSON.")
            progress(f"{path}:1", bad if path == "bad" else Receipt(path, 0, "articles", 0, 0))
        return Summary(len(paths) - paths.count("bad"), paths.count("bad"))

    monkeypatch.setattr(cli, "ingest_paths", fake)
    monkeypatch.setattr(cli, "configure", lambda *_: None)
    return calls


def test_it_says_how_many_were_sent(feeds: list[tuple[str, list[str]]]) -> None:
    result = CliRunner().invoke(cli.ingest, ["a", "-", "--bootstrap", "kafka:1"])
    assert (result.exit_code, result.stdout) == (0, "2 articles sent, 0 refused\n")
    assert feeds == [("kafka:1", ["a", "-"])]


def test_what_was_refused_is_named_and_the_status_tells(feeds: list[tuple[str, list[str]]]) -> None:
    result = CliRunner().invoke(cli.ingest, ["a", "bad"])
    assert result.exit_code == 1
    assert result.stdout == "1 articles sent, 1 refused\n"
    assert result.stderr == "bad:1: Send JSON. [not_json]\n"


def test_brokers_that_are_away_are_one_sentence(feeds: list[tuple[str, list[str]]]) -> None:
    result = CliRunner().invoke(cli.ingest, ["a", "away"])
    assert result.exit_code == 1
    assert result.stderr == "Error: no broker answers at kafka:1 (1 articles were sent before.)\n"


def test_an_address_is_not_taken_for_a_path(feeds: list[tuple[str, list[str]]]) -> None:
    result = CliRunner().invoke(cli.ingest, ["https://news.example/1"])
    assert result.exit_code == 2
    assert "not fetched" in result.stderr
    assert feeds == []


def test_help_has_an_example() -> None:
    assert "tocsin ingest seeds/" in CliRunner().invoke(cli.ingest, ["--help"]).stdout
