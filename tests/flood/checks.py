"""What must hold after a flood, by an independent reader. Pure: no Kafka, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.flood.pour import Receipt

Place = tuple[int, int]
"""Partition and offset."""


@dataclass(frozen=True)
class Found:
    """What the reader found; commits were read before the topics that must bear them out."""

    articles: Mapping[Place, str]
    """The id of each record of `articles`."""
    committed: Mapping[int, int]
    """Of the extractor, by partition of `articles`."""
    coded: Collection[str]
    """Articles of which a message, or a dead letter, tells."""
    messages: Mapping[Place, str]
    """The article of each record of `conflict-events`."""
    applied: Mapping[int, int]
    """Up to where the store has applied each partition of `conflict-events`."""
    stored: Collection[str] = field(default_factory=frozenset)
    """Articles that the store knows."""


def lost(receipts: Sequence[Receipt], found: Found) -> Iterator[str]:
    """What was accepted is on the topic, where the answer said."""
    for name, partition, offset in receipts:
        if found.articles.get((partition, offset)) != name:
            yield f"{name} was accepted at {partition}/{offset} and is not there"


def unworked(found: Found) -> Iterator[str]:
    """No offset moved past work whose outcome is not acknowledged."""
    for (partition, offset), name in found.articles.items():
        if offset < found.committed.get(partition, 0) and name not in found.coded:
            yield f"{name} at {partition}/{offset} of articles is committed, and no message tells of it"
    for (partition, offset), name in found.messages.items():
        if offset < found.applied.get(partition, 0) and name not in found.stored:
            yield f"{name} at {partition}/{offset} of conflict-events is passed, and the store does not know it"
