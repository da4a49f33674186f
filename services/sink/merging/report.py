"""A report: what one article says of one event, in the order that all merging goes by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import ArticleEvents, ConflictEvent, Sentence

Order = tuple[dt.datetime, str, int]


@dataclass(frozen=True)
class ArticleReport:
    """An event with the article that tells of it (its message without events and sentences)."""

    article: ArticleEvents
    event: ConflictEvent
    sentences: tuple[Sentence, ...]
    main: bool = True
    """Whether it is the article's lowest-ranked event that makes an incident."""

    @property
    def key(self) -> tuple[str, str]:
        """What no other current report has: article and event."""
        return self.article.article_id, self.event.id

    def order(self) -> Order:
        """The earliest report stands first, in whatever order they came."""
        return self.article.article_time, self.article.article_id, self.event.rank


def reports_of(message: ArticleEvents) -> list[ArticleReport]:
    """What an article reports: its events that make incidents, by rank."""
    about = message.model_copy(update={"events": [], "sentences": []})
    events = sorted((event for event in message.events if event.makes_incident()), key=lambda event: event.rank)
    return [
        ArticleReport(about, event, sentences_of(event, message.sentences), main=number == 0)
        for number, event in enumerate(events)
    ]


def sentences_of(event: ConflictEvent, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that the event's evidence stands in."""
    return tuple(
        sentence
        for sentence in sentences
        if any(
            span.in_ == sentence.in_ and span.start < sentence.end and sentence.start < span.end
            for span in event.evidence
        )
    )
