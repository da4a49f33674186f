"""Sends what came of a batch, and returns once the brokers have all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # aiokafka ships no types

from services.common.kafka import broker_error, producer
from services.common.settings import Settings
from services.extractor.processing import Letter


class Publisher:
    """A producer that is made anew after a failure, which leaves an idempotent one unsure of its sequence numbers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = AsyncExitStack()
        self._producer: Any = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def send(self, letters: Sequence[Letter]) -> None:
        """Send `letters` in their order and wait for `acks=all` of each.

        Raises Rejected when one was not acknowledged; then any of them may or may not have arrived, and all
        are to be sent again, in the same order, so that of one article's records the last one stays last.
        """
        try:
            if self._producer is None:
                self._producer = await self._stack.enter_async_context(
                    producer(self._settings, client_id="tocsin-extractor")
                )
            sent = [
                await self._producer.send(letter.topic, key=letter.key, value=letter.value, headers=letter.headers)
                for letter in letters
            ]
            for answer in await asyncio.gather(*sent, return_exceptions=True):
                if isinstance(answer, BaseException):
                    raise answer
        except KafkaError as failure:
            await self._drop()
            raise broker_error(self._settings, failure) from failure

    async def _drop(self) -> None:
        self._producer = None
        stack, self._stack = self._stack, AsyncExitStack()
        await stack.aclose()
