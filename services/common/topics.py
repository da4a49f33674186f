"""The topics as data (deploy/topics.yaml): create those that are missing, or say what differs."""

from __future__ import annotations

import asyncio
from importlib import resources
from typing import Any

import yaml
from aiokafka.admin import NewTopic  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType  # type: ignore[import-untyped]
from aiokafka.errors import KafkaError, for_code  # type: ignore[import-untyped]
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from services.common.errors import Fatal, Rejected
from services.common.kafka import admin, broker_error
from services.common.settings import Settings

_TOPIC_ALREADY_EXISTS = 36
_WAIT = 30.0
"""Seconds to wait until all partitions of new topics have leaders."""


class Topic(BaseModel):
    """One topic as it should be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    partitions: int = Field(ge=1)
    replication: int = Field(ge=1)
    """Wanted; fewer brokers make fewer replicas."""
    config: dict[str, str]
    """Kafka's own topic settings."""

    def replicas(self, brokers: int) -> int:
        """How many replicas `brokers` brokers can hold."""
        return min(brokers, self.replication)

    def settings(self, brokers: int) -> dict[str, str]:
        """Kafka's settings; with three replicas or more a record must reach two before it is acknowledged."""
        return self.config | ({"min.insync.replicas": "2"} if self.replicas(brokers) >= 3 else {})


def topics() -> list[Topic]:
    """What deploy/topics.yaml says."""
    text = resources.files("deploy").joinpath("topics.yaml").read_text(encoding="utf-8")
    return TypeAdapter(list[Topic]).validate_python(yaml.safe_load(text))


async def apply(settings: Settings, wanted: list[Topic] | None = None) -> list[str]:
    """Create the topics that are missing and wait until they can be used; gives the names of the new ones.

    `wanted` is what deploy/topics.yaml says unless given.

    A topic that is there is left as it is: adding partitions would part the versions of an article, and
    settings may have been changed on purpose (`check` tells). Raises Rejected when no broker answers or one
    has no leader in time, Fatal when the broker refuses to create one.
    """
    wanted = topics() if wanted is None else wanted
    try:
        async with admin(settings) as client:
            brokers = len((await client.describe_cluster())["brokers"])
            there = set(await client.list_topics())
            missing = [topic for topic in wanted if topic.name not in there]
            created = await _create(client, missing, brokers) if missing else []
            await _until_led(client, [topic.name for topic in wanted])
    except KafkaError as away:
        raise broker_error(settings, away) from away
    return created


async def check(settings: Settings, wanted: list[Topic] | None = None) -> list[str]:
    """One sentence for each way in which the cluster's topics differ from deploy/topics.yaml; empty when none does.

    Raises Rejected when no broker answers.
    """
    wanted = topics() if wanted is None else wanted
    try:
        async with admin(settings) as client:
            brokers = len((await client.describe_cluster())["brokers"])
            there = {topic["topic"]: topic for topic in await client.describe_topics()}
            present = [topic for topic in wanted if topic.name in there]
            configs = await _configs(client, [topic.name for topic in present])
    except KafkaError as away:
        raise broker_error(settings, away) from away
    absent = [f"{topic.name}: is missing" for topic in wanted if topic.name not in there]
    for topic in present:
        absent += _differences(topic, there[topic.name], configs.get(topic.name, {}), brokers)
    return absent


def _differences(topic: Topic, found: dict[str, Any], config: dict[str, str], brokers: int) -> list[str]:
    partitions = found["partitions"]
    replicas = min((len(partition["replicas"]) for partition in partitions), default=0)
    pairs = [
        ("partitions", str(topic.partitions), str(len(partitions))),
        ("replication", str(topic.replicas(brokers)), str(replicas)),
        *((name, value, config.get(name, "unset")) for name, value in topic.settings(brokers).items()),
    ]
    # A list such as compact,delete has no order.
    return [
        f"{topic.name}: {name} is {is_}, should be {should}"
        for name, should, is_ in pairs
        if set(should.split(",")) != set(is_.split(","))
    ]


async def _create(client: Any, missing: list[Topic], brokers: int) -> list[str]:
    answer = await client.create_topics(
        [
            NewTopic(topic.name, topic.partitions, topic.replicas(brokers), topic_configs=topic.settings(brokers))
            for topic in missing
        ]
    )
    created = []
    for name, code, *message in answer.topic_errors:
        if code == 0:
            created.append(str(name))
        elif code != _TOPIC_ALREADY_EXISTS:  # another service was faster
            told = (message[0] if message else None) or for_code(code).__name__
            raise Fatal(f"Kafka refuses to create the topic {name}: {told}")
    return created


async def _until_led(client: Any, names: list[str]) -> None:
    """Faust never picks up a topic that is missing when it starts, and metadata lags behind creation."""
    try:
        async with asyncio.timeout(_WAIT):
            # The cluster tells nobody when a leader is there, one has to ask.
            while not all(_is_led(topic) for topic in await client.describe_topics(names)):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise Rejected(f"some partition of {', '.join(names)} has had no leader for {_WAIT:.0f} s") from None


def _is_led(topic: dict[str, Any]) -> bool:
    partitions = topic["partitions"]
    return topic["error_code"] == 0 and bool(partitions) and all(p["leader"] >= 0 for p in partitions)


async def _configs(client: Any, names: list[str]) -> dict[str, dict[str, str]]:
    if not names:
        return {}
    answers = await client.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names])
    return {
        resource[3]: {entry[0]: entry[1] for entry in resource[4]}
        for answer in answers
        for resource in answer.resources
    }
