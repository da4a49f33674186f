"""The command `tocsin`: what it can do, and how what goes wrong is told: in one sentence, by an exit status."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import click

from services.common.errors import Fatal, TocsinError

FATAL = 2
"""Exit status when something must be mended first, such as a setting; 1 is any other failure."""


@dataclass(frozen=True)
class Command:
    """A command that is imported only when it is called, for some take seconds to import."""

    path: str
    """`module:name` of a click command."""
    help: str
    """One line for the list of commands."""


class LazyGroup(click.Group):
    """A group of `Command`s that tells named errors as sentences."""

    def __init__(self, *args: Any, lazy: dict[str, Command], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """In the order in which a person needs them."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Imports it."""
        known = self._lazy.get(cmd_name)
        if known is None:
            return None
        module, name = known.path.split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        """The list, without importing what it names."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in self._lazy.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a named error becomes its sentence, everything else is a bug and shows where it is."""
        try:
            return super().invoke(ctx)
        except TocsinError as error:
            told = click.ClickException(str(error))
            told.exit_code = FATAL if isinstance(error, Fatal) else 1
            raise told from error


COMMANDS = {
    "up": Command("services.up.command:up", "Everything on this machine: broker, services, page; alerts as they come."),
    "ingest": Command("services.ingest.cli:ingest", "Publish articles from files or standard input."),
    "key": Command("services.ingest.key_command:key", "Keys of those who send articles by HTTP."),
    "serve": Command("services.serve:serve", "Run one service: ingest, extractor or sink."),
    "extract": Command("services.extractor.extract:extract", "Code articles without Kafka."),
    "incidents": Command("services.incidents:incidents", "Code articles and merge what they tell, without Kafka."),
    "export": Command("services.export:export", "Incidents as CSV, Parquet, GeoJSON, ACLED's or UCDP's columns."),
    "watch": Command("services.watch:watch", "Subscribe to event-alerts in the terminal."),
    "dlq": Command("services.dlq.command:dlq", "Look at what was refused, and send it again."),
    "topics": Command("services.topics:topics_group", "Create the topics, or say what differs."),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    epilog="""
\b
Examples:
  tocsin up
  tocsin ingest article.txt
  tocsin watch --from beginning
  tocsin COMMAND --help
""",
)
@click.version_option(package_name="tocsin")
def main() -> None:
    """Tocsin turns the news into structured conflict alerts over Apache Kafka.

    Settings are environment variables TOCSIN_..., told in the README; options win over them.
    """
