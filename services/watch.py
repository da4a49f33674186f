"""`tocsin watch`: a subscriber for people."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import click

from services.tools import bootstrap_option, tool_settings

if TYPE_CHECKING:
    from services.common.settings import Settings
    from services.subscribe import Start


@click.command(
    epilog="""
\b
Examples:
  tocsin watch
  tocsin watch --from beginning --bootstrap kafka:9092
  tocsin watch --json | jq .headline
"""
)
@click.option(
    "--from",
    "start",
    type=click.Choice(["beginning", "now"]),
    default="now",
    show_default=True,
    help="Where to begin: with the oldest alert that the topic holds, or with the next one.",
)
@click.option("--json", "as_json", is_flag=True, help="One alert a line as JSON, for programs.")
@bootstrap_option
def watch(start: Start, as_json: bool, bootstrap: str | None) -> None:  # noqa: FBT001  a flag of the command line
    """Subscribe to `event-alerts` and print each alert as it comes, until Ctrl-C."""
    settings = tool_settings(bootstrap=bootstrap)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_watch(settings, start, as_json=as_json))


async def _watch(settings: Settings, start: Start, *, as_json: bool) -> None:
    from services.screen import Screen
    from services.subscribe import Unreadable, alerts

    screen = Screen()
    async with alerts(settings, start) as coming:
        click.echo(f"Subscribed to event-alerts on {settings.bootstrap}; Ctrl-C ends it.", err=True)
        async for alert in coming:
            if isinstance(alert, Unreadable):
                click.echo(f"{alert.where}: not an alert that this version can read", err=True)
            elif as_json:
                click.echo(alert.to_bytes())
            else:
                screen.show(alert)
