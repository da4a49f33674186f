"""Sends dead letters to the topic that they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from aiokafka import TopicPartition  # type: ignore[import-untyped]  # aiokafka ships no types
from aiokafka.errors import KafkaError, MessageSizeTooLargeError  # type: ignore[import-untyped]

from services.common import kafka
from services.common.cloudevents import ATTEMPTS, Headers, read_headers
from services.common.errors import Invalid
from services.common.settings import Settings
from services.dlq.letters import TOPICS, Letter, open_letters

GROUP = "tocsin-dlq-replay"
"""Under which a cluster remembers up to where `--all` has sent letters again."""
_SUFFIX = ".dlq"

Tell = Callable[[str, str], None]
"""Called for each letter with where it lies and what became of it."""


def replayed_headers(letter: Letter) -> Headers:
    """Those that the record had before it was refused, and one that counts how often it was sent again."""
    kept = [(name, value) for name, value in letter.headers if not name.startswith("error.") and name != ATTEMPTS]
    return [*kept, (ATTEMPTS, str(read_headers(letter.headers).attempts + 1).encode())]


def destination(letter: Letter) -> str:
    """The topic that it came from. Raises Invalid for a letter that cannot go back."""
    topic = letter.error("topic")
    if f"{topic}{_SUFFIX}" not in TOPICS:
        raise Invalid("no_origin", f"its header error.topic does not name a topic that letters come from: {topic!r}")
    if cut := letter.error("truncated"):
        raise Invalid("truncated", f"it was too long to be kept whole ({cut} cut): ask its sender for it")
    return topic


async def replay_some(
    settings: Settings, topic: str, partition: int, offsets: Iterable[int], tell: Tell
) -> tuple[int, int]:
    """Sends the letters at these offsets; gives how many went, and how many cannot go back.

    Raises Fatal, before anything is sent, when there is no letter at one of them, and Rejected when the brokers
    cannot be reached: the letters that `tell` was told of are done then.
    """
    async with open_letters(settings, (topic,)) as letters:
        chosen = [await letters.at(TopicPartition(topic, partition), offset) for offset in offsets]
    async with kafka.producer(settings, client_id=GROUP) as producer:
        went = [await _told(producer, settings, letter, tell) for letter in chosen]
    return sum(went), len(went) - sum(went)


async def replay_all(settings: Settings, topic: str, tell: Tell) -> tuple[int, int]:
    """As `replay_some`, for all letters that no earlier call has sent, as the cluster remembers under GROUP."""
    went = []
    async with (
        open_letters(settings, (topic,)) as letters,
        kafka.consumer(settings, group=GROUP) as progress,
        kafka.producer(settings, client_id=GROUP) as producer,
    ):
        progress.assign(list(letters.end))
        start = {partition: await progress.committed(partition) or 0 for partition in letters.end}
        async for letter in letters.read(start):
            went.append(await _told(producer, settings, letter, tell))
            # After each: --all again, after whatever stopped this one, sends at most one letter twice.
            await progress.commit({TopicPartition(topic, letter.partition): letter.offset + 1})
    return sum(went), len(went) - sum(went)


async def _told(producer: Any, settings: Settings, letter: Letter, tell: Tell) -> bool:
    try:
        place = await _send(producer, settings, letter)
    except Invalid as stays:
        tell(letter.where, f"not sent: {stays.detail}")
        return False
    tell(letter.where, f"sent as {place}")
    return True


async def _send(producer: Any, settings: Settings, letter: Letter) -> str:
    topic = destination(letter)
    try:
        partition = partition_of(letter, await producer.partitions_for(topic))
        sent = await producer.send_and_wait(
            topic, value=letter.value, key=letter.key, partition=partition, headers=replayed_headers(letter)
        )
    except MessageSizeTooLargeError:
        raise Invalid("too_large", f"{topic} takes no record of {len(letter.value or b''):,} bytes") from None
    except KafkaError as away:
        raise kafka.broker_error(settings, away) from away
    return f"{sent.topic}/{sent.partition}/{sent.offset}"


def partition_of(letter: Letter, there: set[int]) -> int | None:
    """The one that it was in, for its sender may part keys in another way than we do; else the one for its key."""
    told = letter.error("partition")
    return int(told) if told.isascii() and told.isdigit() and int(told) in there else None
