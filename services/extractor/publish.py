"""Sends what came of a batch, and returns once the brokers have all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # aiokafka ships no types

from services.common.kafka import broker_error
from services.common.renewed import RenewedProducer
from services.common.settings import Settings
from services.extractor.processing import Letter


class Publisher:
    """Begins without a broker; its producer is made with the first batch, and anew after a failure."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._producer = RenewedProducer(settings, client_id="tocsin-extractor")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._producer.close()

    async def send(self, letters: Sequence[Letter]) -> None:
        """Send `letters` in their order and wait for `acks=all` of each.

        Raises Rejected when one was not acknowledged; then any of them may or may not have arrived, and all
        are to be sent again, in the same order, so that of one article's records the last one stays last.
        """
        try:
            sent = [
                await self._producer.send(letter.topic, letter.value, key=letter.key, headers=letter.headers)
                for letter in letters
            ]
            for answer in await asyncio.gather(*sent, return_exceptions=True):
                if isinstance(answer, BaseException):
                    raise answer
        except KafkaError as failure:
            raise broker_error(self._settings, failure) from failure
