"""Article: a news text as its producer sends it to the `articles` topic."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, model_validator

from schemas.base import Country, Message, OneOf, Text, length

MAX_BYTES = 1_000_000
"""Longest record value, Kafka's own default, so that every client works unconfigured."""
MAX_TEXT = 200_000
"""Longest text, in characters."""
MAX_ID = 256
"""Longest article id, in characters."""

_DAY = r"\d{4}-\d\d-\d\d"

Status = Annotated[str, OneOf(("actual", "exercise", "test"))]


def _parse(value: Any) -> Any:
    """Read RFC 3339 ourselves: pydantic takes digits alone for a Unix time, and "20240118" for a day in 1970."""
    if not isinstance(value, str):
        return value
    if re.fullmatch(_DAY, value, re.ASCII):
        return dt.date.fromisoformat(value)
    if re.match(rf"{_DAY}[Tt ]\d\d:\d\d", value, re.ASCII):
        return dt.datetime.fromisoformat(value.upper())
    raise ValueError("must be a date such as 2024-01-18 or a date-time with offset such as 2024-01-18T07:30:00Z")


PublishedAt = Annotated[dt.date | AwareDatetime, BeforeValidator(_parse)]


class Source(Message):
    """Who published the article."""

    name: Annotated[Text, length(300)] | None = None
    """The outlet's or agency's name, as readers know it."""
    url: Annotated[Text, length(2048)] | None = None
    """Where the article can be read."""
    country: Country | None = None
    """Country of the outlet, ISO 3166-1 alpha-3."""


class Article(Message):
    """One version of one news article."""

    # The rule of `_whole`, for producers that check with JSON Schema.
    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["text"], "properties": {"text": {"type": "string", "pattern": r"\S"}}},
                {
                    "required": ["id", "withdrawn"],
                    "properties": {"id": {"type": "string"}, "withdrawn": {"const": True}},
                },
            ]
        }
    )

    id: Annotated[Text, length(MAX_ID, 1)] | None = None
    """The producer's id; else the record's key, else uuid5 of `source.url`, else of `source.name` and `text`."""
    version: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """A higher version of the same id replaces the lower ones."""
    status: Status = "actual"
    """`actual`, `exercise` or `test`; the three are never mixed in one incident."""
    withdrawn: bool = False
    """The article is taken back: `text` may be missing and `id` may not."""
    title: Annotated[Text, length(2000)] | None = None
    """The headline."""
    text: Annotated[Text, Field(min_length=1, max_length=MAX_TEXT)] | None = None
    """The whole text, at least one character that is not white space."""
    language: Annotated[Text, length(35)] | None = None
    """BCP 47 tag such as `en` or `pt-BR`; detected when missing."""
    published_at: PublishedAt | None = None
    """RFC 3339 date or date-time with offset; without one, relative dates need a full date in the text's head."""
    source: Source = Source()
    """Who published it."""
    tags: Annotated[list[Annotated[Text, length(100)]], Field(max_length=50)] = []
    """The producer's own labels, carried along unread."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.withdrawn:
            if self.id is None:
                raise ValueError("a withdrawn article must name its `id`")
        elif self.text is None or not self.text.strip():
            raise ValueError("`text` is missing or blank: send the article's text, or set `withdrawn`")
        return self

    def published_on(self) -> dt.date | None:
        """The calendar day of publication, in the offset that the producer gave."""
        if isinstance(self.published_at, dt.datetime):
            return self.published_at.date()
        return self.published_at
