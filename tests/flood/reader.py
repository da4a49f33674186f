"""Reads what a flood has left: commits and the store first, then the topics that must bear them out."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from aiokafka.admin import AIOKafkaAdminClient

from services.common.settings import ARTICLES, ARTICLES_DLQ, CONFLICT_EVENTS, EXTRACTOR_GROUP
from services.sink.store.models import ArticleRow, ConsumedOffset
from tests.chaos.records import read_each
from tests.chaos.store import Store
from tests.flood.checks import Found, Place


async def read(bootstrap: str, store: Store) -> Found:
    """Everything; services may go on meanwhile."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        committed = await admin.list_consumer_group_offsets(EXTRACTOR_GROUP)
    finally:
        await admin.close()
    applied, stored = store.read(_stored)
    articles = await _names(bootstrap, ARTICLES)
    messages = await _names(bootstrap, CONFLICT_EVENTS)
    letters = await _names(bootstrap, ARTICLES_DLQ)
    return Found(
        articles,
        {at.partition: known.offset for at, known in committed.items()},
        frozenset(messages.values()) | frozenset(letters.values()),
        messages,
        applied,
        stored,
    )


def _stored(session: Any) -> tuple[dict[int, int], frozenset[str]]:
    offsets = sa.select(ConsumedOffset.partition, ConsumedOffset.next_offset)
    applied = dict(session.execute(offsets.where(ConsumedOffset.topic == CONFLICT_EVENTS)).tuples().all())
    return applied, frozenset(session.scalars(sa.select(ArticleRow.article_id)))


async def _names(bootstrap: str, topic: str) -> dict[Place, str]:
    """The article that each record is about: its key."""
    found: dict[Place, str] = {}

    def see(raw: Any) -> None:
        found[raw.partition, raw.offset] = (raw.key or b"").decode(errors="replace")

    await read_each(bootstrap, topic, see)
    return found
