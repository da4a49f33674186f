"""`tocsin topics`: the topics of a cluster as deploy/topics.yaml says."""

from __future__ import annotations

import asyncio
import sys

import click

from services.cli import Command, LazyGroup
from services.tools import bootstrap_option, tool_settings


@click.group(
    "topics",
    cls=LazyGroup,
    lazy={
        "apply": Command("services.topics:apply", "Create those that are missing."),
        "check": Command("services.topics:check", "Say what differs; exit status 1 if anything does."),
    },
    epilog="\b\nExamples:\n  tocsin topics apply --bootstrap kafka:9092\n  tocsin topics check",
)
def topics_group() -> None:
    """Create the topics that Tocsin uses, or say how a cluster's differ from deploy/topics.yaml."""


@click.command("apply", epilog="\b\nExample:\n  tocsin topics apply --bootstrap kafka:9092")
@bootstrap_option
def apply(bootstrap: str | None) -> None:
    """Create the topics that are missing; one that is there is left as it is (see `tocsin topics check`)."""
    from services.common import topics

    created = asyncio.run(topics.apply(tool_settings(bootstrap=bootstrap)))
    for name in created:
        click.echo(f"{name}: created")
    if not created:
        click.echo("All topics are there.")


@click.command("check", epilog="\b\nExample:\n  tocsin topics check --bootstrap kafka:9092")
@bootstrap_option
def check(bootstrap: str | None) -> None:
    """Say in which ways the cluster's topics differ from what they should be; exit status 1 if they do."""
    from services.common import topics

    differences = asyncio.run(topics.check(tool_settings(bootstrap=bootstrap)))
    for difference in differences:
        click.echo(difference)
    if differences:
        sys.exit(1)
    click.echo("All topics are as they should be.")
