"""`tocsin key`: the keys of those who send articles by HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from services.cli import Command, LazyGroup
from services.common.errors import Fatal
from services.common.settings import load_settings
from services.ingest.keys import Key, checked_name, hashed, new_key, read_keys, write_keys

_file = click.option("--file", "path", type=click.Path(path_type=Path), help="Key file; else TOCSIN_INGEST_KEYS_FILE.")


@click.group(
    "key",
    cls=LazyGroup,
    lazy={
        "add": Command("services.ingest.key_command:add", "Make a key, and show it once."),
        "list": Command("services.ingest.key_command:show", "Whose keys there are."),
        "remove": Command("services.ingest.key_command:remove", "Let a key count no more."),
    },
    epilog="\b\nExamples:\n  tocsin key add the-paper --rate 50 --file keys.txt\n  tocsin key remove the-paper",
)
def key() -> None:
    """Keys for sending articles by HTTP. Only their hashes are kept; a change counts at once, without a restart."""


@click.command("add", epilog="\b\nExample:\n  tocsin key add the-paper --rate 50 --file keys.txt")
@click.argument("name")
@click.option(
    "--rate", type=click.FloatRange(min=0, max=1e6, min_open=True), help="Articles a second; else TOCSIN_INGEST_RATE."
)
@_file
def add(name: str, rate: float | None, path: Path | None) -> None:
    """Make a key for NAME, and print it: it cannot be shown again."""
    path = _path(path)
    known = read_keys(path) if path.exists() else []
    if any(one.name == checked_name(name) for one in known):
        raise Fatal(f"{path} has a key of {name} already: remove it first, or take another name")
    made = new_key()
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    write_keys(path, "".join(f"{line}\n" for line in [*lines, Key(name, hashed(made), rate).line()]))
    click.echo(made)
    click.echo(f"The key of {name}; {path} keeps only its hash. Send it as `Authorization: Bearer KEY`.", err=True)


@click.command("list", epilog="\b\nExample:\n  tocsin key list")
@_file
def show(path: Path | None) -> None:
    """Print the names of the keys, and their rates where they have one of their own."""
    for one in read_keys(_path(path)):
        click.echo(one.name if one.rate is None else f"{one.name}  {one.rate:g} articles a second")


@click.command("remove", epilog="\b\nExample:\n  tocsin key remove the-paper")
@click.argument("name")
@_file
def remove(name: str, path: Path | None) -> None:
    """Take NAME's key out of the file: from then on it is refused."""
    path = _path(path)
    known = read_keys(path)
    if all(one.name != name for one in known):
        raise Fatal(f"{path} has no key of {name}")
    lines = path.read_text(encoding="utf-8").splitlines()
    write_keys(path, "".join(f"{line}\n" for line in lines if line.split()[:1] != [name]))
    click.echo(f"The key of {name} counts no more.")


def _path(given: Path | None) -> Path:
    found: Any = given or load_settings().ingest_keys_file
    if found is None:
        raise Fatal("no key file is named: give it by --file, or set TOCSIN_INGEST_KEYS_FILE")
    return Path(found)
