"""Spans of the article as evidence for an event's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.event import Evidence

if TYPE_CHECKING:
    from services.extractor.coding.reading.sentences import Sentence


def span(field: str, sentence: Sentence, start: int, end: int) -> Evidence:
    """Evidence for `field` at characters `start` to `end` of a sentence, in the article's own offsets."""
    return Evidence(
        field=field,
        in_=sentence.part,
        start=sentence.start + start,
        end=sentence.start + end,
        text=sentence.text[start:end],
    )
