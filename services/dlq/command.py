"""`tocsin dlq`: list, show, replay."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from services.cli import Command, LazyGroup
from services.tools import bootstrap_option, tool_settings

if TYPE_CHECKING:
    from services.common.settings import Settings

_TOPICS = ("articles.dlq", "conflict-events.dlq")


def _topic(**more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--topic", type=click.Choice(_TOPICS), **more)


_partition = click.option("--partition", type=click.IntRange(0), default=0, show_default=True)


@click.group(
    cls=LazyGroup,
    lazy={
        "list": Command("services.dlq.command:list_letters", "The newest letters, with the reason of each."),
        "show": Command("services.dlq.command:show", "One letter: headers and bytes."),
        "replay": Command("services.dlq.command:replay", "Send letters to the topic that they came from."),
    },
    epilog="\b\nExamples:\n  tocsin dlq list\n  tocsin dlq show 12\n  tocsin dlq replay --offset 12",
)
def dlq() -> None:
    """Look at what was refused (dead letters), and send it again once its cause is mended."""


@click.command("list", epilog="\b\nExamples:\n  tocsin dlq list\n  tocsin dlq list --topic articles.dlq --limit 5")
@_topic(help="Of one topic only.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Of each partition, the newest.")
@bootstrap_option
def list_letters(topic: str | None, limit: int, bootstrap: str | None) -> None:
    """List the newest letters with time, reason and key; the message says what the sender should mend.

    Piped, it is one line a letter, with tabs between the columns.
    """
    asyncio.run(_list(tool_settings(bootstrap=bootstrap), (topic,) if topic else _TOPICS, limit))


async def _list(settings: Settings, topics: tuple[str, ...], limit: int) -> None:
    from services.dlq.letters import open_letters
    from services.dlq.words import rows, table

    async with open_letters(settings, topics) as letters:
        found = await letters.newest(limit)
    if not found:
        click.echo("No dead letters.")
    elif sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False).print(table(found))
    else:
        for row in rows(found):
            click.echo("\t".join(row))


@click.command(epilog="\b\nExamples:\n  tocsin dlq show 12\n  tocsin dlq show 12 --raw > article.json")
@click.argument("offset", type=click.IntRange(0))
@_topic(default=_TOPICS[0], show_default=True)
@_partition
@click.option("--raw", is_flag=True, help="The value alone, byte for byte.")
@bootstrap_option
def show(offset: int, topic: str, partition: int, raw: bool, bootstrap: str | None) -> None:  # noqa: FBT001  a flag
    r"""Show one letter whole. Control characters are shown as escapes, such as \x1b."""
    asyncio.run(_show(tool_settings(bootstrap=bootstrap), topic, partition, offset, raw=raw))


async def _show(settings: Settings, topic: str, partition: int, offset: int, *, raw: bool) -> None:
    from aiokafka import TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types

    from services.dlq.letters import open_letters
    from services.dlq.words import whole

    async with open_letters(settings, (topic,)) as letters:
        letter = await letters.at(TopicPartition(topic, partition), offset)
    click.echo(letter.value or b"" if raw else whole(letter), nl=not raw)


@click.command(epilog="\b\nExamples:\n  tocsin dlq replay --offset 12 --offset 13\n  tocsin dlq replay --all")
@click.option("--offset", "offsets", type=click.IntRange(0), multiple=True, help="This letter; may be given again.")
@click.option("--all", "everything", is_flag=True, help="All letters that no earlier --all has sent.")
@_topic(default=_TOPICS[0], show_default=True)
@_partition
@bootstrap_option
def replay(offsets: tuple[int, ...], everything: bool, **given: Any) -> None:  # noqa: FBT001  a flag
    """Send letters to the topic that they came from, once what was wrong is mended.

    Key and headers stay, but for error.*; the header tocsin_attempts counts how often a record came back. What is
    refused again becomes a new letter.
    """
    if everything == bool(offsets):
        raise click.UsageError("Name letters with --offset, or take --all.")
    settings = tool_settings(bootstrap=given["bootstrap"])
    if not asyncio.run(_replay(settings, given["topic"], given["partition"], None if everything else offsets)):
        sys.exit(1)


async def _replay(settings: Settings, topic: str, partition: int, offsets: tuple[int, ...] | None) -> bool:
    """Whether every letter went; `offsets` None for all."""
    from services.dlq.replay import replay_all, replay_some

    def tell(where: str, became: str) -> None:
        click.echo(f"{where}: {became}")

    if offsets is None:
        sent, kept = await replay_all(settings, topic, tell)
    else:
        sent, kept = await replay_some(settings, topic, partition, offsets, tell)
    click.echo(f"{sent:,} sent again, {kept:,} not")
    return not kept
