"""What the commands that talk to Kafka for a person share: where the brokers are, and no chatter of libraries."""

from __future__ import annotations

import logging
from typing import Any

import click

from services.common.settings import Settings, load_settings

bootstrap_option = click.option(
    "--bootstrap", metavar="HOST:PORT", help="Kafka brokers; else TOCSIN_BOOTSTRAP, else localhost:9092."
)


def tool_settings(**given: Any) -> Settings:
    """The settings; from now on libraries are silent, since what fails is told as a sentence. Raises Fatal."""
    settings = load_settings(**given)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    return settings
