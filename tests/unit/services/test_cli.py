import os
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from services.cli import COMMANDS, Command, LazyGroup, main
from services.common.errors import Fatal, Invalid, Rejected


@click.command()
@click.argument("kind")
def fails(kind: str) -> None:
    raise {
        "fatal": Fatal("TOCSIN_X is wrong: set it"),
        "rejected": Rejected("no broker answers: is it up?"),
        "invalid": Invalid("blank_text", "send a text"),
        "bug": KeyError("a bug"),
    }[kind]


def group() -> LazyGroup:
    return LazyGroup("group", lazy={"fails": Command(f"{__name__}:fails", "Fails.")})


def every_command(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, LazyGroup):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None, name
            yield from every_command(found, (*path, name))


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [
        ("fatal", 2, "Error: TOCSIN_X is wrong: set it\n"),
        ("rejected", 1, "Error: no broker answers: is it up?\n"),
        ("invalid", 1, "Error: blank_text: send a text\n"),
    ],
)
def test_a_named_error_is_one_sentence(kind: str, status: int, sentence: str) -> None:
    result = CliRunner().invoke(group(), ["fails", kind])
    assert (result.exit_code, result.stderr) == (status, sentence)


def test_a_bug_is_not_hidden() -> None:
    assert isinstance(CliRunner().invoke(group(), ["fails", "bug"]).exception, KeyError)


def test_an_unknown_command_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["tocsinate"])
    assert result.exit_code == 2
    assert "No such command" in result.stderr


@pytest.mark.parametrize("path", list(every_command(main)), ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert " ".join(("tocsin", *path)) in result.output.partition("Example")[2]


def test_the_list_of_commands_is_shown_without_importing_them() -> None:
    code = (
        "import sys\nfrom services.cli import main\ntry:\n  main(['--help'])\nexcept SystemExit:\n  print(*sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": "."}
    ).stdout
    for name in COMMANDS:
        assert f"\n  {name} " in told
    assert {"spacy", "faust", "aiokafka", "rich", "pydantic"}.isdisjoint(told.split())
