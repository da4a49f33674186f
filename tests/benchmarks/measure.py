"""Times the coder and, in the same run and on the same sentences, spaCy alone."""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.language import Language

from schemas.article import Article
from services.extractor.coding import code_article
from services.extractor.coding.coder import gated
from services.extractor.coding.reading.parse import model

_TIME = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass
class Measured:
    """What one set of articles took, in seconds of this process's processor time, of its quickest round."""

    articles: int
    words: int
    sentences: int
    passed: int
    """Sentences that the gate lets through."""
    seconds: float
    spacy: float
    """What spaCy's pipeline takes on the sentences that the gate lets through, an article at a time."""
    stages: dict[str, float] = field(default_factory=dict)
    """The share of each stage in the coder's time."""

    @property
    def speed(self) -> float:
        """Words a second."""
        return self.words / self.seconds

    @property
    def ratio(self) -> float:
        """The coder's time in that of spaCy."""
        return self.seconds / self.spacy if self.spacy else 0.0


def measure(articles: Sequence[Article], rounds: int) -> Measured:
    """The quickest of so many rounds, in each of which spaCy and the coder take turns, article by article.

    One article at a time for both, since what an article gives must not hang on its neighbours. Blocks.
    """
    parts = [gated(article.title, article.text or "", article.published_on()) for article in articles]
    found = Measured(
        articles=len(articles),
        words=sum(len((article.text or "").split()) for article in articles),
        sentences=sum(len(whole) for whole, *_ in parts),
        passed=sum(len(texts) for *_, texts in parts),
        seconds=float("inf"),
        spacy=float("inf"),
    )
    nlp = _spacy()
    for _ in range(rounds):
        spacy, coder, stages = _round(nlp, articles, [texts for *_, texts in parts])
        if coder < found.seconds:
            found.seconds, found.stages = coder, stages
        found.spacy = min(found.spacy, spacy)
    return found


@cache
def _spacy() -> Language:
    """spaCy as it comes: the coder's own copy is quickened."""
    return model()


def _round(
    nlp: Language, articles: Sequence[Article], passed: Sequence[Sequence[str]]
) -> tuple[float, float, dict[str, float]]:
    """Processor seconds of spaCy and of the coder, and the share of each of the coder's stages."""
    spacy = coder = whole = 0.0
    stages: dict[str, float] = {}
    for article, texts in zip(articles, passed, strict=True):
        start = time.process_time()
        if texts:
            list(nlp.pipe(texts))
        between, began = time.process_time(), time.perf_counter()
        code_article(article, article_time=_TIME, timings=stages)
        whole += time.perf_counter() - began
        spacy += between - start
        coder += time.process_time() - between
    return spacy, coder, {stage: seconds / whole for stage, seconds in stages.items()}


def resident() -> int:
    """Megabytes that this process has held at most."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1 << 20 if sys.platform == "darwin" else 1 << 10)
