"""The messages that Tocsin's services and users exchange, and the taxonomies they speak in."""

from schemas.alert import Alert, Report
from schemas.article import Article, Source
from schemas.article_events import ArticleEvents, Coder, Sentence
from schemas.event import (
    Actor,
    Cameo,
    Casualties,
    ConflictEvent,
    EventDate,
    EventFacts,
    Evidence,
    Place,
    Plover,
    Toll,
    TollGroup,
)

__all__ = [
    "Actor",
    "Alert",
    "Article",
    "ArticleEvents",
    "Cameo",
    "Casualties",
    "Coder",
    "ConflictEvent",
    "EventDate",
    "EventFacts",
    "Evidence",
    "Place",
    "Plover",
    "Report",
    "Sentence",
    "Source",
    "Toll",
    "TollGroup",
]
