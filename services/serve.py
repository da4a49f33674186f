"""`tocsin serve`: one service in this process, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import click

from services.cli import Command, LazyGroup
from services.common.settings import load_settings

_BOOTSTRAP = "Kafka brokers; else TOCSIN_BOOTSTRAP, else localhost:9092."


@click.group(
    cls=LazyGroup,
    lazy={
        "ingest": Command("services.serve:serve_ingest", "The HTTP API: articles in, to the topic articles."),
        "extractor": Command("services.extractor.cli:serve_extractor", "From articles to conflict-events."),
        "sink": Command("services.serve:serve_sink", "From conflict-events to event-alerts, the store and the page."),
    },
    epilog="""
\b
Examples:
  tocsin serve ingest --port 8080
  tocsin serve extractor --bootstrap kafka:9092
  tocsin serve sink
""",
)
def serve() -> None:
    """Run one service, with its /metrics, /healthz and /readyz; it logs to standard error."""


def _options(port: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--bootstrap", metavar="HOST:PORT", help=_BOOTSTRAP),
            click.option("--port", port, type=click.IntRange(0, 65535), help=f"HTTP port; else TOCSIN_{port.upper()}."),
        ):
            command = option(command)
        return command

    return add


@click.command("ingest", epilog="\b\nExample:\n  tocsin serve ingest --bootstrap kafka:9092 --port 8080")
@_options("ingest_port")
def serve_ingest(**given: Any) -> None:
    """Take articles by POST /v1/articles and publish them to `articles`."""
    from services.ingest.service import run

    asyncio.run(run(load_settings(**given)))


@click.command("sink", epilog="\b\nExample:\n  tocsin serve sink --bootstrap kafka:9092 --port 8082")
@_options("sink_port")
def serve_sink(**given: Any) -> None:
    """Keep what `conflict-events` tells, publish alerts to `event-alerts`, and show them on a page."""
    from services.common import log
    from services.sink.service import run

    settings = load_settings(**given)
    log.configure("sink", settings)
    asyncio.run(run(settings))
