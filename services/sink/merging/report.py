"""A report: what one article says of one incident, in the order that all merging goes by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import ArticleEvents, ConflictEvent, Sentence
from services.sink.merging.parts import units, whole

Order = tuple[dt.datetime, str, int]


@dataclass(frozen=True)
class ArticleReport:
    """An event and its parts, with the article that tells of them (its message without events and sentences)."""

    article: ArticleEvents
    event: ConflictEvent
    sentences: tuple[Sentence, ...]
    main: bool = True
    """Whether the article's lowest-ranked event that makes an incident is in it."""

    @property
    def key(self) -> tuple[str, str]:
        """What no other current report has: article and event."""
        return self.article.article_id, self.event.id

    def order(self) -> Order:
        """The earliest report stands first, in whatever order they came."""
        return self.article.article_time, self.article.article_id, self.event.rank


def reports_of(message: ArticleEvents) -> list[ArticleReport]:
    """What an article reports: its events that make incidents, by rank, each with what is a part of it."""
    about = message.model_copy(update={"events": [], "sentences": []})
    told = units([event for event in message.events if event.makes_incident()])
    return [
        ArticleReport(about, whole(unit), _showing(unit, message.sentences), main=number == 0)
        for number, unit in enumerate(told)
    ]


def sentences_of(event: ConflictEvent, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that the event's evidence stands in."""
    return _showing([event], sentences)


def _showing(events: Sequence[ConflictEvent], sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    spans = [span for event in events for span in event.evidence]
    return tuple(
        sentence
        for sentence in sentences
        if any(span.in_ == sentence.in_ and span.start < sentence.end and sentence.start < span.end for span in spans)
    )
